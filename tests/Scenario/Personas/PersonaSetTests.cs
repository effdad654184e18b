using DialogueMesh.Contracts.Dialogues;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Personas;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Personas;

public sealed class PersonaSetTests
{
    private static readonly PersonaSet Some = new(
        [Of("a", 10, "b-label"), Of("b", 2, "a-label", "b-label"), Of("c", -1, "Z-label", "Z-label"), Of("d", 10), Of("e", 10)], "", 0);

    [Theory]
    [InlineData(0, "b")]
    [InlineData(1, "a")]
    [InlineData(2, "b")]
    [InlineData(3, "d")]
    [InlineData(5, "e")]
    [InlineData(7, "a")]
    public void Draw_ByCluster_TakesTheGroupThenTheMember(ulong number, string expected) =>
        Assert.Equal(expected, Some.Draw(new PersonaDraw(PersonaGrouping.Cluster, number)).Id);

    [Theory]
    [InlineData(0, "c")]
    [InlineData(1, "b")]
    [InlineData(2, "a")]
    [InlineData(5, "b")]
    [InlineData(8, "a")]
    [InlineData(ulong.MaxValue, "c")]
    public void Draw_BySummaryLabel_SortsLabelsOrdinally(ulong number, string expected) =>
        Assert.Equal(expected, Some.Draw(new PersonaDraw(PersonaGrouping.SummaryLabel, number)).Id);

    [Theory]
    [InlineData(PersonaGrouping.Cluster)]
    [InlineData(PersonaGrouping.SummaryLabel)]
    public void Draw_NoGroups_DrawsFromAll(PersonaGrouping by)
    {
        var noise = new PersonaSet([Of("a", -1), Of("b", -1)], "", 0);

        Assert.Equal(["a", "b", "a"], new ulong[] { 0, 1, 2 }.Select(n => noise.Draw(new PersonaDraw(by, n)).Id));
    }

    private static Persona Of(string id, int cluster, params string[] labels) =>
        new() { Id = id, Description = id, ClusterLabel = cluster, SummaryLabels = labels };
}
