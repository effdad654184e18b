using DialogueMesh.Llm;
using DialogueMesh.Llm.Pricing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DialogueMesh.Tests.Llm;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("ftp://example.org/v1", "sk-1")]
    [InlineData("https://example.org/v1", "")]
    [InlineData("https://example.org/v1", "sk-1\nsecond line")]
    public void AddLlm_BadOptions_ThrowsWithoutTheKey(string endpoint, string key)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new ServiceCollection().AddLlm(new LlmOptions { Endpoint = new Uri(endpoint), ApiKey = key }));

        Assert.DoesNotContain("sk-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Options_HidesTheKey()
    {
        var options = new LlmOptions { Endpoint = new Uri("https://example.org/v1"), ApiKey = LlmClient.Canary };

        Assert.DoesNotContain("canary", options.ToString(), StringComparison.Ordinal);
        Assert.Equal("example.org", options.EndpointName);
    }

    [Theory]
    [InlineData("{\"models\": {\"m\": {\"input\": 1}}}", "\"m\" needs a price \"output\"")]
    [InlineData("{\"models\": {\"m\": {\"input\": -1, \"output\": 1}}}", "\"m\" needs a price \"input\"")]
    [InlineData("{\"models\": \n {", "line 2, column")]
    [InlineData("[]", "\"models\" is missing")]
    public void Load_BadPriceTable_SaysWhere(string json, string message)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            var error = Assert.Throws<InvalidDataException>(() => PriceTable.Load(file));
            Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
