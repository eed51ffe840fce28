using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;

namespace Tera.Office.Storage;

/// <summary>
/// Brings the database to what this program needs, before anything else of the host starts: tables, then seeds.
/// Two nodes that start together take turns; a kill in the middle leaves nothing half done, because each part is one transaction.
/// </summary>
internal sealed class OfficePreparation(OfficeOptions options, IDbContextFactory<OfficeDb> factory, IEnumerable<IDatabaseSeed> seeds, OnlyNode node)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        DurableFiles.CreateFolder(Path.GetFullPath(options.DataFolder));
        await using IAsyncDisposable turn = await PreparationTurn.TakeAsync(options.Database, cancellationToken);
        node.Enter(options.Database);
        await using (OfficeDb db = await factory.CreateDbContextAsync(cancellationToken))
        {
            await OfficeSchema.CompleteAsync(db, cancellationToken);
        }

        foreach (IDatabaseSeed seed in seeds.OrderBy(seed => seed.Order))
        {
            await using OfficeDb db = await factory.CreateDbContextAsync(cancellationToken);
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await seed.SeedAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
