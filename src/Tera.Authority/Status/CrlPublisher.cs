using Microsoft.EntityFrameworkCore;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;

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
                .Select(x => new RevokedCertificate(x.SerialNumber, x.RevokedAt!.Value, x.RevocationReason ?? 0))
                .ToListAsync(cancellation);
            await audit.AppendAsync(
                db, [new AuditEntry(AuditAct.CrlPublished, AuditEntry.Itself, issuer, $"number {number} entries {revoked.Count}")], cancellation);
            var der = await SignAsync(issuer, number, thisUpdate, nextUpdate, revoked, cancellation);
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

    private Task<byte[]> SignAsync(
        string issuer, long number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, IReadOnlyList<RevokedCertificate> revoked, CancellationToken cancellation) =>
        string.Equals(issuer, IssuerNames.Root, StringComparison.Ordinal)
            ? authority.WithRootAsync(root => EncodeAsync(root, number, thisUpdate, nextUpdate, revoked), cancellation)
            : EncodeAsync(new AuthorityIdentity(authority.Issuing, authority.IssuingSigner), number, thisUpdate, nextUpdate, revoked);

    private static Task<byte[]> EncodeAsync(AuthorityIdentity issuer, long number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, IReadOnlyList<RevokedCertificate> revoked)
    {
        var b = new System.Security.Cryptography.X509Certificates.CertificateRevocationListBuilder();
        foreach (var r in revoked)
        {
            b.AddEntry(Convert.FromHexString(r.SerialNumber), r.At, (System.Security.Cryptography.X509Certificates.X509RevocationReason)r.Reason);
        }
        using var ec = System.Security.Cryptography.ECDsa.Create();
        ec.ImportPkcs8PrivateKey(issuer.Signer.ExportPkcs8(), out _);
        return Task.FromResult(b.Build(new System.Security.Cryptography.X509Certificates.X500DistinguishedName(issuer.Certificate.Subject.Encoded.Span),
            System.Security.Cryptography.X509Certificates.X509SignatureGenerator.CreateForECDsa(ec), number, nextUpdate, System.Security.Cryptography.HashAlgorithmName.SHA384,
            System.Security.Cryptography.X509Certificates.X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuer.Certificate.Constraints.SubjectKeyIdentifier!.Value.Span), thisUpdate));
    }

    private sealed record RevokedCertificate(string SerialNumber, DateTimeOffset At, int Reason);
}
