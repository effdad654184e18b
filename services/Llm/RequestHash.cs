using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace DialogueMesh.Llm;

/// <summary>A request's identity: equal hashes, equal question put to the same endpoint.</summary>
public static class RequestHash
{
    /// <param name="endpoint">The endpoint's name, as <see cref="LlmOptions.EndpointName"/>.</param>
    /// <param name="request">All of it counts.</param>
    /// <returns>SHA-256 over a JSON array of the parts in fixed order, lower-case hexadecimal.</returns>
    public static string Of(string endpoint, ChatRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(endpoint);
            writer.WriteStringValue(request.Model);
            writer.WriteStringValue(request.System);
            writer.WriteStringValue(request.User);
            writer.WriteStringValue(request.SchemaName);
            writer.WriteStringValue(request.Schema);
            Write(writer, request.Sampling.Temperature);
            Write(writer, request.Sampling.TopP);
            Write(writer, request.Sampling.FrequencyPenalty);
            Write(writer, request.Sampling.PresencePenalty);
            writer.WriteNumberValue(request.Seed);
            if (!request.Sampling.SendsSeed)
            {
                writer.WriteBooleanValue(false);
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, double? parameter)
    {
        if (parameter is { } value)
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
