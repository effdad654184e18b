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
    // The dearest candidate whose cost is known.
    private decimal dearest;

    public RunLimits Limits { get; set; } = limits;

    /// <summary>Candidates asked for, those of earlier starts that were answered included.</summary>
    public long Candidates { get; private set; } = candidates;

    public Usage Spent { get; private set; } = spent;

    /// <summary>What is set aside for a candidate whose cost is not known yet.</summary>
    private decimal Reserve => Math.Max(Limits.CandidateCost, dearest);

    public void Ask() => Candidates++;

    /// <summary>A candidate's usage is known.</summary>
    public void Pay(Usage usage)
    {
        Spent += usage;
        dearest = Math.Max(dearest, usage.Paid);
    }

    /// <summary>Later usage of a candidate that was paid for already.</summary>
    public void PayMore(Usage usage) => Spent += usage;

    /// <summary>The journal knows of so much: what was not heard of here is made up for.</summary>
    public void Reconcile(long candidates, Usage spent)
    {
        Candidates = Math.Max(Candidates, candidates);
        Spent = spent.Calls > Spent.Calls || spent.Cost > Spent.Cost ? spent : Spent;
    }

    /// <param name="unpaid">Candidates asked for whose usage is not known yet.</param>
    public BudgetLimit LimitReached(int unpaid)
    {
        if (Candidates >= Limits.MaxCandidates)
        {
            return BudgetLimit.Candidates;
        }

        var committed = Spent.Paid + (Reserve * (unpaid + 1));
        return Limits.MaxCost is { } most && (Spent.Paid >= most || committed > most) ? BudgetLimit.Cost : BudgetLimit.None;
    }

    public string Describe(BudgetLimit limit) => limit == BudgetLimit.Cost
        ? string.Create(CultureInfo.InvariantCulture, $"cost budget of ${Limits.MaxCost} reached (${Spent.Paid} paid, one more candidate may cost ${Reserve})")
        : string.Create(CultureInfo.InvariantCulture, $"candidate budget of {Limits.MaxCandidates} spent");
}
