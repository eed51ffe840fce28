using Tera.Testing.Databases;

namespace Tera.Authority.Tests;

/// <summary>Tests that run once on SQLite and once on PostgreSQL: the behaviour is one, the classes at its end name the engine.</summary>
public abstract class OnBothDatabases(PostgresServer? postgres) : IAsyncLifetime
{
    private AuthorityHost? host;

    internal AuthorityHost Host => host ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        var database = postgres is null ? null : AuthorityDatabase.PostgreSql(await postgres.CreateDatabaseAsync());
        host = await AuthorityHost.StartAsync(database, Change);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    public virtual AuthorityOptions Change(AuthorityOptions options) => options;
}
