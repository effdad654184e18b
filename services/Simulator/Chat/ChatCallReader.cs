using System.Text.Json;
using DialogueMesh.Simulator.Http;

namespace DialogueMesh.Simulator.Chat;

/// <summary>Reads the part of the chat completions API that the simulator speaks; throws <see cref="ApiErrorException"/>.</summary>
internal static class ChatCallReader
{
    /// <summary>Parameters that would need an answer of a kind the simulator has not.</summary>
    private static readonly string[] Unsupported =
        ["tools", "functions", "logprobs", "top_logprobs", "audio", "web_search_options", "prediction", "logit_bias"];

    public static ChatCall Read(JsonElement body)
    {
        CheckSupport(body);
        var messages = Messages(body);
        var (schemaName, schema, json) = ResponseFormat(body, messages);
        return new ChatCall
        {
            Model = Text(body, "model") ?? throw Invalid("You must provide a model parameter.", "model"),
            System = string.Join("\n\n", messages.Where(message => message.OfSystem).Select(message => message.Text)),
            User = string.Join("\n\n", messages.Where(message => !message.OfSystem).Select(message => message.Text)),
            Question = messages.LastOrDefault(message => message.Role == "user", messages[^1]).Text,
            SchemaName = schemaName,
            Schema = schema,
            Json = json,
            Seed = Integer(body, "seed") ?? 0,
            Temperature = Number(body, "temperature", 1, 0, 2),
            TopP = Number(body, "top_p", 1, 0, 1),
            FrequencyPenalty = Number(body, "frequency_penalty", 0, -2, 2),
            PresencePenalty = Number(body, "presence_penalty", 0, -2, 2),
            MaxTokens = MaxTokens(body, "max_completion_tokens") ?? MaxTokens(body, "max_tokens"),
            Stop = Stop(body),
            Streams = Flag(body, "stream"),
            StreamsUsage = body.TryGetProperty("stream_options", out var options) && options.ValueKind == JsonValueKind.Object && Flag(options, "include_usage"),
        };
    }

    private static void CheckSupport(JsonElement body)
    {
        foreach (var name in Unsupported)
        {
            if (body.TryGetProperty(name, out var value) && !IsOff(value))
            {
                throw Invalid($"The simulator does not support '{name}'.", name, "unsupported_parameter");
            }
        }

        if (Number(body, "n", 1, 1, 128) is not 1)
        {
            throw Invalid("The simulator answers one choice.", "n", "unsupported_value");
        }
    }

    private static List<Message> Messages(JsonElement body)
    {
        if (!body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            throw Invalid("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        }

        var read = new List<Message>();
        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var role = message.ValueKind == JsonValueKind.Object ? Text(message, "role") : null;
            if (role is not ("system" or "developer" or "user" or "assistant"))
            {
                throw Invalid($"Invalid value: '{role}'.", $"messages[{index}].role", "invalid_value");
            }

            read.Add(new Message(role, Content(message, $"messages[{index}].content")));
        }

        return read.Exists(message => !message.OfSystem) ? read : throw Invalid("The simulator needs a message of the user.", "messages");
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

    private static (string? Name, string? Schema, bool Json) ResponseFormat(JsonElement body, List<Message> messages)
    {
        const string param = "response_format";
        if (!body.TryGetProperty(param, out var format) || format.ValueKind == JsonValueKind.Null)
        {
            return default;
        }

        switch (format.ValueKind == JsonValueKind.Object ? Text(format, "type") : null)
        {
            case "text":
                return default;
            case "json_object" when messages.Exists(message => message.Text.Contains("json", StringComparison.OrdinalIgnoreCase)):
                return (null, null, true);
            case "json_object":
                throw Invalid("'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages");
            case "json_schema" when format.TryGetProperty("json_schema", out var wrapper)
                && wrapper.ValueKind == JsonValueKind.Object
                && Text(wrapper, "name") is { Length: > 0 } name
                && wrapper.TryGetProperty("schema", out var schema)
                && schema.ValueKind == JsonValueKind.Object:
                return (name, schema.GetRawText(), false);
            default:
                throw Invalid("A json_schema needs a name and a schema.", param);
        }
    }

    private static string[] Stop(JsonElement body)
    {
        body.TryGetProperty("stop", out var stop);
        string[] stops = stop.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            JsonValueKind.String => [stop.GetString()!],
            JsonValueKind.Array when stop.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String) =>
                [.. stop.EnumerateArray().Select(each => each.GetString()!)],
            _ => throw Invalid("Invalid type for 'stop': expected a string or an array of strings.", "stop", "invalid_type"),
        };
        return [.. stops.Where(each => each.Length > 0)];
    }

    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

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

    private static int? MaxTokens(JsonElement body, string name) => Integer(body, name) switch
    {
        null => null,
        < 1 => throw Invalid($"Invalid '{name}': expected 1 or more.", name, "integer_below_min_value"),
        var number => (int)Math.Min(number.Value, int.MaxValue),
    };

    private static ApiErrorException Invalid(string message, string? param = null, string? code = null) =>
        new(ApiError.Invalid(message, param, code));

    private readonly record struct Message(string Role, string Text)
    {
        public bool OfSystem => Role is "system" or "developer";
    }
}
