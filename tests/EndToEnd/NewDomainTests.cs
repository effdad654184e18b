using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A domain that the product has never heard of, from three files.</summary>
public sealed class NewDomainTests
{
    private const string Schema = """
        service: library
        noun: library
        booking: book reservation
        companion: branch_information
        entity:
          key: name
          slots: [name, area, hours]
        slots:
          name: {label: branch, values: {region: areas}, answer: ["{v}"], give: ["That would be {v}."]}
          area: {label: part of town, values: {region: areas}}
          hours: {label: opening hours, values: ["09:00 to 18:00", "10:00 to 20:00"], want: ["When is it open?"], give: ["It is open {v}."]}
          title: {label: title, values: [The Paper Lighthouse, Salt and Cinders, A Field Guide to Fog, The Ninth Orchard, Quiet Engines], answer: ["{v}"]}
          copies: {label: number of copies, values: {number: [1, 5]}}
          pickup: {label: day of collection, values: {day: true}}
          ref: {label: reservation number, values: {code: "LB-####"}, give: ["Your reservation number is {v}."]}
        """;

    private const string Grammar = """
        service: library
        categories:
          book_reservation:
            intent: reserve_book
            goal: "reserve {title} at a library"
            open: ["I'd like to reserve a book.", "Could you put a book aside for me?", "I'm looking for {title}."]
            steps:
              - give: [title, area]
              - offer: [name]
              - give: [pickup, copies?]
              - confirm: [title, pickup]
              - do: [ref]
              - ask: [hours?]
            say:
              do: ["It is set aside under {ref}.", "Reserved, the number is {ref}."]
            troubles:
              - id: lent_out
                at: do
                about: "every copy is lent out"
                says: ["Every copy of {title} is lent out."]
                failed: ["There is no date for its return, so I can't reserve it."]
                desk: "the lending desk"
                escalated: ["The lending desk can ask other towns for a copy."]
          branch_information:
            intent: find_branch
            goal: "find out about a library"
            open: ["Is there a library near {area}?", "I have a question about a library."]
            steps:
              - give: [area]
              - offer: [name]
              - ask: [hours]
            troubles:
              - id: moved
                at: offer
                about: "the branch is moving house and no other is near"
                says: ["The branch there is moving house."]
                failed: ["I know of no other one near you."]
                desk: "the city's information desk"
                escalated: ["They know where the books are meanwhile."]
        """;

    private const string Entities = """
        entities:
          - {name: Lantern Street Library, area: Old Docks, hours: "09:00 to 18:00"}
          - {name: Mill Reading Room, area: Mill Quarter, hours: "10:00 to 20:00"}
          - {name: Harbour Book House, area: Harbour, hours: "10:00 to 20:00"}
        """;

    [Fact]
    public async Task Generate_ServiceFromAnOntologyDirectory_GivesItsDialogues()
    {
        const int Total = 30;
        using var folder = new RunFolder();
        folder.Write("town/services/library/schema.yaml", Schema);
        folder.Write("town/services/library/grammar.yaml", Grammar);
        folder.Write("town/services/library/entities.yaml", Entities);

        await Cli.CompleteAsync(
            folder.Path, $"generate --total_generations {Total} --ontology town --services library --min_turns 4 6 --max_turns 8 10 --similarity_threshold 0.97");

        await Outside.CheckAsync(folder, Total, threshold: 0.97, least: 4, most: 10);
        var dialogues = folder.Dialogues();
        Assert.All(dialogues, dialogue => Assert.Equal(["library"], dialogue.Services));
        Assert.Contains(dialogues, dialogue => dialogue is { ScenarioCategory: "library.book_reservation", ResolutionStatus: "Resolved" });
        Assert.Contains(dialogues, dialogue => dialogue.ScenarioCategory == "library.branch_information");
        Assert.Equal(["Escalated", "Failed", "Resolved"], dialogues.Select(dialogue => dialogue.ResolutionStatus).Distinct().Order());
        var spans = dialogues.SelectMany(dialogue => dialogue.Turns).SelectMany(turn => turn.UserFrames!.Concat(turn.AssistantFrames!))
            .SelectMany(frame => frame.Slots).ToLookup(span => span.Slot, span => span.Value);
        Assert.Subset(
            new HashSet<string> { "Lantern Street Library", "Mill Reading Room", "Harbour Book House" }, spans["library-name"].ToHashSet());
        Assert.NotEmpty(spans["library-title"]);
        Assert.All(spans["library-ref"], value => Assert.Matches(@"^LB-\d{4}$", value));
    }

    [Theory]
    [InlineData("services/library/schema.yaml", "companion: branch_information", "companion: nowhere", "companion 'nowhere' is not among the categories")]
    [InlineData("services/library/grammar.yaml", "- give: [title, area]", "- give: [tittle, area]", "slot 'tittle' is not in the schema of 'library'")]
    [InlineData("services/library/grammar.yaml", "intent: reserve_book", "intnt: reserve_book", "intent")]
    [InlineData("services/library/schema.yaml", "slots:", "slots: [", "schema.yaml")]
    [InlineData("services/library/entities.yaml", "{name: Mill Reading Room,", "{", "'name' is missing")]
    [InlineData("services/library/schema.yaml", "{region: areas}", "{region: lighthouses}", "which region")]
    public async Task Generate_BrokenOntology_SaysWhereInOneLineAndWritesNothing(string file, string text, string broken, string expected)
    {
        using var folder = new RunFolder();
        var files = new Dictionary<string, string>
        {
            ["services/library/schema.yaml"] = Schema,
            ["services/library/grammar.yaml"] = Grammar,
            ["services/library/entities.yaml"] = Entities,
        };
        if (broken.Contains("lighthouses", StringComparison.Ordinal))
        {
            files.Remove("services/library/entities.yaml");
        }

        Assert.Contains(text, files[file]);
        foreach (var (name, content) in files)
        {
            folder.Write($"town/{name}", name == file ? content.Replace(text, broken, StringComparison.Ordinal) : content);
        }

        await BadInputTests.AssertRefusedAsync(folder, "generate --total_generations 3 --ontology town --services library", expected);
    }
}
