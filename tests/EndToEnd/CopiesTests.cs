using System.Text.Json;
using DialogueMesh.Contracts.Prompts;
using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>A model that repeats itself: copies are turned down and their cells filled with something else.</summary>
public sealed class CopiesTests
{
    private const long Seed = 51;
    private const int Total = 12;

    private static readonly (string User, string Assistant)[] Rebooking =
    [
        ("Hello, I booked a table at the Copper Lantern for tonight.", "Good evening. What name is the table under?"),
        ("It is under Marlow, for four people at seven.", "I see it, four people at seven. What can I do about it?"),
        ("Two more friends are coming, so we need six seats.", "Let me look. There is a round table for six at half past seven."),
        ("Half past seven works. Is it near the window?", "It stands beside the window that looks over the canal."),
        ("Lovely. Please move us there and keep the name.", "Done, six people at half past seven, still under Marlow."),
        ("Thank you, that is all for now.", "My pleasure. Enjoy the evening with your friends."),
    ];

    private static readonly (string User, string Assistant)[] Allergies =
    [
        ("Does the Copper Lantern have anything without nuts?", "Most of the grill menu is free of nuts. Who is it for?"),
        ("My daughter reacts badly even to traces.", "Then I would ask the kitchen to use a separate pan."),
        ("Could they do that on a busy Saturday?", "They do it every day, as long as they hear of it by noon."),
        ("Which desserts are safe for her?", "The lemon sorbet and the poached pear are made without nuts."),
        ("Please tell the kitchen about Saturday, then.", "I have left a note for the chef about Saturday at one o'clock."),
        ("You have put my mind at rest.", "Glad to hear it. She can order with confidence."),
    ];

    [Fact]
    public async Task Generate_ModelRepeatsADialogue_CopiesAreRejectedAndTheirCellsRefilled()
    {
        // What the model says at the first attempt of these ordinals; the simulator speaks for all others.
        var planted = new Dictionary<long, string>
        {
            [SeedOf(0)] = Answer(Rebooking, text => text),
            [SeedOf(3)] = Answer(Rebooking, text => text),
            [SeedOf(4)] = Answer(Rebooking, text => text.ToUpperInvariant()),
            [SeedOf(5)] = Answer(Rebooking, text => "  " + text.Replace(" ", " \t  ") + "\n"),
            [SeedOf(6)] = Answer(Rebooking, text => text.Replace("'", "’").Replace("seven", "SEVEN")),
            [SeedOf(7)] = Answer(Rebooking, text => text.Replace("Marlow", "Okafor")),
            [SeedOf(8)] = Answer(Rebooking, text => text.Replace("Copper Lantern", "Silver Anchor")),
            [SeedOf(9)] = Answer(Allergies, text => text),
        };
        await using var server = await ModelServer.StartAsync(prompt => planted.GetValueOrDefault(prompt.Seed));
        using var folder = new RunFolder();

        await Cli.CompleteHereAsync(
            folder,
            $"generate --total_generations {Total} --seed {Seed} --mode freeform --min_turns 6 6 --max_turns 6 6 --services restaurant --endpoint {server.Url}");

        await Outside.CheckAsync(folder, Total, mode: "freeform", least: 6, most: 6);
        var rejections = folder.JournalLines().Where(line => line.TryGetProperty("reason", out _))
            .ToDictionary(line => line.GetProperty("ordinal").GetInt32(), line => line.GetProperty("reason").GetString());
        Assert.Equal(
            new Dictionary<int, string?>
            {
                [3] = "duplicate",
                [4] = "duplicate",
                [5] = "duplicate",
                [6] = "duplicate",
                [7] = "near_duplicate",
                [8] = "near_duplicate",
            }.OrderBy(pair => pair.Key),
            rejections.OrderBy(pair => pair.Key));
        var dialogues = folder.Dialogues();
        Assert.Equal(Total, dialogues.Count);
        Assert.All(rejections.Keys, ordinal => Assert.Equal(1, dialogues[ordinal].Provenance.Attempt));
        Assert.Equal(Rebooking[0].User, dialogues[0].Turns[0].Utterance);
        Assert.Equal(Allergies[0].User, dialogues[9].Turns[0].Utterance);
        var manifest = folder.Read<JsonElement>("manifest.json").GetRawText();
        Assert.Contains("near_duplicate", manifest);
    }

    [Fact]
    public async Task Generate_ModelOnlyRepeatsItself_EndsIncompleteAndSaysWhy()
    {
        await using var server = await ModelServer.StartAsync(_ => Answer(Rebooking, text => text));
        using var folder = new RunFolder();

        var result = await Cli.RunAsync(
            folder.Path,
            $"generate --total_generations 3 --seed {Seed} --mode freeform --min_turns 6 6 --max_turns 6 6 --max_candidates 9 --endpoint {server.Url}");

        Assert.Equal(1, result.Code);
        Assert.Contains("Incomplete: 1 of 3 dialogues accepted", result.Output);
        Assert.Contains("candidate budget of 9 spent; 2 of 3 cells open: 1 (Duplicate), 2 (Duplicate)", result.Output);
        Assert.Equal(9, server.Seeds.Count);
        Assert.Single(folder.Dialogues());
    }

    private static long SeedOf(int ordinal) => ModelServer.SeedOf(Seed, ordinal, 0);

    private static string Answer((string User, string Assistant)[] exchanges, Func<string, string> variant) => JsonSerializer.Serialize(new
    {
        scenario = $"Someone calls the restaurant ({PromptNames.Freeform}).",
        exchanges = exchanges.Select(each => new
        {
            user = variant(each.User),
            intent = "talk",
            user_emotion = "Happy",
            assistant = variant(each.Assistant),
            assistant_emotion = "Patient",
        }),
    });
}
