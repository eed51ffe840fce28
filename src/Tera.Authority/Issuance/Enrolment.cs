using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Access;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.Requests;
using Tera.Authority.Vault;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Authority.Issuance;

/// <summary>A credential, and whether this very call made it.</summary>
internal sealed record Enrolled(CredentialRow Credential, bool IsNew);

/// <summary>
/// Key pair, seal, certificate, in one call and in the order in which a crash leaves nothing unknown: serial and
/// to-be-signed bytes are stored and logged, then signed, then the credential exists.
/// </summary>
internal sealed class Enrolment(
    IDbContextFactory<AuthorityDb> databases,
    CertificationAuthority authority,
    CertificateStore certificates,
    KeyVault vault,
    AuditLog audit,
    TimeProvider time)
{
    public const string PersonProfile = "person";

    public async Task<Answer<Enrolled>> EnrolAsync(Caller caller, EnrolmentRequest request, Passphrase passphrase, CancellationToken cancellation)
    {
        if (await FindFormerAsync(caller, request, cancellation) is { } former)
        {
            return former;
        }

        if (PassphrasePolicy.Default.Judge(passphrase, [request.Subject.CommonName, request.SubjectId]) is { } weakness)
        {
            return new Refusal(RefusalReason.WeakPassphrase, Weakness: weakness);
        }

        using var key = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
        var prepared = authority.PreparePerson(caller.ClientId, request.SubjectId, request.Subject, key.SubjectPublicKeyInfo);
        if (prepared.Refusal is { } refusal)
        {
            return refusal;
        }

        var owner = new KeyOwner(
            "c-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            request.SubjectId,
            prepared.Value.SerialNumber.ToString(),
            SHA256.HashData(key.SubjectPublicKeyInfo.Span));
        var sealedKey = await vault.SealAsync(key, owner, passphrase, cancellation);
        return sealedKey is null
            ? new Refusal(RefusalReason.ServerBusy, RetryAfter: TimeSpan.FromSeconds(2))
            : await IssueAsync(caller, request, owner, sealedKey, prepared.Value);
    }

    /// <summary>From the first stored byte on nothing is cancelled by a caller who leaves.</summary>
    private async Task<Answer<Enrolled>> IssueAsync(
        Caller caller, EnrolmentRequest request, KeyOwner owner, SealedKey sealedKey, PreparedCertificate prepared)
    {
        await certificates.StorePreparedAsync(prepared, IssuerNames.Issuing, caller.ClientId);
        var issued = await prepared.IssueAsync(CancellationToken.None);
        var credential = new CredentialRow
        {
            Id = owner.CredentialId,
            ClientId = caller.ClientId,
            SubjectId = owner.SubjectId,
            SerialNumber = owner.SerialNumber,
            SpkiSha256 = owner.SpkiSha256,
            SealedKey = sealedKey.Blob,
            KdfSalt = sealedKey.Salt,
            KdfIterations = sealedKey.Kdf.Iterations,
            KdfMemoryKiB = sealedKey.Kdf.MemoryKiB,
            KdfLanes = sealedKey.Kdf.Lanes,
            CreatedAt = time.GetUtcNow(),
            IdempotencyKey = request.IdempotencyKey,
            RequestSha256 = request.Sha256(),
        };
        try
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync();
            await CertificateStore.StoreIssuedAsync(db, issued);
            db.Credentials.Add(credential);
            await db.SaveChangesAsync();
            await audit.AppendAsync(
                db,
                [
                    new AuditEntry(AuditAct.CertificateIssued, caller.ClientId, owner.SerialNumber, Convert.ToHexStringLower(issued.Certificate.Fingerprint(HashAlgorithmName.SHA256))),
                    new AuditEntry(AuditAct.CredentialEnrolled, caller.ClientId, owner.CredentialId, owner.SerialNumber),
                ],
                CancellationToken.None);
            await transaction.CommitAsync();
        }
        catch (DbUpdateException e) when (AuthorityDbSetup.IsDuplicate(e))
        {
            // The same Idempotency-Key at the same time: the other call's credential counts, this certificate never leaves.
            await certificates.AbandonAsync(owner.SerialNumber);
            return await FindFormerAsync(caller, request, CancellationToken.None) ?? new Refusal(RefusalReason.IdempotencyConflict);
        }

        var stored = await Credentials.FindAsync(databases, caller.ClientId, owner.CredentialId, CancellationToken.None);
        return new Enrolled(stored!, IsNew: true);
    }

    private async Task<Answer<Enrolled>?> FindFormerAsync(Caller caller, EnrolmentRequest request, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var former = await db.Credentials.AsNoTracking().Include(x => x.Certificate)
            .SingleOrDefaultAsync(x => x.ClientId == caller.ClientId && x.IdempotencyKey == request.IdempotencyKey, cancellation);
        if (former is null)
        {
            return null;
        }

        return former.RequestSha256.AsSpan().SequenceEqual(request.Sha256())
            ? new Enrolled(former, IsNew: false)
            : new Refusal(RefusalReason.IdempotencyConflict);
    }
}
