using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Vault;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Authority.Issuance;

/// <summary>The authority's own keys at rest: sealed under the platform key, bound to their role and certificate.</summary>
internal sealed class AuthorityKeys(IDbContextFactory<AuthorityDb> databases, PlatformKey platform, AuditLog audit)
{
    private const string Purpose = "tera authority keys v1";

    /// <summary>The one that lives longest; null when there is none yet.</summary>
    public async Task<AuthorityIdentity?> FindAsync(string role, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.AuthorityKeys.AsNoTracking().Where(x => x.Role == role).OrderByDescending(x => x.NotAfter).FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            return null;
        }

        var der = await db.Certificates.Where(x => x.SerialNumber == row.SerialNumber).Select(x => x.Der).SingleAsync(cancellation);
        var pkcs8 = platform.Open(Purpose, row.SealedKey, Associate(role, row.SerialNumber))
            ?? throw new CryptographicException($"The sealed {role} key does not open: another platform key, or an altered row.");
        try
        {
            return new AuthorityIdentity(Certificate.Decode(der), SoftwareSigner.FromPkcs8(pkcs8));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>With its certificate, in one transaction; the certificate was stored as prepared before it was signed.</summary>
    public async Task StoreAsync(string role, SoftwareSigner key, IssuedCertificate issued, CancellationToken cancellation)
    {
        var serialNumber = issued.Certificate.SerialNumber.ToString();
        var pkcs8 = key.ExportPkcs8();
        var sealedKey = platform.Seal(Purpose, pkcs8, Associate(role, serialNumber));
        CryptographicOperations.ZeroMemory(pkcs8);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await CertificateStore.StoreIssuedAsync(db, issued);
        db.AuthorityKeys.Add(new AuthorityKeyRow
        {
            SerialNumber = serialNumber, Role = role, SealedKey = sealedKey, NotAfter = issued.Certificate.NotAfter,
        });
        await audit.AppendAsync(
            db,
            [new AuditEntry(AuditAct.AuthorityKeyMade, AuditEntry.Itself, role, $"{serialNumber} {Convert.ToHexStringLower(issued.Certificate.Fingerprint(HashAlgorithmName.SHA256))}")],
            cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static byte[] Associate(string role, string serialNumber) => Encoding.UTF8.GetBytes($"{role}\0{serialNumber}");
}
