using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Authority.Status;

namespace Tera.Authority;

/// <summary>What comes due by itself: CRLs, the responder's short-lived certificate, the checkpoint, what may be forgotten.</summary>
internal sealed class Upkeep(
    AuthorityStartup startup,
    CertificationAuthority authority,
    CertificateStore certificates,
    CrlPublisher crls,
    IDbContextFactory<AuthorityDb> databases,
    TimeProvider time,
    ILogger<Upkeep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Long enough to answer a late question about a signature; the audit log keeps the acts themselves.</summary>
    private static readonly TimeSpan ActivationsKept = TimeSpan.FromDays(7);

    /// <summary>No issuance takes this long: what is still prepared then was cut off by a crash.</summary>
    private static readonly TimeSpan IssuanceLimit = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
#pragma warning disable CA1031 // one failed round, a database away for a minute, must not end the upkeep
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                log.UpkeepFailed(e);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    internal async Task RunOnceAsync(CancellationToken cancellation)
    {
        await startup.InitializeAsync(cancellation);
        await authority.RenewRespondersAsync(cancellation);
        await certificates.AbandonStaleAsync(time.GetUtcNow() - IssuanceLimit, cancellation);
        await crls.PublishDueAsync(cancellation);
        await ForgetAsync(cancellation);
        await startup.RememberAsync(cancellation);
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var old = now - ActivationsKept;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.AccessTokens.Where(x => x.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        await db.AuthorisedHashes.Where(x => db.Activations.Any(a => a.HandleHash == x.HandleHash && a.ExpiresAt < old)).ExecuteDeleteAsync(cancellation);
        await db.Activations.Where(x => x.ExpiresAt < old).ExecuteDeleteAsync(cancellation);
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
