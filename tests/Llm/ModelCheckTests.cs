using System.Text.Json;
using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;
using DialogueMesh.Llm.Checking;
using Xunit;

namespace DialogueMesh.Tests.Llm;

public sealed class ModelCheckTests
{
    private static readonly Sampling All = new(0.7, 0.8, 0.2, 0.4);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ParametersRefusedOneByOne_AreLeftOutAndTheRestIsSent()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Json(400, """{"error":{"message":"Unsupported value: 'temperature' does not support 0.7 with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}"""),
            ScriptedServer.Error(400, "Extra inputs are not permitted: body.frequency_penalty"),
            ScriptedServer.Error(422, "'seed' is unknown"),
            ScriptedServer.Completion("{\"ok\":true}"));
        await using var client = new LlmClient(server.BaseAddress);

        var ready = Assert.IsType<CheckOutcome.Ready>(await client.Check.RunAsync("gpt-4o-mini", All, anew: false, Ct));

        Assert.Equal(["temperature", "frequency_penalty", "seed"], ready.LeftOut);
        using var body = JsonDocument.Parse(server.Bodies.Last());
        Assert.Equal(
            ["messages", "model", "presence_penalty", "response_format", "top_p"],
            body.RootElement.EnumerateObject().Select(each => each.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(401, "Incorrect API key provided.", "Check the API key.")]
    [InlineData(404, "The model `temperature-9` does not exist", "Check the model's name")]
    [InlineData(400, "'response_format' of type 'json_schema' is not supported with this model.", "does not take this request")]
    [InlineData(400, "Something else is wrong.", "does not take this request")]
    public async Task Run_NothingToLeaveOut_IsUnusableInOneLine(int status, string message, string advice)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(status, message));
        await using var client = new LlmClient(server.BaseAddress);

        var unusable = Assert.IsType<CheckOutcome.Unusable>(await client.Check.RunAsync("m", All, anew: false, Ct));

        Assert.Equal(1, server.Calls);
        Assert.Contains($"{server.BaseAddress.Authority}: {status} {message[..10]}", unusable.Message, StringComparison.Ordinal);
        Assert.Contains(advice, unusable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', unusable.Message);
    }

    [Fact]
    public async Task Run_SameParameterRefusedAgain_EndsInsteadOfAskingForEver()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(400, "No temperature please."));
        await using var client = new LlmClient(server.BaseAddress);

        Assert.IsType<CheckOutcome.Unusable>(await client.Check.RunAsync("m", All, anew: false, Ct));
        Assert.Equal(2, server.Calls);
    }

    [Theory]
    [InlineData("Sure, that is fine!")]
    [InlineData("[true]")]
    [InlineData("{\"ok\":\"yes\"}")]
    public async Task Run_AnswerNotOfTheSchema_IsUnusable(string answer)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Completion(answer));
        await using var client = new LlmClient(server.BaseAddress);

        var unusable = Assert.IsType<CheckOutcome.Unusable>(await client.Check.RunAsync("m", All, anew: false, Ct));

        Assert.Contains("does not keep to the JSON schema", unusable.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-10-21", "/openai/deployments/my%20model/chat/completions?api-version=2024-10-21")]
    [InlineData(null, "/v1/chat/completions")]
    public async Task Complete_Azure_HasItsPathItsHeaderAndNoBearer(string? version, string target)
    {
        string? asked = null, key = null, bearer = null;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            asked = $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}";
            (key, bearer) = (context.Request.Headers["api-key"], context.Request.Headers.Authorization.ToString());
            return ScriptedServer.Completion("{}")(context);
        });
        var address = version is null ? server.BaseAddress : new Uri(server.BaseAddress.GetLeftPart(UriPartial.Authority));
        await using var client = new LlmClient(new LlmOptions { Endpoint = address, ApiKey = LlmClient.Canary, IsAzure = true, AzureApiVersion = version });

        Assert.IsType<ChatOutcome.Answered>(await client.Model.CompleteAsync(LlmClient.Request(model: "my model"), Ct));

        Assert.Equal((target, LlmClient.Canary, ""), (asked, key, bearer));
    }
}
