using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tera.Office.Storage;

/// <summary>
/// Creates what the model has and the database lacks: tables with their indexes, and new optional columns. It never drops or changes anything;
/// a column that is new and must have a value is refused, because only a person can say which.
/// All of it is one transaction (both databases have transactional DDL).
/// </summary>
internal static class OfficeSchema
{
    public static async Task CompleteAsync(OfficeDb db, CancellationToken cancellation)
    {
        if (db.GetService<IRelationalDatabaseCreator>() is { } creator && !await creator.ExistsAsync(cancellation))
        {
            await creator.CreateAsync(cancellation);
        }

        IRelationalModel wanted = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        await db.Database.OpenConnectionAsync(cancellation);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellation);
        HashSet<(string Table, string Column)> there = await ColumnsAsync(db, transaction, cancellation);
        HashSet<string> tables = there.Select(column => column.Table).ToHashSet(StringComparer.Ordinal);

        IReadOnlyList<MigrationOperation> all = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, wanted);
        List<MigrationOperation> missing = all.Where(operation => !tables.Contains(TableOf(operation))).ToList();
        missing.AddRange(all.OfType<CreateTableOperation>()
            .Where(table => tables.Contains(table.Name))
            .SelectMany(table => table.Columns.Where(column => !there.Contains((table.Name, column.Name))))
            .Select(Optional));

        foreach (MigrationCommand command in db.GetService<IMigrationsSqlGenerator>().Generate(missing, db.GetService<IDesignTimeModel>().Model))
        {
            await command.ExecuteNonQueryAsync(db.GetService<IRelationalConnection>(), cancellationToken: cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static string TableOf(MigrationOperation operation) => operation switch
    {
        CreateTableOperation table => table.Name,
        CreateIndexOperation index => index.Table,
        ITableMigrationOperation other => other.Table,
        _ => "",
    };

    private static AddColumnOperation Optional(AddColumnOperation column) => column.IsNullable || column.DefaultValue is not null
        ? column
        : throw new InvalidOperationException(
            $"The database has the table {column.Table} of an older version without its column {column.Name}, which must have a value. Restore the database that belongs to this version, or add the column by hand.");

    private static async Task<HashSet<(string, string)>> ColumnsAsync(OfficeDb db, IDbContextTransaction transaction, CancellationToken cancellation)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = db.Database.IsSqlite()
            ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()";
        var columns = new HashSet<(string, string)>();
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }
}
