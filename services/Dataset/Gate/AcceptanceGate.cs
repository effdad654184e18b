using DialogueMesh.Vectors;

namespace DialogueMesh.Dataset.Gate;

/// <summary>
/// Decides what is a duplicate, in the order of <see cref="DecisionOrder"/> whatever the order of arrival. What it hears
/// twice changes nothing. A candidate can be decided once it is journalled and screened; one turned down before the gate
/// leaves its ordinal waiting for the next attempt, in the same round.
/// </summary>
internal sealed class AcceptanceGate(double threshold, int dimension)
{
    // Rounding must not let a pair through that a recomputation in float32, in any order, finds at the threshold.
    private readonly double limit = threshold - ExactIndex.RoundingBound(dimension);

    private readonly DecisionOrder order = new();
    private readonly Dictionary<int, Waiting> waiting = [];
    private readonly Dictionary<int, int> acceptedAttempts = [];
    private readonly HashSet<CandidateKey> rejected = [];

    public AcceptedDialogues Accepted { get; } = new(dimension);

    /// <summary>What was there before the run; set before anything is decided.</summary>
    public EarlierDialogues Earlier { get; set; } = new();

    public int Total => order.Total;

    public void Extend(int total) => order.Extend(total);

    /// <summary>Whether the candidate was accepted or rejected, here or before the gate.</summary>
    public bool IsDecided(CandidateKey key) =>
        rejected.Contains(key) || (acceptedAttempts.TryGetValue(key.Ordinal, out var attempt) && key.Attempt >= attempt);

    /// <summary>The candidate is in the journal.</summary>
    public void Arrive(CandidateKey key)
    {
        if (WaitingFor(key) is { } candidate)
        {
            candidate.HasArrived = true;
        }
    }

    /// <summary>What the candidate's text and meaning are; the first answer counts.</summary>
    public void Screen(CandidateKey key, string hash, float[] vector)
    {
        if (WaitingFor(key) is { Screening: null } candidate)
        {
            candidate.Screening = new Screening(hash, vector);
        }
    }

    /// <summary>The candidate was turned down before the gate.</summary>
    public void TurnDown(CandidateKey key)
    {
        if (!IsDecided(key))
        {
            rejected.Add(key);
            Forget(key);
        }
    }

    /// <summary>The next decision, if its candidate is there; it takes effect by <see cref="Apply"/>.</summary>
    public Decision? Next() =>
        order.Head is { } ordinal && waiting.GetValueOrDefault(ordinal) is { HasArrived: true, Screening: { } screening } candidate
            ? Decide(new CandidateKey(ordinal, candidate.Attempt), screening)
            : null;

    /// <summary>Makes a decision true: the one that <see cref="Next"/> gave, or one from the journal.</summary>
    /// <exception cref="InvalidDataException">It is not the turn of this ordinal in this round.</exception>
    public void Apply(Decision decision)
    {
        if (order.Head != decision.Key.Ordinal || order.Round != decision.Round || IsDecided(decision.Key))
        {
            throw new InvalidDataException(
                $"it decides ordinal {decision.Key.Ordinal} in round {decision.Round} out of turn");
        }

        if (decision is Decision.Accepted accepted)
        {
            if (Accepted.WithHash(accepted.Hash) is not null || !Accepted.Fits(accepted.Vector))
            {
                throw new InvalidDataException($"it accepts ordinal {decision.Key.Ordinal}, a copy or without a vector");
            }

            Accepted.Add(decision.Key.Ordinal, accepted.Hash, accepted.Vector);
            acceptedAttempts.Add(decision.Key.Ordinal, decision.Key.Attempt);
        }
        else
        {
            rejected.Add(decision.Key);
        }

        Forget(decision.Key);
        order.Advance(comesAgain: decision is not Decision.Accepted);
    }

    private Decision Decide(CandidateKey key, Screening screening)
    {
        var nearest = Accepted.Nearest(screening.Vector);
        if (Accepted.WithHash(screening.Hash) is { } of)
        {
            return new Decision.Duplicate(key, order.Round, nearest, of);
        }

        if (Earlier.WithHash(screening.Hash) is { } copied)
        {
            return new Decision.LikeEarlier(key, order.Round, nearest, copied, Cosine: null);
        }

        if (nearest is not null && nearest.Cosine >= limit)
        {
            return new Decision.NearDuplicate(key, order.Round, nearest);
        }

        return Earlier.Nearest(screening.Vector, limit) is { } earlier
            ? new Decision.LikeEarlier(key, order.Round, nearest, earlier.Name, earlier.Cosine)
            : new Decision.Accepted(key, order.Round, nearest, screening.Hash, screening.Vector);
    }

    // The latest attempt of a cell is the live one.
    private Waiting? WaitingFor(CandidateKey key)
    {
        if (key.Ordinal < 0 || key.Ordinal >= order.Total || IsDecided(key))
        {
            return null;
        }

        var candidate = waiting.GetValueOrDefault(key.Ordinal);
        if (candidate is null || candidate.Attempt < key.Attempt)
        {
            candidate = waiting[key.Ordinal] = new Waiting { Attempt = key.Attempt };
        }

        return candidate.Attempt == key.Attempt ? candidate : null;
    }

    private void Forget(CandidateKey key)
    {
        if (waiting.TryGetValue(key.Ordinal, out var candidate) && candidate.Attempt <= key.Attempt)
        {
            waiting.Remove(key.Ordinal);
        }
    }

    private sealed record Screening(string Hash, float[] Vector);

    private sealed class Waiting
    {
        public required int Attempt { get; init; }

        public bool HasArrived { get; set; }

        public Screening? Screening { get; set; }
    }
}
