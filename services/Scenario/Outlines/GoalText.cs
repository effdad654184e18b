using System.Text.RegularExpressions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>The goal of a grammar in words, with the values that the outline says.</summary>
internal static partial class GoalText
{
    /// <returns>Completes "to …".</returns>
    /// <param name="subject">What the service that a general task is about calls its bookings.</param>
    public static string Of(TaskPlan task, IReadOnlyList<HalfTurn> turns, string? subject) => Placeholder().Replace(task.Grammar.Goal, match =>
    {
        var slot = match.Groups["slot"].Value;
        if (slot == "subject")
        {
            return subject ?? "booking";
        }

        var value = turns.SelectMany(turn => turn.Acts)
            .LastOrDefault(act => act.Service == task.Schema.Name && act.Slot == slot && act.Value is not null)?.Value;
        return value is not null ? Article(match, value) + value
            : task.Schema.Slots.TryGetValue(slot, out var known) ? $"the {known.Label}" : slot;
    });

    private static string Article(Match match, string value) => !match.Groups["article"].Success ? ""
        : "aeiouAEIOU".Contains(value[0], StringComparison.Ordinal) ? "an " : "a ";

    [GeneratedRegex(@"\{(?<article>an? )?(?<slot>\w+)(?:\|[^}]*)?\}")]
    private static partial Regex Placeholder();
}
