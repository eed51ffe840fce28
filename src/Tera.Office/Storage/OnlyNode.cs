namespace Tera.Office.Storage;

/// <summary>
/// Whether this process came to a database that no other process works on. A SQLite file has a lock file beside it that every node holds
/// shared for as long as it lives, and that the system lets go even of a killed one; who gets it alone for a moment knows that whatever
/// an earlier process had begun is nobody's now. On PostgreSQL nodes are on machines of their own, and only time tells.
/// </summary>
internal sealed class OnlyNode(TimeProvider time) : IDisposable
{
    private FileStream? _presence;

    /// <summary>When this process came, had the database to itself; null: others may be at work.</summary>
    public DateTimeOffset? CameAlone { get; private set; }

    /// <summary>Called once, while the right to prepare the database is held, so that two nodes never look at the same time.</summary>
    public void Enter(DatabaseChoice database)
    {
        if (database is not DatabaseChoice.Sqlite sqlite || _presence is not null)
        {
            return;
        }

        string path = sqlite.File + ".nodes";
        try
        {
            using var alone = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            CameAlone = time.GetUtcNow();
        }
        catch (IOException) when (File.Exists(path))
        {
            CameAlone = null; // another process lives
        }

        _presence = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    public void Dispose() => _presence?.Dispose();
}
