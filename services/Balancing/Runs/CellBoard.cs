namespace DialogueMesh.Balancing.Runs;

/// <summary>Where a cell is on its way.</summary>
internal enum CellState : byte
{
    /// <summary>Never asked for.</summary>
    Fresh,

    /// <summary>Rejected, to be asked for again.</summary>
    AwaitsRetry,

    /// <summary>Asked for, no answer yet.</summary>
    InFlight,

    /// <summary>Answered, neither accepted nor rejected yet.</summary>
    Undecided,

    Accepted,
}

/// <summary>The state and attempt of every cell of a run, and how many cells are in each state.</summary>
/// <param name="totals">Ascending: the initial one, then one per extension.</param>
internal sealed class CellBoard(IReadOnlyList<int> totals)
{
    private const int UnknownRound = -1;

    private readonly SortedSet<int> undecidedInRound0 = [];
    private IReadOnlyList<int> totals = totals;
    private CellProgress[] cells = new CellProgress[totals[^1]];

    public int Count => cells.Length;

    public int InFlight { get; private set; }

    public int Undecided { get; private set; }

    /// <summary>Undecided cells that were never a duplicate: the gate takes those of a total in their order, before its others.</summary>
    public int UndecidedInRound0 => undecidedInRound0.Count;

    /// <summary>The one of them that the gate takes next; past the last ordinal when there is none.</summary>
    public int LowestUndecidedInRound0 => undecidedInRound0.Count > 0 ? undecidedInRound0.Min : Count;

    public int Accepted { get; private set; }

    public CellState StateOf(int ordinal) => cells[ordinal].State;

    /// <summary>The attempt under way, or the next one.</summary>
    public int AttemptOf(int ordinal) => cells[ordinal].Attempt;

    public void SetAttempt(int ordinal, int attempt) => cells[ordinal].Attempt = attempt;

    public void Extend(IReadOnlyList<int> newTotals)
    {
        totals = newTotals;
        Array.Resize(ref cells, newTotals[^1]);
    }

    public void Move(int ordinal, CellState state)
    {
        Tally(ordinal, -1);
        cells[ordinal].State = state;
        Tally(ordinal, 1);
        undecidedInRound0.Remove(ordinal);
        if (cells[ordinal] is { State: CellState.Undecided, Round: 0 })
        {
            undecidedInRound0.Add(ordinal);
        }
    }

    /// <param name="ordinal">The cell.</param>
    /// <param name="attempt">The one to ask for.</param>
    /// <param name="isDuplicate">Its candidate was a duplicate, so that the gate takes the next one a round later.</param>
    public void Retry(int ordinal, int attempt, bool isDuplicate)
    {
        Move(ordinal, CellState.AwaitsRetry);
        cells[ordinal].Attempt = attempt;
        cells[ordinal].Round += isDuplicate && cells[ordinal].Round != UnknownRound ? 1 : 0;
    }

    /// <summary>A cell whose candidates an earlier start turned down, for reasons that are not known here.</summary>
    public void RetryFromEarlier(int ordinal, int attempt)
    {
        Retry(ordinal, attempt, isDuplicate: false);
        cells[ordinal].Round = UnknownRound;
    }

    /// <summary>
    /// Whether a decision is certain to come although no more candidates will: the gate takes the cells of a total round by
    /// round, each round in their order, and those of the next total only when all before are accepted.
    /// </summary>
    public bool GateCanGoOn()
    {
        var first = Array.FindIndex(cells, cell => cell.State != CellState.Accepted);
        if (first < 0)
        {
            return false;
        }

        var (answered, missing) = ((Round: int.MaxValue, first), (Round: int.MaxValue, first));
        for (var ordinal = first; ordinal < totals.First(total => total > first); ordinal++)
        {
            var (state, round) = (cells[ordinal].State, cells[ordinal].Round);
            if (state == CellState.Undecided && round != UnknownRound && round < answered.Round)
            {
                answered = (round, ordinal);
            }
            else if (state is CellState.Fresh or CellState.AwaitsRetry && Math.Max(round, 0) < missing.Round)
            {
                missing = (Math.Max(round, 0), ordinal);
            }
        }

        return answered.CompareTo(missing) < 0;
    }

    private void Tally(int ordinal, int change)
    {
        var cell = cells[ordinal];
        InFlight += cell.State == CellState.InFlight ? change : 0;
        Accepted += cell.State == CellState.Accepted ? change : 0;
        Undecided += cell.State == CellState.Undecided ? change : 0;
    }

    private struct CellProgress
    {
        public CellState State;
        public int Round;
        public int Attempt;
    }
}
