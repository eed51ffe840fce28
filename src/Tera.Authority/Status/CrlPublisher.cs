using Microsoft.EntityFrameworkCore;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;

namespace Tera.Authority.Status;

/// <summary>
/// Signs and keeps the CRLs: at once after a change, and again before the last one ends. The number comes from one counter
/// an issuer, so that it rises over restarts and nodes (RFC 5280 5.2.3). Revoked certificates stay on it after their end,
/// because signatures are validated long after (EN 319 411-1 6.3.10).
/// </summary>
internal sealed class CrlPublisher(
    IDbContextFactory<AuthorityDb> databases, CertificationAuthority authority, AuditLog audit, TimeProvider time) : IDisposable
{
    private static readonly Dictionary<string, (TimeSpan Lifetime, TimeSpan Reserve)> Schedule = new(StringComparer.Ordinal)
    {
        // EN 319 411-1 6.3.9: every 24 h at most for end entities, every year at most for CAs.
        [IssuerNames.Issuing] = (TimeSpan.FromDays(3), TimeSpan.FromDays(2)),
        [IssuerNames.Root] = (TimeSpan.FromDays(180), TimeSpan.FromDays(90)),
    };

    private readonly SemaphoreSlim publishing = new(1, 1);

    public static string CounterOf(string issuer) => "crl-" + issuer;

    public async Task<CrlRow?> FindLatestAsync(string issuer, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Crls.AsNoTracking().Where(x => x.Issuer == issuer).OrderByDescending(x => x.Number).FirstOrDefaultAsync(cancellation);
    }

    public async Task PublishDueAsync(CancellationToken cancellation)
    {
        foreach (var issuer in IssuerNames.All)
        {
            var latest = await FindLatestAsync(issuer, cancellation);
            if (latest is null || latest.NextUpdate - Schedule[issuer].Reserve <= time.GetUtcNow())
            {
                await PublishAsync(issuer, cancellation);
            }
        }
    }

    /// <summary>The counter's row stays locked from the number to the stored list, so a later number never has an older content.</summary>
    public async Task PublishAsync(string issuer, CancellationToken cancellation)
    {
        await publishing.WaitAsync(cancellation);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var number = await Counters.LeaseAsync(db, CounterOf(issuer), 1, cancellation);
            var thisUpdate = time.GetUtcNow();
            var nextUpdate = thisUpdate + Schedule[issuer].Lifetime;
            var revoked = await db.Certificates.AsNoTracking()
                .Where(x => x.Issuer == issuer && x.Standing != CertificateStanding.Good)
                .OrderBy(x => x.SerialNumber)
                .Select(x => new { x.SerialNumber, x.RevokedAt, x.RevocationReason })
                .ToListAsync(cancellation);
            await audit.AppendAsync(
                db, [new AuditEntry(AuditAct.CrlPublished, AuditEntry.Itself, issuer, $"number {number} entries {revoked.Count}")], cancellation);
            var der = await SignAsync(
                issuer,
                new CrlContent
                {
                    Number = number,
                    ThisUpdate = thisUpdate,
                    NextUpdate = nextUpdate,
                    Entries = revoked.Select(x => new RevokedEntry(Parse(x.SerialNumber), x.RevokedAt!.Value, (RevocationReason)(x.RevocationReason ?? 0))),
                    KeepsExpiredSince = authority.Root.NotBefore,
                },
                cancellation);
            db.Crls.Add(new CrlRow { Issuer = issuer, Number = number, Der = der, ThisUpdate = thisUpdate, NextUpdate = nextUpdate });
            await db.SaveChangesAsync(cancellation);
            // Only the last one is served; the log has the numbers of all.
            await db.Crls.Where(x => x.Issuer == issuer && x.Number < number).ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        finally
        {
            publishing.Release();
        }
    }

    public void Dispose() => publishing.Dispose();

    private async Task<byte[]> SignAsync(string issuer, CrlContent content, CancellationToken cancellation) =>
        string.Equals(issuer, IssuerNames.Root, StringComparison.Ordinal)
            ? await authority.WithRootAsync(root => new CrlIssuer(root.Signer, root.Certificate).IssueAsync(content, cancellation).AsTask(), cancellation)
            : await new CrlIssuer(authority.IssuingSigner, authority.Issuing).IssueAsync(content, cancellation);

    private static SerialNumber Parse(string hexadecimal) =>
        SerialNumber.TryParse(hexadecimal, out var serialNumber) ? serialNumber : throw new FormatException("A stored serial number is not hexadecimal.");
}
