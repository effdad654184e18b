using System.ClientModel.Primitives;

namespace DialogueMesh.Llm.OpenAI;

/// <summary>How Azure OpenAI differs: the key in a header of its own, the deployment in the path, the API's version in the query.</summary>
internal static class AzureDeployment
{
    public const string KeyHeader = "api-key";

    /// <param name="endpoint">The resource, as https://NAME.openai.azure.com.</param>
    /// <param name="deployment">What the resource calls the model.</param>
    /// <returns>What "/chat/completions" is appended to.</returns>
    public static Uri Address(Uri endpoint, string deployment) =>
        new($"{endpoint.AbsoluteUri.TrimEnd('/')}/openai/deployments/{Uri.EscapeDataString(deployment)}");

    /// <summary>Adds the API's version to each request's query.</summary>
    internal sealed class VersionPolicy(string version) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Add(message);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Add(message);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }

        private void Add(PipelineMessage message) =>
            message.Request.Uri = new UriBuilder(message.Request.Uri!) { Query = $"api-version={Uri.EscapeDataString(version)}" }.Uri;
    }
}
