namespace DialogueMesh.Llm.Caching;

/// <summary>Answers that were paid for, by the request's key. Thread-safe; several processes may share one.</summary>
/// <remarks>It saves money and never decides anything: what fails is a miss, or is not stored, and never an exception.</remarks>
public interface IResponseCache : IDisposable
{
    /// <summary>The answer stored last for this key, by whichever process, as it was stored; null where there is none.</summary>
    ValueTask<StoredAnswer?> FindAsync(string key, CancellationToken ct);

    /// <summary>Found by this cache at once, by others when it is written: soon, and at the latest by <see cref="IDisposable.Dispose"/>.</summary>
    void Store(string key, StoredAnswer answer);
}
