namespace DialogueMesh.Dataset.Gate;

/// <summary>
/// In which order ordinals are decided. Round 0 takes the ordinals of the initial total in turn; those that turn out
/// duplicates come again in the next round, in turn, until none is left. Only then begin the ordinals that an extension
/// added, in the next round: so the order is a function of the totals and the answers, not of when the run was extended.
/// </summary>
internal sealed class DecisionOrder
{
    private readonly Queue<(int First, int End)> extensions = [];
    private List<int> current = [];
    private List<int> again = [];
    private int position;

    /// <summary>From 0.</summary>
    public int Round { get; private set; }

    public int Total { get; private set; }

    /// <summary>The ordinal to be decided next; null when all are accepted.</summary>
    public int? Head => position < current.Count ? current[position] : null;

    /// <summary>Adds the ordinals up to <paramref name="total"/>.</summary>
    public void Extend(int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, Total);
        extensions.Enqueue((Total, total));
        var isFirst = Total == 0;
        Total = total;
        BeginNextRound(isFirst ? Round : Round + 1);
    }

    /// <summary>The head is decided; it comes again when it is a duplicate.</summary>
    public void Advance(bool comesAgain)
    {
        if (comesAgain)
        {
            again.Add(current[position]);
        }

        position++;
        BeginNextRound(Round + 1);
    }

    private void BeginNextRound(int round)
    {
        if (Head is not null)
        {
            return;
        }

        if (again.Count > 0)
        {
            (current, again) = (again, []);
        }
        else if (extensions.TryDequeue(out var added))
        {
            current = [.. Enumerable.Range(added.First, added.End - added.First)];
        }
        else
        {
            return;
        }

        position = 0;
        Round = round;
    }
}
