using DialogueMesh.Contracts.Runs;
using DialogueMesh.Scenario.Grounding;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Simulator.Voice.Phrases;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Ontology;

/// <summary>The data in the repository.</summary>
public sealed class BuiltInOntologyTests
{
    private static readonly string[] AlwaysThere = ["region", "daypart"];

    private static OntologyCatalog Catalog => TestCells.Catalog;

    [Fact]
    public void Catalog_SynWozsLists_AreAllThere()
    {
        foreach (var (service, categories) in SynWozLists.Categories)
        {
            Assert.Empty(categories.Except(Catalog.Services[service].Categories.Keys));
        }

        var dimensions = Catalog.Dimensions();
        Assert.Equal(54, SynWozLists.Regions.Length);
        Assert.Empty(SynWozLists.Regions.Except(dimensions.Regions));
        Assert.Empty(SynWozLists.UserEmotions.Except(dimensions.UserEmotions));
        Assert.Empty(SynWozLists.AssistantEmotions.Except(dimensions.AssistantEmotions));
        Assert.Equal(["Early Morning", "Late Morning", "Afternoon", "Evening", "Late Night", "Overnight"], dimensions.TimeSlots);
        Assert.Equal([new("Resolved", 0.4), new Share("Failed", 0.3), new Share("Escalated", 0.3)], dimensions.Resolutions);
        Assert.True(Size(2) >= 17 && Size(3) >= 15 && Size(4) >= 9);

        int Size(int services) => dimensions.Combinations.Count(combination => combination.Services.Count == services);
    }

    [Fact]
    public void Categories_All_HaveAnIntentOfTheirOwnOpeningsAndTroubles() => Assert.All(Catalog.Services.Values, service =>
    {
        Assert.Equal(service.Categories.Count, service.Categories.Values.Select(grammar => grammar.Intent).Distinct().Count());
        Assert.All(service.Categories.Values, grammar =>
        {
            Assert.True(grammar.Open.Distinct().Count() >= 3, $"{service.Name}.{grammar.Category} has too few openings");
            Assert.True(grammar.Troubles.Select(trouble => trouble.About).Distinct().Count() >= 2, $"{service.Name}.{grammar.Category} has too few troubles");
            Assert.Matches("^[a-z]+(_[a-z]+)*$", grammar.Intent);
            Assert.All(grammar.Troubles, trouble => Assert.True(
                trouble is { Says.Count: > 0, Failed.Count: > 0, Escalated.Count: > 0 }, $"{grammar.Category} {trouble.Id} lacks phrases"));
        });
    });

    [Fact]
    public void Templates_All_UseSlotsThatExist() => Assert.Empty(
        from service in Catalog.Services.Values
        let known = service.Slots.Keys.Concat(AlwaysThere).Concat(service.Name == OntologyCatalog.General ? ["subject"] : []).ToHashSet()
        from phrase in Phrases(service)
        from slot in Template.Of(phrase.Text).Slots
        where !known.Contains(slot) && !(phrase.OfSlot && slot == "v")
        select $"{service.Name}: {{{slot}}} in \"{phrase.Text}\"");

    /// <summary>Otherwise the value that the act carries would not be said.</summary>
    [Fact]
    public void SlotPhrases_ThatSayAValue_HoldIt() => Assert.Empty(
        from service in Catalog.Services.Values
        from slot in service.Slots.Values
        from phrase in slot.Phrases.Fragment.Concat(slot.Phrases.Answer).Concat(slot.Phrases.Give)
        where !Template.Of(phrase).Slots.Any(name => name == "v" || name == slot.Name)
        select $"{service.Name}-{slot.Name}: \"{phrase}\"");

    /// <summary>Braces that no template reads, and marks that would stand in the text.</summary>
    [Fact]
    public void Templates_All_AreWellFormed() => Assert.Empty(
        from service in Catalog.Services.Values
        from phrase in Phrases(service)
        let plain = Template.Of(phrase.Text).Render(_ => "x")
        where plain.AsSpan().IndexOfAny('{', '}', '|') >= 0 || plain != plain.Trim() || plain.Contains("  ", StringComparison.Ordinal)
        select $"{service.Name}: \"{phrase.Text}\"");

    [Fact]
    public void Links_All_PointAtSlotsThatExist() => Assert.Empty(
        from service in Catalog.Services.Values
        from slot in service.Slots.Values
        from link in slot.Links
        let parts = link.Split('.')
        where parts.Length != 2 || !Catalog.Services.TryGetValue(parts[0], out var other) || !other.Slots.ContainsKey(parts[1])
        select $"{service.Name}-{slot.Name}: {link}");

    [Fact]
    public void Combinations_All_NameServicesThatExist() =>
        Assert.Empty(Catalog.Plan.Combinations.SelectMany(combination => combination.Services).Except(Catalog.Services.Keys));

    [Fact]
    public void Entities_EveryRegion_HaveAllTheirSlotsAndNamesOfTheirOwn()
    {
        var entities = new Entities(Catalog);
        foreach (var service in Catalog.Services.Values.Where(service => service.Entity is not null))
        {
            foreach (var region in Catalog.Regions.Keys)
            {
                var here = entities.Of(region, service.Name);

                Assert.True(here.Count >= 2, $"{region} has too few of {service.Name}");
                Assert.Equal(here.Count, here.Select(entity => entity.Name).Distinct().Count());
                Assert.All(here, entity => Assert.Equal(service.Entity!.Slots.Order(), entity.Values.Keys.Order()));
                Assert.All(here, entity => Assert.DoesNotContain(entity.Values.Values, value => value.Length == 0 || value.Contains('{', StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public void Entities_AnotherCatalog_AreTheSame() =>
        Assert.Equal(
            new Entities(Catalog).Of("Zurich", "hotel").SelectMany(entity => entity.Values),
            new Entities(OntologyCatalog.Load(TestCells.OntologyFolder)).Of("Zurich", "hotel").SelectMany(entity => entity.Values));

    private static IEnumerable<(string Text, bool OfSlot)> Phrases(ServiceSchema service) =>
    [
        .. service.Slots.Values.SelectMany(slot => new[] { slot.Phrases.Fragment, slot.Phrases.Ask, slot.Phrases.Answer, slot.Phrases.Want, slot.Phrases.Give })
            .SelectMany(phrases => phrases).Select(phrase => (phrase, true)),
        .. service.Categories.Values.SelectMany(grammar => grammar.Open.Append(grammar.Goal)
            .Concat(grammar.Say.Values.SelectMany(phrases => phrases))
            .Concat(grammar.Troubles.SelectMany(trouble => trouble.Says.Concat(trouble.Failed).Concat(trouble.Escalated))))
            .Select(phrase => (phrase, false)),
    ];
}
