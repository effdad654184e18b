using System.Globalization;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Dataset.Gate;

namespace DialogueMesh.Dataset.History;

/// <summary>The gate's decisions as journal lines, and back.</summary>
internal static class DecisionLines
{
    public static DecisionLine Of(Decision decision, string runId, double threshold, DateTimeOffset time)
    {
        var line = new DecisionLine
        {
            Time = time,
            Ordinal = decision.Key.Ordinal,
            Attempt = decision.Key.Attempt,
            Round = decision.Round,
            Accepted = false,
            Nearest = decision.Nearest?.Ordinal,
            Cosine = decision.Nearest?.Cosine,
        };
        return decision switch
        {
            Decision.Accepted accepted => line with { Accepted = true, Hash = accepted.Hash, Vector = VectorBytes.Of(accepted.Vector) },
            Decision.Duplicate duplicate => line with
            {
                Stage = Stage.Dedup,
                Reason = RejectionReason.Duplicate,
                Detail = $"the same words as {DialogueName.Of(runId, duplicate.Of)}",
            },
            Decision.LikeEarlier { Cosine: null } copy => line with
            {
                Stage = Stage.Dedup,
                Reason = RejectionReason.EarlierDuplicate,
                Earlier = copy.Earlier,
                Detail = $"the same words as {copy.Earlier}",
            },
            Decision.LikeEarlier near => line with
            {
                Stage = Stage.Dedup,
                Reason = RejectionReason.EarlierNearDuplicate,
                Earlier = near.Earlier,
                EarlierCosine = near.Cosine,
                Detail = string.Create(CultureInfo.InvariantCulture, $"cosine {near.Cosine:F6} with {near.Earlier}, threshold {threshold}"),
            },
            _ => line with
            {
                Stage = Stage.Dedup,
                Reason = RejectionReason.NearDuplicate,
                Detail = string.Create(
                    CultureInfo.InvariantCulture,
                    $"cosine {decision.Nearest!.Cosine:F6} with {DialogueName.Of(runId, decision.Nearest.Ordinal)}, threshold {threshold}"),
            },
        };
    }

    public static DecisionLine Of(DialogueRejected rejected, DateTimeOffset time) => new()
    {
        Time = time,
        Ordinal = rejected.Ordinal,
        Attempt = rejected.Attempt,
        Accepted = false,
        Stage = rejected.Stage,
        Reason = rejected.Reason,
        Detail = rejected.Detail,
        Usage = rejected.Usage == default ? null : rejected.Usage,
    };

    /// <summary>The gate's decision that a line with a round tells of.</summary>
    /// <exception cref="InvalidDataException">The line lacks a part.</exception>
    public static Decision Read(DecisionLine line)
    {
        var key = new CandidateKey(line.Ordinal, line.Attempt);
        var round = line.Round ?? throw new InvalidDataException("a decision of the gate without a round");
        var nearest = line is { Nearest: { } ordinal, Cosine: { } cosine } ? new NearestAccepted(ordinal, cosine) : null;
        return line switch
        {
            { Accepted: true, Hash: { } hash, Vector: { } vector } =>
                new Decision.Accepted(key, round, nearest, hash, VectorBytes.Read(vector)),
            { Accepted: false, Reason: RejectionReason.Duplicate, Nearest: { } of } => new Decision.Duplicate(key, round, nearest, of),
            { Accepted: false, Reason: RejectionReason.EarlierDuplicate or RejectionReason.EarlierNearDuplicate, Earlier: { } earlier } =>
                new Decision.LikeEarlier(key, round, nearest, earlier, line.EarlierCosine),
            { Accepted: false, Reason: RejectionReason.NearDuplicate } => new Decision.NearDuplicate(key, round, nearest),
            _ => throw new InvalidDataException("a decision without its reason, hash or vector"),
        };
    }
}
