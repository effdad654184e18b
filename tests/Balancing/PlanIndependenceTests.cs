using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class PlanIndependenceTests
{
    private const int Total = 2000;
    private const int Seeds = 20;

    private static readonly Dictionary<string, Func<Cell, string>> Values = new()
    {
        ["resolution"] = cell => cell.Resolution,
        ["region"] = cell => cell.Region,
        ["time_slot"] = cell => cell.TimeSlot,
        ["user_emotion"] = cell => cell.UserEmotion,
        ["assistant_emotion"] = cell => cell.AssistantEmotion,
        ["scenario_category"] = cell => cell.Category,
        ["temperature"] = cell => $"{cell.Sampling.Temperature}",
        ["frequency_penalty"] = cell => $"{cell.Sampling.FrequencyPenalty}",
        ["presence_penalty"] = cell => $"{cell.Sampling.PresencePenalty}",
        ["persona"] = cell => $"{cell.Persona.By}",
        ["turns"] = cell => $"{cell.Turns}",
    };

    [Theory]
    [InlineData("resolution", "region", false)]
    [InlineData("user_emotion", "scenario_category", false)]
    [InlineData("user_emotion", "assistant_emotion", false)]
    [InlineData("region", "scenario_category", true)]
    [InlineData("time_slot", "region", false)]
    [InlineData("frequency_penalty", "presence_penalty", false)]
    [InlineData("temperature", "resolution", true)]
    [InlineData("persona", "turns", false)]
    public void Cells_UnlinkedDimensions_NoMoreAssociatedThanIndependentDraws(string first, string second, bool extended)
    {
        double planned = 0, drawn = 0, square = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var plan = RunPlan.Create(TestSpecs.Default(seed), extended ? [100, 150, Total] : [Total]);
            var cells = Enumerable.Range(0, Total).Select(plan.Cell).ToList();
            var (a, b) = (cells.Select(Values[first]).ToArray(), cells.Select(Values[second]).ToArray());
            planned += CramersV(a, b) / Seeds;

            var random = new SeededRandom("test", first, second, seed);
            var independent = CramersV([.. a.Select(_ => random.Pick(a))], [.. b.Select(_ => random.Pick(b))]);
            drawn += independent / Seeds;
            square += independent * independent / Seeds;
        }

        var deviationOfMean = Math.Sqrt(Math.Max(square - (drawn * drawn), 0) / Seeds);
        Assert.InRange(planned, 0, drawn + (4 * deviationOfMean));
    }

    [Fact]
    public void CramersV_CopiedColumn_IsOne()
    {
        var regions = Enumerable.Range(0, Total).Select(RunPlan.Create(TestSpecs.Default(), [Total]).Cell).Select(c => c.Region).ToArray();

        Assert.Equal(1, CramersV(regions, regions), 6);
    }

    private static double CramersV(string[] a, string[] b)
    {
        var (rows, columns) = (a.CountBy(x => x).ToDictionary(), b.CountBy(x => x).ToDictionary());
        var cells = a.Zip(b).CountBy(pair => pair).ToDictionary();
        var chiSquare = 0.0;
        foreach (var (row, rowCount) in rows)
        {
            foreach (var (column, columnCount) in columns)
            {
                var expected = (double)rowCount * columnCount / a.Length;
                chiSquare += Math.Pow(cells.GetValueOrDefault((row, column)) - expected, 2) / expected;
            }
        }

        return Math.Sqrt(chiSquare / a.Length / (Math.Min(rows.Count, columns.Count) - 1));
    }
}
