using System.Text.Json;
using System.Text.Json.Nodes;
using DialogueMesh.Simulator.Talk;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Talk;

public sealed class SchemaInstanceTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"value\"")]
    [InlineData("""{"type":"string","minLength":7,"maxLength":7}""", "\"value..\"")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"va\"")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2026-01-31\"")]
    [InlineData("""{"type":"string","pattern":"^v"}""", "\"value\"")]
    [InlineData("""{"type":"integer","minimum":3}""", "3")]
    [InlineData("""{"type":"integer","exclusiveMinimum":3,"multipleOf":5}""", "5")]
    [InlineData("""{"type":"integer","maximum":-0.5}""", "-1")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "0.5")]
    [InlineData("""{"type":"boolean"}""", "false")]
    [InlineData("""{"type":["string","null"]}""", "\"value\"")]
    [InlineData("""{"type":"null"}""", "null")]
    [InlineData("""{"enum":[7,8]}""", "7")]
    [InlineData("""{"const":{"a":1}}""", """{"a":1}""")]
    [InlineData("""{"anyOf":[{"type":"string","pattern":"^x"},{"type":"null"}]}""", "null")]
    [InlineData("""{"type":"array","items":{"type":"string"},"minItems":2,"uniqueItems":true}""", """["value","value 2"]""")]
    [InlineData("""{"type":"array","maxItems":0}""", "[]")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"]}""", """{"a":"a","b":0}""")]
    [InlineData("""{"type":"object","required":["free"]}""", """{"free":"free"}""")]
    [InlineData("""{"$ref":"#/$defs/x","$defs":{"x":{"type":"boolean"}}}""", "false")]
    [InlineData("{}", "\"value\"")]
    public void Of_Schema_IsASmallValueOfIt(string schema, string expected) => Assert.Equal(expected, SchemaInstance.Of(schema));

    [Fact]
    public void Of_RecursiveSchema_EndsAsSoonAsItMay()
    {
        var tree = SchemaInstance.Of(
            """{"type":"object","properties":{"name":{"type":"string"},"left":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"right":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["name","left","right"]}""");

        Assert.Contains("\"left\":null", tree, StringComparison.Ordinal);
        Assert.InRange(tree.Length, 10, 2000);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""", "no value")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"},"b":{"$ref":"#"}},"required":["a","b"]}""", "no value")]
    [InlineData("""{"type":"array","minItems":999999999}""", "too involved")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":0}""", "no value")]
    [InlineData("""{"type":"string","pattern":"^[0-9]{9}$"}""", "no value")]
    [InlineData("""{"type":"text"}""", "unknown type 'text'")]
    [InlineData("""{"allOf":[]}""", "'allOf'")]
    [InlineData("""{"$ref":"#/nowhere"}""", "no '#/nowhere'")]
    [InlineData("""{"$ref":"http://example.com/x"}""", "not in it")]
    public void Of_SchemaWithoutValue_SaysWhy(string schema, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => SchemaInstance.Of(schema)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_AnySchema_IsValid() => Prop.ForAll(Schema(3).ToArbitrary(), schema =>
    {
        using var value = JsonDocument.Parse(SchemaInstance.Of(schema.ToJsonString()));
        Assert.True(IsValid(value.RootElement, schema), $"{value.RootElement} is not of {schema.ToJsonString()}");
    }).QuickCheckThrowOnFailure();

    private static Gen<JsonNode> Schema(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Choose(0, 30).Select(length => (JsonNode)new JsonObject { ["type"] = "string", ["minLength"] = length, ["maxLength"] = length + 3 }),
            Gen.Choose(-50, 50).Select(least => (JsonNode)new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = least + 4 }),
            Gen.Choose(-50, 50).Select(least => (JsonNode)new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = least }),
            Gen.Constant((JsonNode)new JsonObject { ["type"] = "boolean" }));
        return depth == 0
            ? leaf
            : Gen.OneOf(
                leaf,
                from items in Schema(depth - 1) from least in Gen.Choose(0, 3) select (JsonNode)new JsonObject { ["type"] = "array", ["items"] = items.DeepClone(), ["minItems"] = least },
                from a in Schema(depth - 1)
                from b in Schema(depth - 1)
                from required in Gen.Elements<string[]>([], ["a"], ["a", "b"])
                select (JsonNode)new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["a"] = a.DeepClone(), ["b"] = b.DeepClone() },
                    ["required"] = JsonSerializer.SerializeToNode(required),
                });
    }

    private static bool IsValid(JsonElement value, JsonNode schema) => (string)schema["type"]! switch
    {
        "string" => value.GetString()!.Length >= (int)schema["minLength"]! && value.GetString()!.Length <= (int)schema["maxLength"]!,
        "integer" => value.GetInt32() >= (int)schema["minimum"]! && value.GetInt32() <= (int)schema["maximum"]!,
        "number" => value.GetDouble() > (int)schema["exclusiveMinimum"]!,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.GetArrayLength() >= (int)schema["minItems"]! && value.EnumerateArray().All(item => IsValid(item, schema["items"]!)),
        _ => schema["required"]!.AsArray().All(name => value.TryGetProperty((string)name!, out _))
            && value.EnumerateObject().All(property => IsValid(property.Value, schema["properties"]![property.Name]!)),
    };
}
