using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Databases;
using Tera.Pki.Keys;

namespace Tera.Authority.Issuance;

/// <summary>Credentials as a client may see them: its own.</summary>
internal static class Credentials
{
    public static async Task<CredentialRow?> FindAsync(
        IDbContextFactory<AuthorityDb> databases, string clientId, string credentialId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await FindAsync(db, clientId, credentialId, cancellation);
    }

    public static Task<CredentialRow?> FindAsync(AuthorityDb db, string clientId, string credentialId, CancellationToken cancellation) =>
        db.Credentials.AsNoTracking().Include(x => x.Certificate)
            .SingleOrDefaultAsync(x => x.Id == credentialId && x.ClientId == clientId, cancellation);

    public static async Task<List<CredentialRow>> ListAsync(
        IDbContextFactory<AuthorityDb> databases, string clientId, string subjectId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Credentials.AsNoTracking().Include(x => x.Certificate)
            .Where(x => x.ClientId == clientId && x.SubjectId == subjectId)
            .OrderBy(x => x.CreatedAt).ThenBy(x => x.Id)
            .ToListAsync(cancellation);
    }

    public static X509Certificate2 OpenCertificate(CredentialRow credential) =>
        X509CertificateLoader.LoadCertificate(credential.Certificate.Der ?? throw new InvalidOperationException("A credential without a certificate."));

    public static byte[] SubjectPublicKeyInfoOf(CredentialRow credential)
    {
        using var certificate = OpenCertificate(credential);
        return certificate.PublicKey.ExportSubjectPublicKeyInfo();
    }

    /// <summary>What this key signs with: the curve decides for EC, PKCS#1 with SHA-256 for RSA (compatible with BSrE).</summary>
    public static SignatureAlgorithm AlgorithmOf(CredentialRow credential)
    {
        using var certificate = OpenCertificate(credential);
        using var ec = certificate.GetECDsaPublicKey();
        return ec?.KeySize switch
        {
            null => SignatureAlgorithm.RsaPkcs1Sha256,
            256 => SignatureAlgorithm.EcdsaP256Sha256,
            384 => SignatureAlgorithm.EcdsaP384Sha384,
            _ => SignatureAlgorithm.EcdsaP521Sha512,
        };
    }
}
