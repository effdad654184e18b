using DialogueMesh.Llm;

namespace DialogueMesh.Tests.Generation.Writing;

/// <summary>Gives the outcomes it was made with, one after the other, and remembers what it was asked.</summary>
internal sealed class ScriptedModel(params ChatOutcome[] outcomes) : ILanguageModel
{
    public List<ChatRequest> Asked { get; } = [];

    public Task<ChatOutcome> CompleteAsync(ChatRequest request, CancellationToken ct)
    {
        Asked.Add(request);
        return Task.FromResult(outcomes[Asked.Count - 1]);
    }
}
