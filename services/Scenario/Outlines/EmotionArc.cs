using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>
/// The user's emotion from exchange to exchange: the assigned one until the matter is settled, then what fits the outcome.
/// A user whose matter is resolved may end satisfied whatever they started from; one whose matter failed does not.
/// </summary>
internal static class EmotionArc
{
    private static readonly HashSet<string> Negative = new(StringComparer.Ordinal)
    {
        "Frustrated", "Angry", "Confused", "Worried", "Disappointed", "Anxious", "Impatient", "Skeptical", "Desperate",
        "Overwhelmed", "Stressed", "Suspicious", "Tired", "Demanding",
    };

    private static readonly string[] AfterFailure = ["Disappointed", "Frustrated"];
    private static readonly string[] AfterHandover = ["Hopeful", "Worried", "Skeptical"];
    private static readonly string[] AfterSuccess = ["Satisfied", "Grateful"];

    /// <param name="settled">Whether the exchange comes after the outcome of the cell's own matter.</param>
    public static string At(string assigned, string resolution, bool settled, ulong choice)
    {
        if (!settled)
        {
            return assigned;
        }

        var negative = Negative.Contains(assigned);
        return resolution switch
        {
            Resolutions.Resolved => negative ? Pick(AfterSuccess, choice) : assigned,
            Resolutions.Failed => negative || assigned == "Indifferent" ? assigned : Pick(AfterFailure, choice),
            _ => negative ? assigned : Pick(AfterHandover, choice),
        };
    }

    /// <summary>Somebody who is angry and got nothing says no more than goodbye.</summary>
    public static bool LeavesWithThanks(string assigned, string resolution) =>
        resolution == Resolutions.Resolved || !(assigned == "Angry" || (resolution == Resolutions.Failed && assigned is "Frustrated" or "Demanding"));

    private static string Pick(string[] emotions, ulong choice) => emotions[choice % (ulong)emotions.Length];
}
