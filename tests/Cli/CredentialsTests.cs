using DialogueMesh.Cli.Credentials;
using DialogueMesh.Contracts;
using Xunit;

namespace DialogueMesh.Tests.Cli;

public sealed class CredentialsTests : IDisposable
{
    private const string Canary = "sk-canary-0123456789";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("credentials");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("OPENAI_API_KEY=a\nOPENAI_KEY=b", "a")]
    [InlineData("OPENAI_KEY=b", "b")]
    [InlineData("# a comment\n\nexport OPENAI_API_KEY=\"a b\"", null)]
    [InlineData("export OPENAI_API_KEY='sk-1' # mine", "sk-1")]
    [InlineData("OPENAI_API_KEY = sk-1 # mine\r\nOTHER=x", "sk-1")]
    [InlineData("OPENAI_API_KEY=sk-1\nOPENAI_API_KEY=sk-2", "sk-2")]
    [InlineData("\uFEFFOPENAI_API_KEY=sk#1", "sk#1")]
    [InlineData("OPENAI_API_KEY=\nOPENAI_KEY=b", "b")]
    [InlineData("OPENAI_API_KEY=", null)]
    [InlineData("this line is odd\nOPENAI_KEY=b", "b")]
    [InlineData("", null)]
    public void Find_EnvFile_ReadsTheKey(string text, string? expected)
    {
        File.WriteAllText(Path.Combine(folder.FullName, ".env.local"), text);

        if (text.Contains("a b", StringComparison.Ordinal))
        {
            Assert.Throws<InputException>(() => Find());
            return;
        }

        Assert.Equal(expected, Find()?.Reveal());
    }

    [Fact]
    public void Find_UserSecrets_ComeLastAndTheAzureKeyIsForAzureAlone()
    {
        var secrets = Path.Combine(folder.FullName, "secrets.json");
        File.WriteAllText(secrets, """{"AZURE_OPENAI_API_KEY":"azure","OPENAI_API_KEY":"plain", "Other": {"a": 1}}""");
        string? Key(bool forAzure) => KeySource.Find(_ => null, folder.FullName, secrets, forAzure)?.Reveal();

        Assert.Equal(("plain", "azure"), (Key(forAzure: false), Key(forAzure: true)));
        File.WriteAllText(Path.Combine(folder.FullName, ".env.local"), "OPENAI_API_KEY=file");
        Assert.Equal(("file", "file"), (Key(forAzure: false), Key(forAzure: true)));
        File.Delete(Path.Combine(folder.FullName, ".env.local"));
        File.WriteAllText(secrets, $$"""{"OPENAI_API_KEY":{{Canary}}""");
        Assert.DoesNotContain(Canary, Assert.Throws<InputException>(() => Key(forAzure: false)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://me.openai.azure.com", null, "https://me.openai.azure.com/openai/v1")]
    [InlineData("https://me.openai.azure.com/openai/v1/", null, "https://me.openai.azure.com/openai/v1/")]
    [InlineData("https://me.openai.azure.com/", "2024-10-21", "https://me.openai.azure.com/")]
    [InlineData("http://localhost:8000", "2024-10-21", "http://localhost:8000/")]
    public void Choose_Azure_IsKnownByHostOrVersion(string endpoint, string? version, string address)
    {
        var key = ApiKey.Read(Canary, "test")!;

        Assert.Equal(new ModelEndpoint.Azure(new Uri(address), key, version), ModelEndpoint.Choose(new Uri(endpoint), key, version));
        Assert.Throws<InputException>(() => ModelEndpoint.Choose(new Uri(endpoint), null, version));
    }

    [Fact]
    public void Find_Environment_ComesBeforeTheFileAndTheFirstNameBeforeTheSecond()
    {
        File.WriteAllText(Path.Combine(folder.FullName, ".env.local"), "OPENAI_API_KEY=file");

        Assert.Equal("first", Find(("OPENAI_KEY", "second"), ("OPENAI_API_KEY", " first\n"))?.Reveal());
        Assert.Equal("second", Find(("OPENAI_KEY", "second"))?.Reveal());
        Assert.Equal("file", Find(("OPENAI_API_KEY", ""))?.Reveal());
    }

    [Theory]
    [InlineData("OPENAI_API_KEY " + Canary)]
    [InlineData("OPENAI_API_KEY=\"" + Canary)]
    [InlineData("OPENAI_API_KEY='" + Canary + "' trailing")]
    [InlineData("OPENAI API KEY=" + Canary)]
    [InlineData(Canary)]
    [InlineData("OPENAI_API_KEY=" + Canary + " and more")]
    [InlineData("OPENAI_API_KEY=" + Canary + "é")]
    public void Find_LineThatCouldHoldTheKey_IsRefusedWithoutShowingIt(string line)
    {
        File.WriteAllText(Path.Combine(folder.FullName, ".env.local"), $"A=1\n{line}\n");

        var fault = Assert.Throws<InputException>(() => Find());

        Assert.Contains(".env.local", fault.Message);
        Assert.DoesNotContain("canary", fault.ToString());
    }

    // As containers make one where the file to be mounted is missing.
    [Fact]
    public void Find_EnvFileIsAFolder_IsRefusedRatherThanTakenForNoKey()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, ".env.local"));

        Assert.Contains(".env.local is a folder", Assert.Throws<InputException>(() => Find()).Message);
    }

    [Fact]
    public void Choose_NothingGiven_IsTheSimulator() => Assert.IsType<ModelEndpoint.Simulator>(ModelEndpoint.Choose(null, null));

    [Fact]
    public void Choose_KeyOrEndpointGiven_IsNeverTheSimulator()
    {
        var (key, address) = (Find(("OPENAI_KEY", Canary))!, new Uri("http://localhost:8000/v1"));

        Assert.Equal(new ModelEndpoint.OpenAI(key), ModelEndpoint.Choose(null, key));
        Assert.Equal(new ModelEndpoint.Compatible(address, key), ModelEndpoint.Choose(address, key));
        Assert.Equal(new ModelEndpoint.Compatible(address, null), ModelEndpoint.Choose(address, null));
    }

    [Fact]
    public void Describe_EachChoice_NamesTheServerAndNeverTheKey()
    {
        var (key, address) = (Find(("OPENAI_KEY", Canary))!, new Uri("http://localhost:8000/v1"));
        ModelEndpoint[] choices = [.. from uri in new[] { null, address } from given in new[] { null, key } select ModelEndpoint.Choose(uri, given)];

        Assert.Contains("simulator", choices[0].Describe("m"));
        Assert.Contains("api.openai.com", choices[1].Describe("m"));
        Assert.All(choices[2..], choice => Assert.Contains("localhost:8000", choice.Describe("m")));
        Assert.All(choices, choice => Assert.DoesNotContain("canary", choice.Describe("m") + choice + key + $"{key:G}"));
        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(key));
    }

    private ApiKey? Find(params (string Name, string Value)[] environment) => KeySource.Find(
        name => environment.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault(), folder.FullName);
}
