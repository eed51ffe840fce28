using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Authority.Status;
using Tera.Authority.TimeStamping;
using Tera.Authority.Vault;

namespace Tera.Authority;

/// <summary>
/// Makes the authority ready before the first request: schema, log, keys and certificates on an empty data folder.
/// Runs once; whoever comes early waits for it.
/// </summary>
public sealed class AuthorityStartup : IHostedLifecycleService, IDisposable
{
    private readonly AuthorityOptions options;
    private readonly IDbContextFactory<AuthorityDb> databases;
    private readonly AuditLog audit;
    private readonly Counters counters;
    private readonly CertificationAuthority authority;
    private readonly CrlPublisher crls;
    private readonly TimeStampClock clock;
    private readonly ILogger<AuthorityStartup> log;
    private readonly SemaphoreSlim running = new(1, 1);
    private volatile bool ready;

    internal AuthorityStartup(
        AuthorityOptions options,
        IDbContextFactory<AuthorityDb> databases,
        AuditLog audit,
        Counters counters,
        CertificationAuthority authority,
        CrlPublisher crls,
        TimeStampClock clock,
        ILogger<AuthorityStartup> log)
    {
        this.options = options;
        this.databases = databases;
        this.audit = audit;
        this.counters = counters;
        this.authority = authority;
        this.crls = crls;
        this.clock = clock;
        this.log = log;
    }

    /// <summary>For <c>/health/ready</c>.</summary>
    public bool IsReady => ready;

    public async Task InitializeAsync(CancellationToken cancellation)
    {
        if (ready)
        {
            return;
        }

        await running.WaitAsync(cancellation);
        try
        {
            if (!ready)
            {
                await InitializeOnceAsync(cancellation);
                ready = true;
            }
        }
        finally
        {
            running.Release();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => InitializeAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The last word is kept beside the database: what the log had, and what the clock said.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (ready)
        {
            await RememberAsync(cancellationToken);
        }
    }

    public void Dispose() => running.Dispose();

    internal async Task RememberAsync(CancellationToken cancellation)
    {
        await clock.RememberAsync(cancellation);
        if (await audit.CheckpointAsync(cancellation) is { } checkpoint)
        {
            var temporary = options.AuditCheckpointFile + ".new";
            await File.WriteAllTextAsync(temporary, JsonSerializer.Serialize(checkpoint), cancellation);
            File.Move(temporary, options.AuditCheckpointFile, overwrite: true);
        }
    }

    private async Task InitializeOnceAsync(CancellationToken cancellation)
    {
        PrivateFile.CreateFolder(options.DataFolder);
        await using var alone = await AuthorityDbSetup.LockForInitialisationAsync(options, cancellation);
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            await db.Database.EnsureCreatedAsync(cancellation);
        }

        await audit.InitialiseAsync(cancellation);
        await RequireCheckpointAsync(cancellation);
        await counters.InitialiseAsync([TimeStampSerials.Counter, TimeStampClock.Counter, .. IssuerNames.All.Select(CrlPublisher.CounterOf)], cancellation);
        await clock.RecallAsync(cancellation);
        await authority.OpenAsync(cancellation);
        await audit.AppendAsync(new AuditEntry(AuditAct.ConfigurationStarted, AuditEntry.Itself, AuditEntry.Itself, Configuration()), cancellation);
        await crls.PublishDueAsync(cancellation);
        await RememberAsync(cancellation);
        log.Ready(options.EffectiveDatabase.Provider, authority.Issuing.SerialNumber.ToString());
    }

    /// <summary>
    /// A database that lost entries (a cut log, yesterday's backup) may have lost revocations and spent serial numbers
    /// with them: nothing is signed on it until somebody has looked and taken the checkpoint file away.
    /// </summary>
    private async Task RequireCheckpointAsync(CancellationToken cancellation)
    {
        if (!File.Exists(options.AuditCheckpointFile))
        {
            return;
        }

        var checkpoint = JsonSerializer.Deserialize<AuditCheckpoint>(await File.ReadAllTextAsync(options.AuditCheckpointFile, cancellation))
            ?? throw new InvalidDataException($"The audit checkpoint {options.AuditCheckpointFile} is empty.");
        if (!await audit.ContainsAsync(checkpoint, cancellation))
        {
            log.AuditCut(checkpoint.Sequence);
            throw new InvalidDataException(
                $"The audit log lacks entry {checkpoint.Sequence} of {options.AuditCheckpointFile}: it was cut, or an older backup was put back. "
                + "Revocations and serial numbers may be lost with it. Reconcile, then remove the checkpoint file to start.");
        }
    }

    private string Configuration() =>
        $"kdf {options.Kdf}; lockout {options.Lockout}; activations {options.Activations}; clients {string.Join(',', options.EffectiveClients.Select(x => x.ClientId))}; url {options.PublicBaseUrl}";
}
