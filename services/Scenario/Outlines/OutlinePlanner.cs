using DialogueMesh.Contracts.Blueprints;
using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Corpora;
using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Scenario.Outlines.Expansions;

namespace DialogueMesh.Scenario.Outlines;

/// <summary>An outline with the goal that it pursues.</summary>
public sealed record PlannedOutline(UserGoal Goal, IReadOnlyList<ExchangePlan> Exchanges);

/// <summary>
/// Plans what is meant in each exchange of a dialogue. The shortest form of the cell's tasks is expanded step by step, in
/// an order weighted by what the seed corpus does, until the dialogue has the length drawn for it.
/// </summary>
public sealed class OutlinePlanner(OntologyCatalog catalog, ActStatistics statistics)
{
    private const int Rounds = 4;
    private const int FirstToMarkTime = 2;

    private readonly Entities entities = new(catalog);

    /// <param name="streamKey">Names the candidate's own random stream.</param>
    /// <returns>An outline within the cell's bounds, or as near to them as its tasks allow.</returns>
    public PlannedOutline Plan(Cell cell, string streamKey)
    {
        var subject = cell.Category.StartsWith(OntologyCatalog.General + ".", StringComparison.Ordinal) ? cell.Services[0] : null;
        var random = new Contracts.Randomness.SeededRandom(streamKey, "outline");
        var tasks = TaskPlan.Of(cell, catalog, random);
        var weights = new ExpansionWeights(statistics, tasks);
        var ordered = Expansion.Of(tasks)
            .Select(expansion => (expansion, key: Math.Log(random.NextDouble() + 1e-300) / weights.Of(expansion)))
            .OrderByDescending(pair => pair.key).Select(pair => pair.expansion).ToList();

        var draws = new Draws(catalog, entities, cell, streamKey);
        var chosen = new ExpansionSet(ordered);
        var (best, asked) = LayOut();
        foreach (var courtesy in ordered.Where(expansion => expansion.IsCourtesy))
        {
            chosen.Choose(chosen.PlaceOf(courtesy), true);
            var longer = LayOut();
            if (longer.Draft.Length > cell.Turns.Max)
            {
                chosen.Choose(chosen.PlaceOf(courtesy), false);
                continue;
            }

            (best, asked) = longer;
        }

        var target = DrawTarget(cell.Turns, tasks.Count, best.Length, random);
        // A second round takes in what had no effect before what it builds on was chosen; a third one marks time, and a fourth one
        // takes in what a wait has made room for.
        for (var round = 0; round < Rounds && best.Length < target; round++)
        {
            foreach (var expansion in ordered)
            {
                var place = chosen.PlaceOf(expansion);
                var chanceWhenFree = expansion.ChanceWhenFree(needed: best.Length < cell.Turns.Min);
                if (chosen.IsChosen(place) || (expansion.MarksTime && round < FirstToMarkTime) || (best.Length == target && chanceWhenFree == 0))
                {
                    continue;
                }

                chosen.Choose(place, true);
                // What the best layout did not ask about would leave it as it is.
                var longer = asked[place] ? LayOut() : (Draft: best, Asked: asked);
                if (longer.Draft.Length > target || (longer.Draft.Length == best.Length && !random.Chance(chanceWhenFree)))
                {
                    chosen.Choose(place, false);
                    continue;
                }

                (best, asked) = longer;
            }
        }

        return best.Finish(cell, tasks, streamKey);

        (OutlineDraft Draft, bool[] Asked) LayOut()
        {
            chosen.Forget();
            return (OutlineDraft.Write(tasks, new World(draws, subject), chosen), chosen.Asked());
        }
    }

    /// <summary>
    /// Uniform over the cell's bounds, but no longer than such a dialogue would naturally be (about what one task takes
    /// with some detours, less for each further one), unless the minimum asks for it.
    /// </summary>
    private static int DrawTarget(IntRange bounds, int tasks, int shortest, Contracts.Randomness.SeededRandom random)
    {
        var natural = Math.Max(bounds.Min, Math.Min(bounds.Max, 6 + (4 * tasks)));
        // Room for a farewell wherever the bounds leave any.
        return Math.Max(Math.Min(shortest + 1, Math.Max(shortest, bounds.Max)), random.Between(bounds.Min, natural));
    }
}
