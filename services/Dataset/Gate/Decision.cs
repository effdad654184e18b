namespace DialogueMesh.Dataset.Gate;

/// <summary>What the gate decides of a candidate, in which round, and the accepted dialogue most like it then (none for the first).</summary>
internal abstract record Decision(CandidateKey Key, int Round, NearestAccepted? Nearest)
{
    internal sealed record Accepted(CandidateKey Key, int Round, NearestAccepted? Nearest, string Hash, float[] Vector)
        : Decision(Key, Round, Nearest);

    /// <summary>The same canonical text as ordinal <paramref name="Of"/>.</summary>
    internal sealed record Duplicate(CandidateKey Key, int Round, NearestAccepted? Nearest, int Of)
        : Decision(Key, Round, Nearest);

    /// <summary>Like one of an earlier dataset: its name, and its cosine; null where the words are the same.</summary>
    internal sealed record LikeEarlier(CandidateKey Key, int Round, NearestAccepted? Nearest, string Earlier, double? Cosine)
        : Decision(Key, Round, Nearest);

    internal sealed record NearDuplicate(CandidateKey Key, int Round, NearestAccepted? Nearest)
        : Decision(Key, Round, Nearest);
}

/// <summary>An accepted dialogue and its cosine with a candidate.</summary>
internal sealed record NearestAccepted(int Ordinal, double Cosine)
{
    /// <summary>The cosine with six decimals, as outputs show it.</summary>
    public double Rounded => Math.Round(Cosine, 6);
}
