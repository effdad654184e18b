using System.Text.Json;
using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Chat;

/// <summary>Reads the part of the chat completions API that the simulator speaks; throws <see cref="ApiErrorException"/>.</summary>
internal static class ChatCallReader
{
    public static ChatCall Read(JsonElement body)
    {
        if (body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
        {
            throw Invalid("The simulator does not stream.", "stream", "unsupported_value");
        }

        if (Number(body, "n", 1, 1, 128) is not 1)
        {
            throw Invalid("The simulator answers one choice.", "n", "unsupported_value");
        }

        var (system, user) = Messages(body);
        var (schemaName, schema) = ResponseFormat(body);
        var maxTokens = Integer(body, "max_completion_tokens") ?? Integer(body, "max_tokens");
        return new ChatCall
        {
            Model = Text(body, "model") ?? throw Invalid("You must provide a model parameter.", "model"),
            System = system,
            User = user,
            SchemaName = schemaName,
            Schema = schema,
            Seed = Integer(body, "seed") ?? 0,
            Temperature = Number(body, "temperature", 1, 0, 2),
            TopP = Number(body, "top_p", 1, 0, 1),
            FrequencyPenalty = Number(body, "frequency_penalty", 0, -2, 2),
            PresencePenalty = Number(body, "presence_penalty", 0, -2, 2),
            MaxTokens = maxTokens is null ? null : (int)Math.Clamp(maxTokens.Value, 1, int.MaxValue),
        };
    }

    private static (string System, string User) Messages(JsonElement body)
    {
        if (!body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            throw Invalid("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        }

        var system = new List<string>();
        var user = new List<string>();
        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var role = message.ValueKind == JsonValueKind.Object ? Text(message, "role") : null;
            var to = role switch
            {
                "system" or "developer" => system,
                "user" or "assistant" => user,
                _ => throw Invalid($"Invalid value: '{role}'.", $"messages[{index}].role", "invalid_value"),
            };
            to.Add(Content(message, $"messages[{index}].content"));
        }

        return user.Count > 0
            ? (string.Join("\n\n", system), string.Join("\n\n", user))
            : throw Invalid("The simulator needs a message of the user.", "messages");
    }

    /// <summary>A string, or an array of text parts.</summary>
    private static string Content(JsonElement message, string param)
    {
        message.TryGetProperty("content", out var content);
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part =>
                (part.ValueKind == JsonValueKind.Object ? Text(part, "text") : null)
                    ?? throw Invalid("The simulator reads text parts only.", param))),
            _ => throw Invalid("Invalid type: expected a string or an array of text parts.", param, "invalid_type"),
        };
    }

    private static (string? Name, string? Schema) ResponseFormat(JsonElement body)
    {
        const string param = "response_format";
        if (!body.TryGetProperty(param, out var format) || format.ValueKind == JsonValueKind.Null)
        {
            return (null, null);
        }

        switch (format.ValueKind == JsonValueKind.Object ? Text(format, "type") : null)
        {
            case "text" or "json_object":
                return (null, null);
            case "json_schema" when format.TryGetProperty("json_schema", out var wrapper)
                && wrapper.ValueKind == JsonValueKind.Object
                && Text(wrapper, "name") is { Length: > 0 } name
                && wrapper.TryGetProperty("schema", out var schema)
                && schema.ValueKind == JsonValueKind.Object:
                return (name, schema.GetRawText());
            default:
                throw Invalid("A json_schema needs a name and a schema.", param);
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double Number(JsonElement body, string name, double absent, double min, double max)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return absent;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max
            ? number
            : throw Invalid(FormattableString.Invariant($"Invalid '{name}': expected a number in {min}..{max}."), name);
    }

    private static long? Integer(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw Invalid($"Invalid type for '{name}': expected an integer.", name, "invalid_type");
    }

    private static ApiErrorException Invalid(string message, string? param = null, string? code = null) =>
        new(ApiError.Invalid(message, param, code));
}
