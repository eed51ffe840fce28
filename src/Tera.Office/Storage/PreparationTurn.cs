using Npgsql;

namespace Tera.Office.Storage;

/// <summary>The right to prepare the database; one node has it at a time, and loses it when it dies.</summary>
internal static class PreparationTurn
{
    /// <summary>"TeraPrep" in ASCII: an advisory lock has a number, not a name.</summary>
    private const long AdvisoryLock = 0x5465726150726570;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IAsyncDisposable> TakeAsync(DatabaseChoice database, CancellationToken cancellation) => database switch
    {
        DatabaseChoice.Sqlite sqlite => await LockFileAsync(sqlite.File + ".prepare", cancellation),
        DatabaseChoice.PostgreSql postgres => await LockServerAsync(postgres.ConnectionString, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(database)),
    };

    private static async Task<IAsyncDisposable> LockFileAsync(string path, CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellation); // another process holds it; the system frees it even when that process is killed
            }
        }
    }

    private static async Task<IAsyncDisposable> LockServerAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
        command.Parameters.AddWithValue("key", AdvisoryLock);
        await command.ExecuteNonQueryAsync(cancellation);
        return connection; // closing the unpooled connection ends the lock
    }
}
