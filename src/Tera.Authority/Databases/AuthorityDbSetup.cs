using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Tera.Authority.Databases;

/// <summary>What differs between the two engines: everything of it is here.</summary>
internal static class AuthorityDbSetup
{
    /// <summary>Any fixed number: the advisory lock under which one node at a time initialises.</summary>
    private const long InitialisationLock = 0x7465_7261_0001;

    private static readonly SqlitePragmas Pragmas = new();

    public static void Configure(DbContextOptionsBuilder builder, AuthorityDatabase database)
    {
        // Statements are not logged: what fails is an exception with its own log event, and parameters are nobody's reading.
        builder.UseLoggerFactory(NullLoggerFactory.Instance);
        switch (database.Provider)
        {
            case AuthorityDatabaseProvider.Sqlite:
                var connection = new SqliteConnectionStringBuilder(database.ConnectionString) { DefaultTimeout = 30 }.ConnectionString;
                builder.UseSqlite(connection).AddInterceptors(Pragmas);
                break;
            case AuthorityDatabaseProvider.PostgreSql:
                builder.UseNpgsql(database.ConnectionString);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(database), database.Provider, "No such database provider.");
        }
    }

    /// <summary>Held while schema, keys and certificates are made, so that two nodes on one database make one root.</summary>
    public static async Task<IAsyncDisposable> LockForInitialisationAsync(AuthorityOptions options, CancellationToken cancellation)
    {
        var database = options.EffectiveDatabase;
        if (database.Provider == AuthorityDatabaseProvider.Sqlite)
        {
            var path = Path.Combine(options.DataFolder, "authority.lock");
            while (true)
            {
                try
                {
                    return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                }
                catch (IOException) when (File.Exists(path))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
                }
            }
        }

        // The lock lives as long as its session: no pool may keep it.
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await session.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", session);
        command.Parameters.Add(new NpgsqlParameter { Value = InitialisationLock });
        await command.ExecuteNonQueryAsync(cancellation);
        return session;
    }

    /// <summary>A violated key or unique index, whichever engine says so.</summary>
    public static bool IsDuplicate(DbUpdateException e) => e.InnerException switch
    {
        SqliteException { SqliteErrorCode: 19 } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    /// <summary>Durable at commit: a serial number or a spent hash must not come back after a power cut.</summary>
    private sealed class SqlitePragmas : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Text;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Text;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private const string Text = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA foreign_keys=ON;";
    }
}
