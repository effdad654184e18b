using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Simulator.Voice;
using Xunit;

namespace DialogueMesh.Tests.Simulator.Voice;

public sealed class ScenarioTextTests
{
    private static readonly ScenarioFacts Facts = new(
        "A visa adviser in Nairobi who has seen every refusal.", "Barcelona", "Overnight", "23:40",
        "The user wants to find out what a taxi ride would cost, and also to book a flight and to book a hotel room.", "Worried", false, Resolutions.Resolved, null);

    [Fact]
    public void Of_SeveralBookings_SaysTheVerbOnce() =>
        Assert.All(Texts(Facts), text => Assert.Contains("book a flight and a hotel room.", text, StringComparison.Ordinal));

    [Fact]
    public void Of_PersonaOfAnotherTown_ComesFromThere() =>
        Assert.All(Texts(Facts), text =>
        {
            Assert.Contains("visa adviser from Nairobi", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("in Nairobi", text, StringComparison.Ordinal);
        });

    [Fact]
    public void Of_PersonaInTheirOwnTown_IsNotFromThere() =>
        Assert.All(Texts(Facts with { Persona = "A barista in Bogotá with a sweet tooth.", Region = "Bogota" }), text => Assert.DoesNotContain("from Bogotá", text, StringComparison.Ordinal));

    [Fact]
    public void Of_BeforeMidnight_IsNotTheMiddleOfTheNight() =>
        Assert.All(Texts(Facts), text => Assert.Contains("shortly before midnight", text, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Of_TravellerBoundThere_IsNotThereYet() =>
        Assert.All(Texts(Facts with { Arrives = true }), text => Assert.DoesNotContain("in Barcelona", text, StringComparison.Ordinal));

    [Fact]
    public void Of_ManyStreams_OpensInManyWays() => Assert.True(Texts(Facts).Distinct().Count() > 40);

    private static List<string> Texts(ScenarioFacts facts) => [.. Enumerable.Range(0, 60).Select(n => ScenarioText.Of(facts, new SeededRandom("scenario", n)))];
}
