using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DialogueMesh.Contracts;
using DialogueMesh.Embedding.Static;
using DialogueMesh.Simulator;
using Xunit;

namespace DialogueMesh.Tests.Simulator;

public sealed class SimulatorTests
{
    private const string Question = """
        {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello there"}],
         "seed":7,"temperature":0.5}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_WellFormed_AnswersInTheApisShape()
    {
        var time = new StoppedTime(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions(), prompt => $"{prompt.System}|{prompt.User}|{prompt.Seed}", time, Ct);

        var (status, answer) = await PostAsync(simulator, "chat/completions", Question);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("chatcmpl-", answer.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.Equal(1_700_000_000, answer.GetProperty("created").GetInt64());
        var choice = answer.GetProperty("choices")[0];
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("Be brief.|Hello there|7", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(
            """{"prompt_tokens":6,"completion_tokens":6,"total_tokens":12}""", answer.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task Chat_SameRequestWrittenOtherwise_IsTheSameRequest()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), prompt => prompt.RequestHash, Ct);
        var reordered = """
            { "temperature": 0.50, "seed": 7, "messages": [ {"content": [{"type":"text","text":"Be brief."}], "role": "developer"},
              {"content": "Hello \u0074here", "role": "user"} ], "model": "gpt-4o-mini", "user": "u-1" }
            """;

        var (_, first) = await PostAsync(simulator, "chat/completions", Question);
        var (_, second) = await PostAsync(simulator, "chat/completions", reordered);
        var (_, other) = await PostAsync(simulator, "chat/completions", Question.Replace("7", "8", StringComparison.Ordinal));

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.NotEqual(first.GetProperty("id").GetString(), other.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Chat_TokenLimit_CutsTheAnswer()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => new string('a', 100), Ct);

        var (_, answer) = await PostAsync(
            simulator, "chat/completions", Question.Replace("\"seed\":7", "\"max_completion_tokens\":5", StringComparison.Ordinal));

        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(new string('a', 20), answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(5, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Theory]
    [InlineData("{\"model\":", "could not parse")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model parameter")]
    [InlineData("{\"model\":\"m\"}", "'messages'")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "message of the user")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"cook\",\"content\":\"x\"}]}", "'cook'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}", "expected a string")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":2.5}", "'temperature'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"seed\":\"a\"}", "'seed'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":2}", "one choice")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{}]}", "does not support 'tools'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stop\":7}", "'stop'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0}", "'max_tokens'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}", "could not parse")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_object\"}}", "the word 'json'")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_schema\"}}", "schema")]
    public async Task Chat_Malformed_Is400WithOpenAIsErrorBody(string body, string message)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);

        var (status, answer) = await PostAsync(simulator, "chat/completions", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var error = answer.GetProperty("error");
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.True(error.TryGetProperty("param", out _) && error.TryGetProperty("code", out _));
    }

    [Fact]
    public async Task Chat_Stop_EndsTheAnswerThere()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "one two three", Ct);

        var (_, answer) = await PostAsync(simulator, "chat/completions", Question.Replace("\"seed\":7", "\"stop\":[\"three\",\" two\"]", StringComparison.Ordinal));

        Assert.Equal("one", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Embeddings_Texts_AreTheEncodersUnitVectorsInEitherForm()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);

        var (_, floats) = await PostAsync(simulator, "embeddings", """{"model":"m","input":["a train to Ely","a taxi"]}""");
        var (_, base64) = await PostAsync(simulator, "embeddings", """{"model":"m","input":"a taxi","encoding_format":"base64"}""");

        var vectors = floats.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("embedding").Deserialize<float[]>()!).ToList();
        Assert.Equal([StaticEncoder.BuiltIn.Encode("a train to ely"), StaticEncoder.BuiltIn.Encode("a taxi")], vectors);
        Assert.Equal(vectors[1], MemoryMarshal.Cast<byte, float>(base64.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64()).ToArray());
        Assert.Equal(6, floats.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "'input'")]
    [InlineData("""{"model":"m","input":[]}""", "1 to 2048 texts")]
    [InlineData("""{"model":"m","input":[[1,2]]}""", "array of strings")]
    [InlineData("""{"input":"a"}""", "model parameter")]
    [InlineData("""{"model":"m","input":"a","dimensions":7}""", "256 dimensions")]
    [InlineData("""{"model":"m","input":"a","encoding_format":"hex"}""", "'float' or 'base64'")]
    public async Task Embeddings_Malformed_Is400(string body, string message)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);

        var (status, answer) = await PostAsync(simulator, "embeddings", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ReplyThrows_Is400SayingWhy()
    {
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions(), _ => throw new FormatException("no outline in the prompt"), Ct);

        var (status, answer) = await PostAsync(simulator, "chat/completions", Question);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("no outline in the prompt", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_WrongOrNoKey_Is401AndHealthStaysOpen()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { ApiKey = "right" }, _ => "", Ct);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", "wrong") } };

        var (status, answer) = await PostAsync(simulator, "chat/completions", Question);
        using var wrong = await http.GetAsync(new Uri($"{simulator.BaseAddress}/models"), Ct);
        using var health = await http.GetAsync(new Uri(simulator.BaseAddress, "/health"), Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (status, wrong.StatusCode));
        Assert.Contains("didn't provide an API key", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("invalid_api_key", (await wrong.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("POST", "images/generations", 404, "Invalid URL (POST /v1/images/generations)")]
    [InlineData("GET", "batches/a.jsonl", 404, "Invalid URL (GET /v1/batches/a.jsonl)")]
    [InlineData("GET", "models/some/model", 404, "The model 'some/model' does not exist")]
    [InlineData("GET", "chat/completions", 405, "Not allowed to GET on /v1/chat/completions.")]
    public async Task Any_NoSuchRoute_HasOpenAIsErrorBody(string method, string path, int status, string message)
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);
        using var http = new HttpClient();

        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"{simulator.BaseAddress}/{path}"), Ct);

        Assert.Equal(status, (int)response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.StartsWith(message, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_BodyOf40Megabytes_Is413WithOpenAIsErrorBody()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);

        using var http = new HttpClient { DefaultRequestHeaders = { ExpectContinue = true } };
        using var content = new ByteArrayContent(new byte[40_000_000]);
        using var response = await http.PostAsync($"{simulator.BaseAddress}/chat/completions", content, Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("invalid_request_error", answer.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Models_Listed_NamesTheDefaultModel()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);
        using var http = new HttpClient();

        var list = await http.GetFromJsonAsync<JsonElement>($"{simulator.BaseAddress}/models", Ct);

        Assert.Contains(list.GetProperty("data").EnumerateArray(), model => model.GetProperty("id").GetString() == "gpt-4o-mini");
    }

    [Fact]
    public async Task Moderations_StringInput_GivesOneResultWithAllCategories()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), _ => "", Ct);

        var (_, answer) = await PostAsync(simulator, "moderations", """{"input":"I want to kill myself"}""");

        var result = Assert.Single(answer.GetProperty("results").EnumerateArray());
        Assert.True(result.GetProperty("flagged").GetBoolean());
        Assert.True(result.GetProperty("categories").GetProperty("self-harm/intent").GetBoolean());
        Assert.False(result.GetProperty("categories").GetProperty("violence").GetBoolean());
        Assert.Equal(13, result.GetProperty("categories").EnumerateObject().Count());
        Assert.True(result.GetProperty("category_scores").GetProperty("self-harm").GetDouble() > 0.5);
        Assert.True(result.GetProperty("category_scores").GetProperty("sexual").GetDouble() < 0.5);
    }

    [Fact]
    public async Task Any_Delay_TakesTimeAndChangesNothing()
    {
        await using var prompt = await SimulatorHost.StartAsync(new SimulatorOptions(), each => each.RequestHash, Ct);
        await using var slow = await SimulatorHost.StartAsync(
            new SimulatorOptions { DelayMilliseconds = 200 }, each => each.RequestHash, Ct);

        var (_, first) = await PostAsync(prompt, "chat/completions", Question);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var (_, second) = await PostAsync(slow, "chat/completions", Question);

        Assert.True(watch.ElapsedMilliseconds >= 15, "this request's draw from the mean of 200 ms");
        Assert.Equal(
            first.GetProperty("choices").GetRawText(), second.GetProperty("choices").GetRawText());
    }

    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, 1.5)]
    [InlineData(0, 0, double.NaN)]
    [InlineData(70000, 0, 0)]
    public async Task Start_BadOptions_Throws(int port, double delay, double faults) =>
        await Assert.ThrowsAsync<InputException>(() => SimulatorHost.StartAsync(
            new SimulatorOptions { Port = port, DelayMilliseconds = delay, FaultShare = faults }, _ => "", Ct));

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(SimulatorHost simulator, string path, string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"{simulator.BaseAddress}/{path}", content, Ct);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
