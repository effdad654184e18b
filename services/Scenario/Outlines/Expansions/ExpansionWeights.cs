using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Ontology;

namespace DialogueMesh.Scenario.Outlines.Expansions;

/// <summary>How early an expansion is considered: in proportion to how often the seed corpus does such a thing.</summary>
internal sealed class ExpansionWeights(ActStatistics statistics, IReadOnlyList<TaskPlan> tasks)
{
    public double Of(Expansion expansion) => expansion switch
    {
        // Before all others: a dialogue without it just breaks off.
        Expansion.Closing => 4000 * statistics.ThanksBeforeGoodbye,
        Expansion.OfferFirst or Expansion.Consent => 14,
        Expansion.PlainOpening => 5 * statistics.OpeningSlots[0],
        Expansion.Include(var task, _, _) => Primary(task, 2.5, 0.8),
        Expansion.AskApart(var task, var step, _) when tasks[task].Grammar.Steps[step].Kind == StepKind.Ask => Primary(task, 12, 9),
        Expansion.AskApart(var task, _, _) => Primary(task, 11, 9) * statistics.InformedSlots[0],
        Expansion.ReadBack(var task, _) => Primary(task, 6, 2) * statistics.ConfirmBeforeBooking,
        Expansion.Correct => 8 * statistics.Correction,
        Expansion.Alternative(var task, var number) => Primary(task, 16, 8) * statistics.RequestAlternatives / (1 + number),
        Expansion.SideQuestion { Number: >= Expansion.MostSideQuestions } => 0.001,
        Expansion.SideQuestion(var task, _) => Primary(task, 3, 1) * statistics.SideQuestion,
        Expansion.Setback(var task) => Primary(task, 1.2, 0.2),
        Expansion.Insist(_, var number) => number switch { 0 => 4, 1 => 0.3, _ => 0.01 },
        Expansion.Hold(_, 0) => 0.1,
        Expansion.Hold { Number: > 2 } or Expansion.Pause { Number: > 1 } => 0.0001,
        Expansion.Verify => 0.05,
        _ => 0.01,
    };

    private double Primary(int task, double primary, double companion) => tasks[task].Primary ? primary : companion;
}
