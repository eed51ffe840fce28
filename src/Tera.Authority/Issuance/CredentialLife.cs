using Microsoft.EntityFrameworkCore;
using Tera.Authority.Access;
using Tera.Authority.Audit;
using Tera.Authority.Databases;
using Tera.Authority.RemoteSigning;
using Tera.Authority.Requests;
using Tera.Authority.Status;
using Tera.Authority.Vault;

namespace Tera.Authority.Issuance;

/// <summary>
/// What happens to a credential after its enrolment. A revocation destroys the sealed key and is never taken back
/// (EN 319 411-1 6.2.4); a suspension may be. Each is on OCSP and CRL when the call returns.
/// </summary>
internal sealed class CredentialLife(
    IDbContextFactory<AuthorityDb> databases, CrlPublisher crls, OpenKeys openKeys, KeyVault vault, AuditLog audit, TimeProvider time)
{
    /// <summary>RFC 5280 5.3.1, certificateHold.</summary>
    private const int CertificateHold = 6;

    public async Task<Answer<CredentialRow>> RevokeAsync(Caller caller, string credentialId, int reason, CancellationToken cancellation)
    {
        var changed = await ChangeAsync(caller, credentialId, new AuditEntry(AuditAct.CredentialRevoked, caller.ClientId, credentialId, $"reason {reason}"), async (db, credential) =>
        {
            if (credential.Certificate.Standing == CertificateStanding.Revoked)
            {
                return Change.Nothing;
            }

            var now = time.GetUtcNow();
            await db.Certificates.Where(x => x.SerialNumber == credential.SerialNumber).ExecuteUpdateAsync(set => set
                .SetProperty(x => x.Standing, CertificateStanding.Revoked)
                .SetProperty(x => x.RevokedAt, now)
                .SetProperty(x => x.RevocationReason, reason));
            // SQLite reuses the page and PostgreSQL the tuple in their own time; the pepper of this credential stays underivable without the platform key.
            await db.Credentials.Where(x => x.Id == credentialId).ExecuteUpdateAsync(set => set.SetProperty(x => x.SealedKey, (byte[]?)null));
            await WithdrawAsync(db, credentialId);
            return Change.Done;
        }, cancellation);
        return changed;
    }

    public Task<Answer<CredentialRow>> SuspendAsync(Caller caller, string credentialId, CancellationToken cancellation) =>
        ChangeAsync(caller, credentialId, new AuditEntry(AuditAct.CredentialSuspended, caller.ClientId, credentialId), async (db, credential) =>
        {
            if (credential.Certificate.Standing != CertificateStanding.Good)
            {
                return credential.Certificate.Standing == CertificateStanding.Suspended ? Change.Nothing : Change.Forbidden;
            }

            var now = time.GetUtcNow();
            await db.Certificates.Where(x => x.SerialNumber == credential.SerialNumber).ExecuteUpdateAsync(set => set
                .SetProperty(x => x.Standing, CertificateStanding.Suspended)
                .SetProperty(x => x.RevokedAt, now)
                .SetProperty(x => x.RevocationReason, CertificateHold));
            await WithdrawAsync(db, credentialId);
            return Change.Done;
        }, cancellation);

    public Task<Answer<CredentialRow>> ReleaseAsync(Caller caller, string credentialId, CancellationToken cancellation) =>
        ChangeAsync(caller, credentialId, new AuditEntry(AuditAct.CredentialReleased, caller.ClientId, credentialId), async (db, credential) =>
        {
            if (credential.Certificate.Standing != CertificateStanding.Suspended)
            {
                return Change.Forbidden;
            }

            await db.Certificates.Where(x => x.SerialNumber == credential.SerialNumber).ExecuteUpdateAsync(set => set
                .SetProperty(x => x.Standing, CertificateStanding.Good)
                .SetProperty(x => x.RevokedAt, (DateTimeOffset?)null)
                .SetProperty(x => x.RevocationReason, (int?)null));
            return Change.Done;
        }, cancellation);

    public async Task<Refusal?> ChangePassphraseAsync(
        Caller caller, string credentialId, Passphrase old, Passphrase replacement, CancellationToken cancellation)
    {
        if (await Credentials.FindAsync(databases, caller.ClientId, credentialId, cancellation) is not { } credential)
        {
            return new Refusal(RefusalReason.NotFound);
        }

        var certificate = Pki.Certificates.Certificate.Decode(credential.Certificate.Der);
        if (PassphrasePolicy.Default.Judge(replacement, [.. certificate.Subject.Values(NameOids.CommonName), credential.SubjectId]) is { } weakness)
        {
            return new Refusal(RefusalReason.WeakPassphrase, Weakness: weakness);
        }

        return await vault.ChangePassphraseAsync(credential, old, replacement, caller.ClientId, cancellation);
    }

    private async Task<Answer<CredentialRow>> ChangeAsync(
        Caller caller, string credentialId, AuditEntry entry, Func<AuthorityDb, CredentialRow, Task<Change>> change, CancellationToken cancellation)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            // Locks the row, so that two changes of one credential stand in line.
            await db.Credentials.Where(x => x.Id == credentialId && x.ClientId == caller.ClientId)
                .ExecuteUpdateAsync(set => set.SetProperty(x => x.CreatedAt, x => x.CreatedAt), cancellation);
            if (await Credentials.FindAsync(db, caller.ClientId, credentialId, cancellation) is not { } credential)
            {
                return new Refusal(RefusalReason.NotFound);
            }

            switch (await change(db, credential))
            {
                case Change.Forbidden:
                    return new Refusal(RefusalReason.InvalidState);
                case Change.Nothing:
                    return credential;
                default:
                    await audit.AppendAsync(db, [entry], CancellationToken.None);
                    await transaction.CommitAsync(CancellationToken.None);
                    break;
            }
        }

        openKeys.CloseAllOf(credentialId);
        await crls.PublishAsync(IssuerNames.Issuing, CancellationToken.None);
        return (await Credentials.FindAsync(databases, caller.ClientId, credentialId, CancellationToken.None))!;
    }

    private static Task<int> WithdrawAsync(AuthorityDb db, string credentialId) =>
        db.Activations.Where(x => x.CredentialId == credentialId && !x.Withdrawn).ExecuteUpdateAsync(set => set.SetProperty(x => x.Withdrawn, true));

    private enum Change
    {
        Done,
        Nothing,
        Forbidden,
    }
}
