using DialogueMesh.Cli.Display.Rates;
using DialogueMesh.Contracts.Messages;
using DialogueMesh.Llm.Counting;

namespace DialogueMesh.Cli.Display;

/// <summary>A run at one moment.</summary>
internal sealed record ProgressSnapshot
{
    /// <summary>0 until the journal is open.</summary>
    public required int Total { get; init; }

    /// <summary>Those of earlier starts included, as with <see cref="Candidates"/> and <see cref="Usage"/>.</summary>
    public required int Accepted { get; init; }

    /// <summary>In this start, the most frequent reason first.</summary>
    public required IReadOnlyList<(RejectionReason Reason, int Count)> Rejections { get; init; }

    /// <summary>Answers of the model.</summary>
    public required long Candidates { get; init; }

    public required Usage Usage { get; init; }

    /// <summary>Of the candidates those that are accepted or rejected.</summary>
    public required long Decided { get; init; }

    /// <summary>What the model's clients do; null where there are none to ask.</summary>
    public LlmActivity? Activity { get; init; }

    /// <summary>Accepted dialogues per second, over the last seconds.</summary>
    public required double Rate { get; init; }

    /// <summary>Null where nothing can be said yet.</summary>
    public required TimeLeft? Remaining { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public int Rejected => Rejections.Sum(rejection => rejection.Count);

    public long Tokens => Usage.PromptTokens + Usage.CompletionTokens;

    /// <summary>US dollars paid for all dialogues, if candidates go on to cost and to be accepted as so far; null before the first.</summary>
    public decimal? ProjectedCost => Accepted > 0 && Candidates > 0
        ? Usage.Paid / Candidates * Math.Max(Decided, Accepted) / Accepted * Math.Max(Total, Accepted)
        : null;
}
