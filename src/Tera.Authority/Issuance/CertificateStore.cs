using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Pki.Certificates;

namespace Tera.Authority.Issuance;

/// <summary>The certificates of both issuers. A serial is here before it is signed, so there is none that we do not know.</summary>
internal sealed class CertificateStore(IDbContextFactory<AuthorityDb> databases, AuditLog audit, TimeProvider time)
{
    /// <summary>Before the signature: serial number and hash of the to-be-signed bytes, in the table and in the log.</summary>
    public async Task StorePreparedAsync(PreparedCertificate prepared, string issuer, string actor)
    {
        var tbs = SHA256.HashData(prepared.ToBeSigned.Span);
        var serialNumber = prepared.SerialNumber.ToString();
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Certificates.Add(new CertificateRow
        {
            SerialNumber = serialNumber,
            Issuer = issuer,
            Profile = prepared.Profile.Id,
            TbsSha256 = tbs,
            State = CertificateState.Prepared,
            NotBefore = now,
            NotAfter = now,
        });
        await audit.AppendAsync(
            db, [new AuditEntry(AuditAct.CertificatePrepared, actor, serialNumber, $"{issuer} {prepared.Profile.Id} tbs {Convert.ToHexStringLower(tbs)}")], CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <summary>In the caller's transaction.</summary>
    public static async Task StoreIssuedAsync(AuthorityDb db, IssuedCertificate issued)
    {
        var serialNumber = issued.Certificate.SerialNumber.ToString();
        var der = issued.Certificate.Encoded.ToArray();
        var (notBefore, notAfter) = (issued.Certificate.NotBefore, issued.Certificate.NotAfter);
        var stored = await db.Certificates
            .Where(x => x.SerialNumber == serialNumber && x.State == CertificateState.Prepared && x.Standing == CertificateStanding.Good)
            .ExecuteUpdateAsync(set => set
                .SetProperty(x => x.State, CertificateState.Issued)
                .SetProperty(x => x.Der, der)
                .SetProperty(x => x.NotBefore, notBefore)
                .SetProperty(x => x.NotAfter, notAfter));
        if (stored != 1)
        {
            throw new InvalidOperationException($"The certificate {serialNumber} was not prepared, or took so long that it was abandoned.");
        }
    }

    public Task AbandonAsync(string serialNumber) => AbandonAsync(x => x.SerialNumber == serialNumber, CancellationToken.None);

    /// <summary>What a crash left between preparing and issuing may have been signed: it counts as revoked.</summary>
    public Task AbandonStaleAsync(DateTimeOffset before, CancellationToken cancellation) => AbandonAsync(x => x.NotBefore < before, cancellation);

    /// <summary>Null for a serial number that this issuer never prepared.</summary>
    public async Task<CertificateRow?> FindAsync(string issuer, string serialNumber, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Certificates.AsNoTracking().SingleOrDefaultAsync(x => x.SerialNumber == serialNumber && x.Issuer == issuer, cancellation);
    }

    private async Task AbandonAsync(System.Linq.Expressions.Expression<Func<CertificateRow, bool>> which, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var prepared = db.Certificates.Where(x => x.State == CertificateState.Prepared && x.Standing == CertificateStanding.Good).Where(which);
        var serialNumbers = await prepared.Select(x => x.SerialNumber).ToListAsync(cancellation);
        if (serialNumbers.Count == 0)
        {
            return;
        }

        await db.Certificates.Where(x => serialNumbers.Contains(x.SerialNumber)).ExecuteUpdateAsync(
            set => set
                .SetProperty(x => x.Standing, CertificateStanding.Revoked)
                .SetProperty(x => x.RevokedAt, now)
                .SetProperty(x => x.RevocationReason, RevocationReasons.CessationOfOperation),
            cancellation);
        await audit.AppendAsync(
            db, [.. serialNumbers.Select(x => new AuditEntry(AuditAct.CertificateAbandoned, AuditEntry.Itself, x))], cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
