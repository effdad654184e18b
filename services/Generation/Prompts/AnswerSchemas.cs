namespace DialogueMesh.Generation.Prompts;

/// <summary>JSON schemas of the answers asked for, strict: every property required, no others.</summary>
internal static class AnswerSchemas
{
    public const string Outline = """
        {"type":"object","additionalProperties":false,"required":["scenario","exchanges"],"properties":{"scenario":{"type":"string"},"exchanges":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["user","assistant"],"properties":{"user":{"type":"string"},"assistant":{"type":"string"}}}}}}
        """;

    public const string Freeform = """
        {"type":"object","additionalProperties":false,"required":["scenario","exchanges"],"properties":{"scenario":{"type":"string"},"exchanges":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["user","intent","user_emotion","assistant","assistant_emotion"],"properties":{"user":{"type":"string"},"intent":{"type":"string"},"user_emotion":{"type":"string"},"assistant":{"type":"string"},"assistant_emotion":{"type":"string"}}}}}}
        """;

    public const string Repair = """
        {"type":"object","additionalProperties":false,"required":["exchanges"],"properties":{"exchanges":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["number","user","assistant"],"properties":{"number":{"type":"integer"},"user":{"type":"string"},"assistant":{"type":"string"}}}}}}
        """;

    public const string Judge = """
        {"type":"object","additionalProperties":false,"required":["naturalness","coherence","resolution","category","problems"],"properties":{"naturalness":{"type":"integer"},"coherence":{"type":"integer"},"resolution":{"type":"string","enum":["Resolved","Failed","Escalated"]},"category":{"type":"string"},"problems":{"type":"array","items":{"type":"string"}}}}
        """;
}
