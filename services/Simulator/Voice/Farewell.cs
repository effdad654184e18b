using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Simulator.Voice;

/// <summary>The user's last words: an answer to what was asked, or to how it ended, perhaps a remark, and the parting.</summary>
internal static class Farewell
{
    private const double ReactionChance = 0.4;
    private const double WarmChance = 0.6;
    private const int PartingTries = 4;

    /// <param name="conversation">What was said so far.</param>
    /// <param name="exchange">The last one.</param>
    /// <param name="heard">The assistant's acts before it.</param>
    /// <param name="remark">What the user lets slip on leaving, or null.</param>
    public static IReadOnlyList<string> Of(Conversation conversation, SpokenExchange exchange, IReadOnlyList<PlannedAct> heard, string? remark)
    {
        var pieces = new List<string>();
        var resolved = conversation.Resolution == Resolutions.Resolved;
        var curt = exchange.User[0].Act == Acts.Goodbye;
        if (heard.Any(act => act.Act == Acts.RequestMore))
        {
            pieces.Add(conversation.Say("user.nothing_more"));
        }
        else if ((!resolved && !curt) || (remark is null && conversation.Random.Chance(ReactionChance)))
        {
            pieces.Add(conversation.Say($"user.outcome.{conversation.Resolution}"));
        }

        if (remark is not null)
        {
            pieces.Add(remark);
        }

        var warm = resolved && exchange.UserEmotion is not ("Indifferent" or "Impatient") && conversation.Random.Chance(WarmChance);
        pieces.Add(Parting(
            conversation,
            curt ? "user.farewell_curt" : conversation.Resolution == Resolutions.Failed ? "user.farewell_short" : warm ? "user.farewell_warm" : "user.farewell",
            pieces));
        return pieces;
    }

    /// <summary>Begins with another word than the sentences before it, where one is found: "Right, … Right, bye" is no parting.</summary>
    private static string Parting(Conversation conversation, string path, List<string> before)
    {
        var parting = conversation.Say(path);
        for (var tries = 0; tries < PartingTries && before.Any(piece => FirstWord(piece) == FirstWord(parting)); tries++)
        {
            parting = conversation.Say(path);
        }

        return parting;
    }

    private static string FirstWord(string piece) => piece.Split(' ', '.', ',')[0];
}
