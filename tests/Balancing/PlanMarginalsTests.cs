using DialogueMesh.Balancing.Planning;
using DialogueMesh.Contracts.Runs;
using Xunit;

namespace DialogueMesh.Tests.Balancing;

public sealed class PlanMarginalsTests
{
    [Fact]
    public void Of_Cells_CountsEveryDimensionAndEachServiceOfACell()
    {
        var marginals = PlanMarginals.Of([Cell(["hotel", "taxi"], "Rome"), Cell(["hotel"], "Rome"), Cell(["hotel", "taxi"], "Bern")]);

        Assert.Equal(
            ["service_count", "combination", "services", "scenario_category", "region", "time_slot", "resolution", "user_emotion",
                "assistant_emotion"],
            marginals.Keys);
        Assert.Equal(new Dictionary<string, int> { ["1"] = 1, ["2"] = 2 }, marginals["service_count"]);
        Assert.Equal(new Dictionary<string, int> { ["hotel"] = 1, ["hotel+taxi"] = 2 }, marginals["combination"]);
        Assert.Equal(new Dictionary<string, int> { ["hotel"] = 3, ["taxi"] = 2 }, marginals["services"]);
        Assert.Equal([new("Bern", 1), new("Rome", 2)], marginals["region"]);
        Assert.Equal(3, marginals["scenario_category"]["hotel.book"]);
    }

    private static Cell Cell(string[] services, string region) => new()
    {
        Ordinal = 0,
        Services = services,
        Category = "hotel.book",
        Region = region,
        TimeSlot = "morning",
        Resolution = Resolutions.Resolved,
        UserEmotion = "Calm",
        AssistantEmotion = "Kind",
        Persona = new(PersonaGrouping.Cluster, 0),
        SeedDialogue = 0,
        Turns = new(5, 7),
        Sampling = new(1, 1, 0, 0),
    };
}
