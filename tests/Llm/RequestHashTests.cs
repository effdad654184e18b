using DialogueMesh.Contracts.Runs;
using DialogueMesh.Llm;
using Xunit;

namespace DialogueMesh.Tests.Llm;

public sealed class RequestHashTests
{
    [Fact]
    public void Of_SameRequest_IsTheSameOnEveryMachine()
    {
        // A changed value would void every response cache and provenance written before.
        Assert.Equal(
            "720e1873bc452bf656d3daaf860ea52570e186d5046aa2990ca86f33264898e8", RequestHash.Of("simulator", LlmClient.Request()));
    }

    [Fact]
    public void Of_AnyPartChanged_Differs()
    {
        var request = LlmClient.Request();
        string[] hashes =
        [
            RequestHash.Of("simulator", request),
            RequestHash.Of("api.openai.com", request),
            RequestHash.Of("simulator", request with { Model = "gpt-4o" }),
            RequestHash.Of("simulator", request with { System = request.System + " " }),
            RequestHash.Of("simulator", request with { User = request.User + "\n" }),
            RequestHash.Of("simulator", request with { SchemaName = "other" }),
            RequestHash.Of("simulator", request with { Schema = "{}" }),
            RequestHash.Of("simulator", request with { Seed = 2 }),
            RequestHash.Of("simulator", request with { Sampling = request.Sampling with { Temperature = 0.8 } }),
            RequestHash.Of("simulator", request with { Sampling = new Sampling(0.7, 0.85, 0.4, 0.2) }),
            RequestHash.Of("simulator", request with { Sampling = request.Sampling with { Temperature = null } }),
            RequestHash.Of("simulator", request with { Sampling = request.Sampling with { TopP = null } }),
            RequestHash.Of("simulator", request with { Sampling = request.Sampling with { SendsSeed = false } }),

            // Text moved over the border between two parts.
            RequestHash.Of("simulator", request with { System = request.System + request.User, User = "" }),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }
}
