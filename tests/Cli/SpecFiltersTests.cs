using DialogueMesh.Cli.Options;
using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Runs.Requests;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public class SpecFiltersTests
{
    private static readonly PlanDimensions All = new()
    {
        Combinations =
        [
            new(["hotel"], 1), new(["taxi"], 0.5), new(["hotel", "taxi"], 2), new(["train", "taxi"], 1), new(["hospital", "taxi"], 1),
        ],
        Categories = new Dictionary<string, IReadOnlyList<string>> { ["hotel"] = ["room"], ["general"] = ["feedback"] },
        Regions = ["London", "New York", "Tokyo"],
        TimeSlots = ["Evening", "Morning"],
        Resolutions = [new("Resolved", 0.4), new("Failed", 0.3), new("Escalated", 0.3)],
        UserEmotions = ["Angry", "Happy", "Tired"],
        AssistantEmotions = ["Patient", "Precise"],
    };

    [Fact]
    public void Apply_NoFilter_ChangesNothing() => Assert.Equal(All, SpecFilters.Apply(All, new()));

    [Fact]
    public void Apply_Services_KeepsCombinationsOfThemAlone()
    {
        var kept = SpecFilters.Apply(All, new() { Services = ["TAXI", "hotel"] });

        Assert.Equal(["hotel", "taxi", "hotel+taxi"], kept.Combinations.Select(combination => string.Join('+', combination.Services)));
        Assert.Equal([1, 0.5, 2], kept.Combinations.Select(combination => combination.Weight));
        Assert.Same(All.Categories, kept.Categories);
    }

    [Fact]
    public void Apply_RegionsAndResolutions_KeepsThemInThePlansOrderAndSpelling()
    {
        var kept = SpecFilters.Apply(All, new() { Regions = ["tokyo", "london"], Resolutions = ["escalated", "Resolved"] });

        Assert.Equal(["London", "Tokyo"], kept.Regions);
        Assert.Equal([new Share("Resolved", 0.4), new Share("Escalated", 0.3)], kept.Resolutions);
        Assert.Equal(All.TimeSlots, kept.TimeSlots);
    }

    [Fact]
    public void Apply_EmotionsOfTheUserOnly_LeavesTheAssistants()
    {
        var kept = SpecFilters.Apply(All, new() { Emotions = ["happy", "Angry"] });

        Assert.Equal(["Angry", "Happy"], kept.UserEmotions);
        Assert.Equal(All.AssistantEmotions, kept.AssistantEmotions);
    }

    [Fact]
    public void Apply_EmotionsOfBoth_FiltersBoth()
    {
        var kept = SpecFilters.Apply(All, new() { Emotions = ["Tired", "Precise"] });

        Assert.Equal(["Tired"], kept.UserEmotions);
        Assert.Equal(["Precise"], kept.AssistantEmotions);
    }

    public static TheoryData<string, string, string> Unknown => new()
    {
        { "service", "hotle", "unknown service 'hotle' in --services: the nearest of the 4 known are hotel," },
        { "region", "New", "unknown region 'New' in --regions: the nearest of the 3 known are New York," },
        { "resolution", "Fialed", "unknown resolution 'Fialed' in --resolutions: the nearest of the 3 known are Failed," },
        { "emotion", "Hapy", "unknown emotion 'Hapy' in --emotions: the nearest of the 5 known are Happy," },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Apply_UnknownName_NamesTheNearestAndHowManyThereAre(string kind, string name, string expected)
    {
        IReadOnlyList<string> names = [name];
        var settings = kind switch
        {
            "service" => new GenerateSettings { Services = names },
            "region" => new GenerateSettings { Regions = names },
            "resolution" => new GenerateSettings { Resolutions = names },
            _ => new GenerateSettings { Emotions = names },
        };

        var fault = Assert.Throws<InputException>(() => SpecFilters.Apply(All, settings));

        Assert.StartsWith(expected, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Apply_ServiceThatIsNeverAlone_SaysThatNothingIsLeft()
    {
        var fault = Assert.Throws<InputException>(() => SpecFilters.Apply(All, new() { Services = ["hospital"] }));

        Assert.Contains("--services hospital leaves no combination", fault.Message);
    }

    [Theory]
    [InlineData("--temprature", "--temperature")]
    [InlineData("--max-turn", "--max_turns")]
    [InlineData("--tempreature", "--temperature")]
    [InlineData("--verbose", null)]
    public void Guess_MistypedOption_FindsItOrNothing(string typed, string? expected) =>
        Assert.Equal(expected, Nearest.Guess(typed, Verbs.Generate.Options.Select(option => option.Long)));
}
