using Npgsql;
using Tera.Testing.Databases;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Tera.Authority.Tests.Databases;

public sealed class PostgresServerTests(PostgresServer server)
{
    [Fact]
    public async Task Each_database_is_empty_and_its_own()
    {
        var first = await server.CreateDatabaseAsync();
        var second = await server.CreateDatabaseAsync();
        await ExecuteAsync(first, "CREATE TABLE only_here (id int)");

        var missing = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(second, "SELECT * FROM only_here"));
        Assert.Equal(PostgresErrorCodes.UndefinedTable, missing.SqlState);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
