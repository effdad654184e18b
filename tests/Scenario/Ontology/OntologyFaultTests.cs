using DialogueMesh.Contracts;
using DialogueMesh.Contracts.Randomness;
using DialogueMesh.Scenario.Ontology;
using DialogueMesh.Tests.Scenario.Corpora;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace DialogueMesh.Tests.Scenario.Ontology;

public sealed class OntologyFaultTests
{
    [Theory]
    [InlineData("schema.yaml", "noun: museum shop", "noun: [museum", "not valid YAML")]
    [InlineData("schema.yaml", "service: museumshop\n", "", "'service' is missing")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "value: [A2]", "'values' is missing")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: []", "empty")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: {dice: 6}", "unknown form of values")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: {region: no_such_list}", "'no_such_list', which region")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: {time_after: size, minutes: [5, 10]}", "depends on itself")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: {time_after: nothing, minutes: [5, 10]}", "'nothing', which the schema does not have")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: {time_after: copies, minutes: [5, 10]}", "'copies', which is no time")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: {minutes_between: [copies, price]}", "no time")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: [A2, A3], distinct: size", "depends on itself")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: [A2], links: [hotel.nothing]", "'hotel.nothing', which no schema has")]
    [InlineData("schema.yaml", "values: [A2, A3, A4]", "values: [A2], links: hotel.name", "expected a list")]
    [InlineData("schema.yaml", "{number: [1, 6]}", "{number: [6, 1]}", "range is empty")]
    [InlineData("schema.yaml", "{number: [1, 6]}", "{number: [1, six]}", "'six' is not a whole number")]
    [InlineData("schema.yaml", "{number: [1, 6]}", "{time: [\"9:00\", \"10:00\"]}", "'9:00' is not a time")]
    [InlineData("schema.yaml", "{money: [12, 80]}", "{money: [12, 1e99]}", "'1e99'")]
    [InlineData("schema.yaml", "  ref:", "  reference:", "no slot 'ref'")]
    [InlineData("schema.yaml", "slots: [name, floor]", "slots: [name, roof]", "'roof'")]
    [InlineData("schema.yaml", "companion: order_print", "companion: order_book", "'order_book'")]
    [InlineData("grammar.yaml", "intent: find_shop", "intent: order_print", "intent 'order_print' is used")]
    [InlineData("grammar.yaml", "intent: find_shop", "goal2: x", "'intent' is missing")]
    [InlineData("grammar.yaml", "- give: [buyer]", "- give: [seller]", "'seller' is not in the schema")]
    [InlineData("grammar.yaml", "- give: [buyer]", "- give: []", "needs slots")]
    [InlineData("grammar.yaml", "- give: [buyer]", "- hand: [buyer]", "a step is one of")]
    [InlineData("grammar.yaml", "- give: [buyer]", "- 3: [buyer]", "a step is one of")]
    [InlineData("grammar.yaml", "- ask: [price, hours?]", "- give: [hours]", "last step")]
    [InlineData("grammar.yaml", "at: do,", "at: give,", "a step of the user's")]
    [InlineData("grammar.yaml", "at: do,", "at: nowhere,", "which no step is")]
    [InlineData("grammar.yaml", "recover: size", "recover: weight", "'weight' is not in the schema")]
    [InlineData("grammar.yaml", "says: [\"We're moving house.\"]", "says: []", "empty")]
    [InlineData("grammar.yaml", "open: [\"Where is the museum shop?\", \"How do I find your shop?\", \"I'm looking for the shop.\"]", "open: []", "empty")]
    [InlineData("entities.yaml", "floor: the first floor", "roof: red", "'roof' is not a slot")]
    [InlineData("entities.yaml", "{name: Gallery Books & Prints}", "{floor: the ground floor}", "'name' is missing")]
    public void Load_BrokenFile_SaysWhereAndWhat(string file, string text, string broken, string problem)
    {
        using var overlay = MuseumShop.Overlay();
        var path = Path.Combine(overlay.Path, "services", "museumshop", file);
        var good = File.ReadAllText(path);
        Assert.Contains(text, good, StringComparison.Ordinal);
        File.WriteAllText(path, good.Replace(text, broken, StringComparison.Ordinal));

        var fault = Assert.Throws<InputException>(() => OntologyCatalog.Load(TestCells.OntologyFolder, overlay.Path));

        Assert.Matches(@"museumshop[/\\]\w+\.yaml\(\d+,\d+\): ", fault.Message);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("plan.yaml", "Evening: [\"17:00\", \"21:00\"]", "Evening: [\"17:00\", \"17:00\"]", "shorter than 5 minutes")]
    [InlineData("plan.yaml", "Failed: 0.3", "Lost: 0.3", "Resolved, Failed and Escalated")]
    [InlineData("plan.yaml", "police: 0.5", "{police: 0.5, hotel: 1}", "a combination is")]
    [InlineData("plan.yaml", "general_share: 0.12", "general_share: 12", "general_share")]
    [InlineData("plan.yaml", "[0.30, 0.40, 0.20, 0.10]", "[0.30, -0.40]", "'-0.40'")]
    [InlineData("regions/rome.yaml", "region: Rome", "region: Paris", "'Paris' is declared in another file")]
    [InlineData("regions/rome.yaml", "{0}", "{0} {1}", "{0}")]
    [InlineData("regions/rome.yaml", "country:", "nation:", "'country' is missing")]
    public void Load_BrokenPlanOrRegion_SaysWhereAndWhat(string file, string text, string broken, string problem)
    {
        using var overlay = new TempFolder();
        var good = File.ReadAllText(Path.Combine(TestCells.OntologyFolder, file));
        Assert.Contains(text, good, StringComparison.Ordinal);
        overlay.Write(file, good.Replace(text, broken, StringComparison.Ordinal));

        var fault = Assert.Throws<InputException>(() => OntologyCatalog.Load(TestCells.OntologyFolder, overlay.Path));

        Assert.Matches(@"\.yaml\(\d+,\d+\): ", fault.Message);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFolderOrNothingInIt_SaysSo()
    {
        using var empty = new TempFolder();

        Assert.Contains("no such ontology directory", Assert.Throws<InputException>(() => OntologyCatalog.Load(TestCells.OntologyFolder, Path.Combine(empty.Path, "x"))).Message, StringComparison.Ordinal);
        Assert.Contains("no .yaml file", Assert.Throws<InputException>(() => OntologyCatalog.Load(TestCells.OntologyFolder, empty.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyMutationOfARealFile_IsReadOrAFaultOfTheInput()
    {
        using var folder = new TempFolder();
        var services = Path.Combine(TestCells.OntologyFolder, "services");
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new SeededRandom("mutation", seed);
            var service = TestCells.Catalog.Services[random.Pick(["taxi", "police", "restaurant"])];
            (string Source, Action<string> Read) file = random.Next(5) switch
            {
                0 => (Path.Combine(TestCells.OntologyFolder, "plan.yaml"), path => PlanFile.Read(path)),
                1 => (Path.Combine(TestCells.OntologyFolder, "regions", "lima.yaml"), path => RegionReader.Read(path)),
                2 => (Path.Combine(services, service.Name, "grammar.yaml"), path => GrammarReader.Read(path, service)),
                _ => (Path.Combine(services, service.Name, "schema.yaml"), path => Verify(SchemaReader.Read(path) with { Categories = service.Categories })),
            };
            var mutant = folder.Write("mutant.yaml", Mutate(File.ReadAllText(file.Source), random));
            try
            {
                file.Read(mutant);
            }
            catch (InputException fault)
            {
                Assert.NotEmpty(fault.Message);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static void Verify(ServiceSchema mutant) => OntologyCheck.Verify(TestCells.Catalog with
    {
        Services = new Dictionary<string, ServiceSchema>(TestCells.Catalog.Services, StringComparer.Ordinal) { [mutant.Name] = mutant },
    });

    private static string Mutate(string text, SeededRandom random)
    {
        string[] inserts = ["", ":", "- ", "[", "]", "{", "}", "\"", "#", "\n", "  ", "?", "0", "-", "e9", "&a", "*a", "!!int ", "|", "null", "\t", "\u0000", "é"];
        for (var n = random.Between(1, 4); n > 0; n--)
        {
            var at = random.Next(text.Length);
            var cut = Math.Min(random.Pick([0, 1, 1, 2, 8, 40]), text.Length - at);
            text = text[..at] + random.Pick(inserts) + text[(at + cut)..];
        }

        return text;
    }
}
