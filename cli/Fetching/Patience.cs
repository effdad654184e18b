namespace DialogueMesh.Cli.Fetching;

/// <summary>How long a server may take, and how often it is asked again.</summary>
internal sealed record Patience
{
    /// <summary>Until the answer's headers are there.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pieces of the answer.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a server may ask to wait; where it asks for more, the download ends.</summary>
    public TimeSpan MostRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Before the second, third, … try. Counted anew whenever more has arrived than ever before.</summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>Repeats <paramref name="attempt"/> until it comes through.</summary>
    /// <param name="attempt">Throws <see cref="TransferException"/> where it is worth another try.</param>
    /// <param name="arrived">How much has arrived.</param>
    /// <param name="address">For the message.</param>
    /// <exception cref="FetchException">The tries are used up.</exception>
    public async Task RepeatAsync(Func<Task> attempt, Func<long> arrived, Uri address, TimeProvider time, CancellationToken ct)
    {
        var (failures, most) = (0, arrived());
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (TransferException fault)
            {
                (failures, most) = arrived() > most ? (0, arrived()) : (failures, most);
                if (failures == Waits.Count || fault.RetryAfter > MostRetryAfter)
                {
                    throw new FetchException($"{address}: {fault.Message}. What has arrived is kept: run the same command again to go on", fault);
                }

                await Task.Delay(fault.RetryAfter ?? Waits[failures], time, ct);
                failures++;
            }
        }
    }
}
