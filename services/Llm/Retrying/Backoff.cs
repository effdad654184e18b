namespace DialogueMesh.Llm.Retrying;

/// <summary>Capped exponential backoff with full jitter ("Exponential Backoff And Jitter", Brooker, 2015).</summary>
internal static class Backoff
{
    /// <param name="failures">Tries that failed so far, from 1.</param>
    /// <param name="draw">Uniform in [0, 1).</param>
    /// <param name="retryAfter">What the server asks for: the jitter comes on top, so that those it turned away do not return together.</param>
    /// <param name="options">Bounds.</param>
    public static TimeSpan Delay(int failures, double draw, TimeSpan? retryAfter, LlmOptions options)
    {
        var bound = Math.Min(options.BaseDelay.TotalSeconds * Math.Pow(2, failures - 1), options.MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(draw * bound) + (retryAfter ?? TimeSpan.Zero);
    }
}
