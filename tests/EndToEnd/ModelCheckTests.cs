using Xunit;

namespace DialogueMesh.Tests.EndToEnd;

/// <summary>What is agreed with the model before a run is sent, recorded, and kept to by whoever resumes it.</summary>
public sealed class ModelCheckTests
{
    [Fact]
    public async Task Generate_ModelRefusesParameters_AreLeftOutRecordedAndStayOutOnResume()
    {
        using var folder = new RunFolder();
        var refuses = true;
        await using var server = await ModelServer.StartAsync(refuses: parameter => refuses && parameter is "temperature" or "presence_penalty");
        var run = $"generate --endpoint {server.Url} --seed 5 --total_generations";

        var result = await Cli.CompleteAsync(folder.Path, $"{run} 3");
        Assert.Contains("gpt-4o-mini does not take temperature, presence_penalty: left out", result.Error);

        // The model has learned them meanwhile; the run goes on as it began.
        refuses = false;
        await Cli.CompleteAsync(folder.Path, $"{run} 5 --resume");

        Assert.Equal(["temperature", "presence_penalty"], folder.Read<System.Text.Json.JsonElement>("manifest.json")
            .GetProperty("parameters_left_out").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(5, folder.Dialogues().Count);
        Assert.All(folder.Dialogues(), dialogue =>
            Assert.Equal((null, null, true), (dialogue.Provenance.Temperature, dialogue.Provenance.PresencePenalty, dialogue.Provenance.TopP > 0)));
        Assert.All(server.Parameters, sent => Assert.DoesNotContain("temperature", sent));
    }

    [Fact]
    public async Task Generate_ResumedWhereTheModelTakesLess_StopsBeforeAnyDialogue()
    {
        using var folder = new RunFolder();
        var refuses = false;
        await using var server = await ModelServer.StartAsync(refuses: parameter => refuses && parameter == "seed");
        var run = $"generate --endpoint {server.Url} --seed 5 --total_generations";
        await Cli.CompleteAsync(folder.Path, $"{run} 2");
        var asked = server.Seeds.Count;

        refuses = true;
        var result = await Cli.RunAsync(folder.Path, $"{run} 4 --resume");

        Assert.Equal(1, result.Code);
        Assert.Contains("does not take seed any more", result.ErrorLines[^1]);
        Assert.Equal(asked, server.Seeds.Count);
    }
}
