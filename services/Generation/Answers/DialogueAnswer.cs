using System.Text.Json;
using DialogueMesh.Contracts;

namespace DialogueMesh.Generation.Answers;

/// <summary>The model's answer to the outline or the freeform prompt.</summary>
internal sealed record DialogueAnswer(string Scenario, IReadOnlyList<ExchangeAnswer> Exchanges);

/// <param name="Intent">Freeform only, as the two emotions.</param>
internal sealed record ExchangeAnswer(
    string User, string Assistant, string? Intent = null, string? UserEmotion = null, string? AssistantEmotion = null);

/// <summary>The model's answer to the repair prompt.</summary>
internal sealed record RepairAnswer(IReadOnlyList<RepairedExchange> Exchanges);

/// <param name="Number">From 1.</param>
internal sealed record RepairedExchange(int Number, string User, string Assistant);

/// <summary>Reads answers; what is not of the schema is null with a reason, never an exception.</summary>
internal static class AnswerParser
{
    public static (DialogueAnswer? Answer, string Problem) Dialogue(string text)
    {
        var (answer, problem) = Parse<DialogueAnswer>(text);
        return answer switch
        {
            null => (null, problem),
            { Scenario: null or "" } => (null, "the scenario is missing"),
            { Exchanges: null or { Count: 0 } } => (null, "there is no exchange"),
            _ when answer.Exchanges.Any(exchange => exchange?.User is null || exchange.Assistant is null) => (null, "an exchange lacks an utterance"),
            _ => (Tidy(answer), ""),
        };
    }

    public static RepairAnswer? Repair(string text) =>
        Parse<RepairAnswer>(text).Answer is { Exchanges: not null } answer
        && answer.Exchanges.All(exchange => exchange?.User is not null && exchange.Assistant is not null)
            ? answer
            : null;

    /// <summary>The answer with an exchange's utterances replaced by the repaired ones.</summary>
    public static DialogueAnswer Apply(DialogueAnswer answer, RepairAnswer repair) => answer with
    {
        Exchanges = [.. answer.Exchanges.Select((exchange, i) =>
            repair.Exchanges.FirstOrDefault(repaired => repaired.Number == i + 1) is { } repaired
                ? exchange with { User = Tidy(repaired.User), Assistant = Tidy(repaired.Assistant) }
                : exchange)],
    };

    private static (T? Answer, string Problem) Parse<T>(string text)
        where T : class
    {
        try
        {
            return (JsonSerializer.Deserialize<T>(text, DialogueJson.Compact), "the answer is null");
        }
        catch (JsonException fault)
        {
            return (null, $"not JSON of the schema at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
        }
        catch (ArgumentException)
        {
            return (null, "not JSON: half a surrogate pair");
        }
    }

    private static DialogueAnswer Tidy(DialogueAnswer answer) => new(
        Tidy(answer.Scenario),
        [.. answer.Exchanges.Select(exchange => exchange with { User = Tidy(exchange.User), Assistant = Tidy(exchange.Assistant) })]);

    /// <summary>Line breaks and runs of blanks are layout, not words.</summary>
    private static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
