using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Llm;

namespace DialogueMesh.Generation.Prompts;

/// <summary>What all requests for one candidate have in common.</summary>
internal static class ModelCall
{
    public static ChatRequest Of(BlueprintReady message, string system, string user, string schemaName, string schema) => new()
    {
        Model = message.Model,
        System = system,
        User = user,
        SchemaName = schemaName,
        Schema = schema,
        Sampling = message.Blueprint.Cell.Sampling,
        // 31 bits: some servers take no wider seed.
        Seed = (long)(new SeededRandom(message.Seed, "model", message.Ordinal, message.Attempt).NextUInt64() >> 33),
    };
}
