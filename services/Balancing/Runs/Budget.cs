using System.Globalization;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Contracts.Runs;

namespace DialogueMesh.Balancing.Runs;

/// <summary>Which of a run's limits keeps it from issuing.</summary>
internal enum BudgetLimit
{
    None,
    Candidates,
    Cost,
}

/// <summary>What a run has spent, and whether one more candidate is within its limits.</summary>
internal sealed class Budget(RunLimits limits, long candidates, Usage spent)
{
    private long answered = candidates;

    public RunLimits Limits { get; set; } = limits;

    /// <summary>Candidates asked for, those of earlier starts that were answered included.</summary>
    public long Candidates { get; private set; } = candidates;

    public Usage Spent { get; private set; } = spent;

    public void Ask() => Candidates++;

    /// <summary>A candidate's usage is known.</summary>
    public void Pay(Usage usage)
    {
        Spent += usage;
        answered++;
    }

    /// <summary>Later usage of a candidate that was paid for already.</summary>
    public void PayMore(Usage usage) => Spent += usage;

    /// <param name="unpaid">Candidates asked for whose usage is not known yet: each is taken to cost the mean.</param>
    public BudgetLimit LimitReached(int unpaid)
    {
        if (Candidates >= Limits.MaxCandidates)
        {
            return BudgetLimit.Candidates;
        }

        var mean = answered > 0 ? Spent.Cost / answered : 0;
        var forecast = Spent.Cost + (mean * (unpaid + 1));
        return Limits.MaxCost is { } most && (Spent.Cost >= most || forecast > most) ? BudgetLimit.Cost : BudgetLimit.None;
    }

    public string Describe(BudgetLimit limit) => limit == BudgetLimit.Cost
        ? string.Create(CultureInfo.InvariantCulture, $"cost budget of ${Limits.MaxCost} reached (${Spent.Cost} spent)")
        : string.Create(CultureInfo.InvariantCulture, $"candidate budget of {Limits.MaxCandidates} spent");
}
