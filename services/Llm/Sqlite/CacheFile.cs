using Microsoft.Data.Sqlite;

namespace DialogueMesh.Llm.Sqlite;

/// <summary>What the cache holds of one model.</summary>
public sealed record CacheContent(string Endpoint, string Model, long Answers, long Bytes, decimal Cost, DateTimeOffset Oldest, DateTimeOffset Newest);

/// <summary>The cache as one SQLite file, in write-ahead mode so that readers and a writer do not wait for each other.</summary>
public static class CacheFile
{
    private const int Version = 1;

    /// <summary>How long to wait for another process' lock, in seconds.</summary>
    private const int Patience = 10;

    /// <summary>A file in the folder where the user's caches lie.</summary>
    public static string DefaultPath { get; } = Path.Combine(CacheFolder(), "dialoguemesh", "responses.db");

    /// <exception cref="SqliteException">It is locked, or none of ours.</exception>
    /// <exception cref="IOException">Its folder cannot be made.</exception>
    internal static SqliteConnection Open(string file)
    {
        Create(file);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            DefaultTimeout = Patience,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            SetUp(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What it holds, the dearest first.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static IReadOnlyList<CacheContent> Content(string file)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT endpoint, model, count(*), sum(length(body)), sum(microdollars), min(at), max(at) FROM answers GROUP BY endpoint, model ORDER BY 5 DESC, 1, 2";
        using var reader = command.ExecuteReader();
        var content = new List<CacheContent>();
        while (reader.Read())
        {
            content.Add(new CacheContent(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4) / 1_000_000m,
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6))));
        }

        return content;
    }

    /// <summary>Removes what was answered before <paramref name="limit"/>, and gives the room back.</summary>
    /// <returns>How many answers.</returns>
    /// <exception cref="SqliteException">It is locked, or none of ours.</exception>
    public static int Prune(string file, DateTimeOffset limit)
    {
        using var connection = Open(file);
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM answers WHERE at < $limit";
        delete.Parameters.AddWithValue("$limit", limit.ToUnixTimeMilliseconds());
        var removed = delete.ExecuteNonQuery();
        Run(connection, "VACUUM");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return removed;
    }

    // Prompts and answers are the user's own: no one else may read them.
    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            new FileStream(file, options).Dispose();
        }
    }

    private static void SetUp(SqliteConnection connection)
    {
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        var found = Convert.ToInt64(version.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        if (found is not (0 or Version))
        {
            throw new SqliteException($"it is of version {found}, this program's is {Version}", SQLitePCL.raw.SQLITE_SCHEMA);
        }

        // After a power cut the last answers may be gone, never the file.
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = NORMAL");
        if (found == 0)
        {
            Run(connection, $"""
                CREATE TABLE IF NOT EXISTS answers (
                    key TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, endpoint TEXT NOT NULL, model TEXT NOT NULL,
                    microdollars INTEGER NOT NULL, body BLOB NOT NULL);
                CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
                PRAGMA user_version = {Version};
                """);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string CacheFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } given && Path.IsPathRooted(given) ? given
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Path.Combine(home, ".cache");
    }
}
