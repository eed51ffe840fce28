using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Testing.Databases;

namespace Tera.Authority.Tests.Audit;

public abstract class AuditLogTests(PostgresServer? postgres) : OnBothDatabases(postgres)
{
    private AuditLog Log => Host.Services.GetRequiredService<AuditLog>();

    [Fact]
    public async Task Acts_are_written_in_their_order_and_the_log_holds()
    {
        await SignOnceAsync();
        var acts = await QueryAsync(db => db.Audit.OrderBy(x => x.Sequence).Select(x => x.Act).ToListAsync());
        AuditAct[] expected =
        [
            AuditAct.CertificatePrepared, AuditAct.CertificateIssued, AuditAct.CredentialEnrolled,
            AuditAct.ActivationOpened, AuditAct.SigningReserved, AuditAct.SigningCompleted,
        ];
        Assert.Equal(expected.Select(x => x.ToString()), acts.Skip(acts.LastIndexOf(nameof(AuditAct.TokenIssued)) + 1));
        var verdict = await Log.VerifyAsync(await Log.CheckpointAsync(CancellationToken.None), CancellationToken.None);
        Assert.True(verdict.Holds, verdict.Finding);
        Assert.Equal(acts.Count, verdict.Entries);
    }

    [Theory]
    [InlineData("UPDATE audit SET \"Detail\" = 'x' WHERE \"Sequence\" = 5", 5)]
    [InlineData("UPDATE audit SET \"Actor\" = 'x' WHERE \"Sequence\" = 5", 5)]
    [InlineData("UPDATE audit SET \"At\" = \"At\" + 1 WHERE \"Sequence\" = 5", 5)]
    [InlineData("DELETE FROM audit WHERE \"Sequence\" = 5", 5)]
    [InlineData("DELETE FROM audit WHERE \"Sequence\" = (SELECT MAX(\"Sequence\") FROM audit)", null)]
    [InlineData("DELETE FROM audit", null)]
    [InlineData("DELETE FROM audit_head", null)]
    [InlineData("UPDATE audit SET \"Sequence\" = 1000 WHERE \"Sequence\" = 5; UPDATE audit SET \"Sequence\" = 5 WHERE \"Sequence\" = 6; UPDATE audit SET \"Sequence\" = 6 WHERE \"Sequence\" = 1000", 5)]
    public async Task An_entry_altered_deleted_reordered_or_cut_is_found(string tampering, int? sequence)
    {
        await SignOnceAsync();
        await QueryAsync(async db => await db.Database.ExecuteSqlRawAsync(tampering));

        var verdict = await Log.VerifyAsync(checkpoint: null, CancellationToken.None);
        Assert.False(verdict.Holds);
        if (sequence is not null)
        {
            Assert.Equal(sequence, verdict.Sequence);
        }
    }

    [Fact]
    public async Task A_database_put_back_to_an_older_state_is_found_by_the_checkpoint_and_does_not_start()
    {
        var older = await QueryAsync(db => db.AuditHeads.AsNoTracking().SingleAsync());
        await SignOnceAsync();
        var checkpoint = await Log.CheckpointAsync(CancellationToken.None);
        await QueryAsync(async db =>
        {
            // What a restored backup has: fewer entries, and the sealed head of that time, which is genuine.
            await db.Audit.Where(x => x.Sequence > older.Sequence).ExecuteDeleteAsync();
            return await db.AuditHeads.ExecuteUpdateAsync(set => set
                .SetProperty(x => x.Sequence, older.Sequence).SetProperty(x => x.Hash, older.Hash).SetProperty(x => x.Seal, older.Seal));
        });

        Assert.True((await Log.VerifyAsync(checkpoint: null, CancellationToken.None)).Holds);
        Assert.False((await Log.VerifyAsync(checkpoint, CancellationToken.None)).Holds);

        var file = Path.Combine(Host.DataFolder, "audit.head");
        await Host.StopAsync();
        await File.WriteAllTextAsync(file, System.Text.Json.JsonSerializer.Serialize(checkpoint));
        await Assert.ThrowsAsync<InvalidDataException>(() => Host.StartAgainAsync());
    }

    [Fact]
    public async Task Parallel_acts_stand_in_one_line()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Log.AppendAsync(new AuditEntry(AuditAct.TokenIssued, "test", $"{i}"), CancellationToken.None)));
        var verdict = await Log.VerifyAsync(checkpoint: null, CancellationToken.None);
        Assert.True(verdict.Holds, verdict.Finding);
    }

    private async Task SignOnceAsync()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var hash = ApiClient.HashOf("naskah");
        await client.SignAsync(credential, await client.ActivatedAsync(credential, hash), hash);
    }

    private async Task<T> QueryAsync<T>(Func<AuthorityDb, Task<T>> query)
    {
        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AuthorityDb>>().CreateDbContextAsync();
        return await query(db);
    }
}

public sealed class AuditLogOnSqlite() : AuditLogTests(null);

public sealed class AuditLogOnPostgres(PostgresServer postgres) : AuditLogTests(postgres);
