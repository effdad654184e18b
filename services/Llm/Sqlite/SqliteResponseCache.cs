using System.Collections.Concurrent;
using DialogueMesh.Llm.Caching;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DialogueMesh.Llm.Sqlite;

/// <summary>
/// The cache in a SQLite file. A thread of its own packs and writes, many answers to a transaction, so that no call waits for
/// the disk. The first fault is told once; then nothing more is written, and a file that cannot be read is left alone.
/// </summary>
internal sealed partial class SqliteResponseCache : IResponseCache
{
    private const int MostInTransaction = 256;

    private readonly string file;
    private readonly ILogger logger;
    private readonly Lock reading = new();
    private readonly Lock storing = new();
    private readonly ConcurrentDictionary<string, StoredAnswer> unwritten = new(StringComparer.Ordinal);
    private readonly BlockingCollection<KeyValuePair<string, StoredAnswer>> queue = [];
    private readonly SqliteConnection? reader;
    private readonly SqliteCommand? find;
    private readonly Thread? writer;
    private volatile bool isReadable;
    private volatile bool isWritable;
    private int hasComplained;
    private bool isDisposed;

    public SqliteResponseCache(string file, ILogger<SqliteResponseCache> logger)
    {
        (this.file, this.logger) = (file, logger);
        try
        {
            reader = CacheFile.Open(file);
            find = reader.CreateCommand();
            find.CommandText = "SELECT body FROM answers WHERE key = $key";
            find.Parameters.Add("$key", SqliteType.Text);
            find.Prepare();
            isReadable = isWritable = true;
            writer = new Thread(WriteAll) { IsBackground = true, Name = "response cache" };
            writer.Start();
        }
        catch (Exception fault) when (IsFault(fault))
        {
            isReadable = isWritable = false;
            Complain(fault);
        }
    }

    public ValueTask<StoredAnswer?> FindAsync(string key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(unwritten.TryGetValue(key, out var answer) ? answer : Read(key));
    }

    public void Store(string key, StoredAnswer answer)
    {
        lock (storing)
        {
            if (isWritable)
            {
                unwritten[key] = answer;
                queue.Add(KeyValuePair.Create(key, answer));
            }
        }
    }

    public void Dispose()
    {
        lock (storing)
        {
            if (isDisposed)
            {
                return;
            }

            (isDisposed, isWritable) = (true, false);
            queue.CompleteAdding();
        }

        writer?.Join();
        lock (reading)
        {
            isReadable = false;
            find?.Dispose();
            reader?.Dispose();
        }

        queue.Dispose();
    }

    private StoredAnswer? Read(string key)
    {
        lock (reading)
        {
            if (!isReadable)
            {
                return null;
            }

            try
            {
                find!.Parameters["$key"].Value = key;
                return find.ExecuteScalar() is byte[] body ? AnswerBytes.Unpack(key, body) : null;
            }
            catch (Exception fault) when (IsFault(fault))
            {
                isReadable = isWritable = false;
                Complain(fault);
                return null;
            }
        }
    }

    private void WriteAll()
    {
        try
        {
            using var connection = CacheFile.Open(file);
            foreach (var first in queue.GetConsumingEnumerable())
            {
                Write(connection, first);
            }
        }
        catch (Exception fault) when (IsFault(fault))
        {
            isWritable = false;
            Complain(fault);
            unwritten.Clear();
        }
    }

    private void Write(SqliteConnection connection, KeyValuePair<string, StoredAnswer> first)
    {
        var batch = new List<KeyValuePair<string, StoredAnswer>> { first };
        while (batch.Count < MostInTransaction && queue.TryTake(out var next))
        {
            batch.Add(next);
        }

        // Packed before the transaction, which keeps other processes from writing.
        var rows = batch.ConvertAll(each => (each.Key, Answer: each.Value, Body: AnswerBytes.Pack(each.Key, each.Value)));
        using (var transaction = connection.BeginTransaction())
        using (var insert = connection.CreateCommand())
        {
            insert.Transaction = transaction;
            insert.CommandText =
                "INSERT OR REPLACE INTO answers (key, at, endpoint, model, microdollars, body) VALUES ($key, $at, $endpoint, $model, $cost, $body)";
            foreach (var (key, answer, body) in rows)
            {
                insert.Parameters.Clear();
                insert.Parameters.AddWithValue("$key", key);
                insert.Parameters.AddWithValue("$at", answer.At.ToUnixTimeMilliseconds());
                insert.Parameters.AddWithValue("$endpoint", answer.Endpoint);
                insert.Parameters.AddWithValue("$model", answer.Model);
                insert.Parameters.AddWithValue("$cost", (long)(answer.Cost * 1_000_000m));
                insert.Parameters.AddWithValue("$body", body);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        batch.ForEach(written => unwritten.TryRemove(written));
    }

    private static bool IsFault(Exception fault) => fault is SqliteException or IOException or UnauthorizedAccessException;

    private void Complain(Exception fault)
    {
        if (Interlocked.Exchange(ref hasComplained, 1) == 0)
        {
            LogFault(file, fault.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The response cache {File} cannot be used ({Fault}); the run goes on, and answers are not kept. Give another --cache_file, or --no_cache")]
    private partial void LogFault(string file, string fault);
}
