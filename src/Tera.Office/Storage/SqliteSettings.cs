using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tera.Office.Storage;

/// <summary>
/// What every SQLite connection is told when it opens. WAL: readers and the one writer do not block each other.
/// FULL: a committed letter number survives a power cut, not only a crash. Ten seconds: longer than any transaction of ours,
/// so that a second writer waits instead of failing.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    public static SqliteSettings Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
