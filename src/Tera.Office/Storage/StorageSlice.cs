using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Tera.Office.Storage;

/// <summary>Database and documents. <see cref="IDbContextFactory{TContext}"/> of <see cref="OfficeDb"/> is how slices get a unit of work.</summary>
public static class StorageSlice
{
    public static IServiceCollection AddStorage(this IServiceCollection services, OfficeOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContextFactory<OfficeDb>(builder => Configure(builder, options.Database));
        services.AddSingleton<IDocumentStore>(provider =>
            new FileDocumentStore(Path.Combine(options.DataFolder, "documents"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OnlyNode>();
        services.AddSingleton<OfficePreparation>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<OfficePreparation>());
        return services;
    }

    public static void Configure(DbContextOptionsBuilder builder, DatabaseChoice database)
    {
        switch (database)
        {
            case DatabaseChoice.Sqlite sqlite:
                builder.UseSqlite(new SqliteConnectionStringBuilder { DataSource = sqlite.File, ForeignKeys = true }.ConnectionString)
                    .AddInterceptors(SqliteSettings.Instance);
                break;
            case DatabaseChoice.PostgreSql postgres:
                builder.UseNpgsql(postgres.ConnectionString);
                break;
        }
    }
}
