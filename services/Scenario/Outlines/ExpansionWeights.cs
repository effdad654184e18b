using DialogueMesh.Scenario.Corpora;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>How early an expansion is considered: in proportion to how often the seed corpus does such a thing.</summary>
internal sealed class ExpansionWeights(ActStatistics statistics, IReadOnlyList<TaskPlan> tasks)
{
    public double Of(Expansion expansion) => expansion switch
    {
        Expansion.Closing => 12 * statistics.ThanksBeforeGoodbye,
        Expansion.OfferFirst => 14,
        Expansion.PlainOpening => 5 * statistics.OpeningSlots[0],
        Expansion.Include(var task, _, _) => Primary(task, 2.5, 0.8),
        Expansion.AskApart(var task, _, _) => Primary(task, 5, 4) * statistics.InformedSlots[0],
        Expansion.ReadBack(var task, _) => Primary(task, 6, 2) * statistics.ConfirmBeforeBooking,
        Expansion.Correct => 8 * statistics.Correction,
        Expansion.Alternative(var task, var number) => Primary(task, 16, 8) * statistics.RequestAlternatives / (1 + number),
        Expansion.SideQuestion(var task, _) => Primary(task, 3, 1) * statistics.SideQuestion,
        Expansion.Setback(var task) => Primary(task, 1.2, 0.2),
        Expansion.Insist(_, var number) => number switch { 0 => 4, 1 => 0.3, _ => 0.01 },
        Expansion.Hold(_, 0) => 0.1,
        Expansion.Verify => 0.05,
        _ => 0.01,
    };

    private double Primary(int task, double primary, double companion) => tasks[task].Primary ? primary : companion;
}
