namespace DialogueMesh.Contracts.Runs;

/// <summary>What a whole run is expected to take, foretold before its first call.</summary>
/// <param name="Calls">Of the chat model.</param>
/// <param name="Cost">US dollars, were nothing cached.</param>
public sealed record RunForecast(Interval Calls, Interval PromptTokens, Interval CompletionTokens, Interval Cost);

/// <summary>Both ends included.</summary>
public sealed record Interval(decimal Low, decimal High);
