using System.Globalization;
using System.Text.Json.Nodes;
using Tera.Authority.Databases;
using Tera.Authority.Vault;

namespace Tera.Authority.Issuance;

/// <summary>A credential as the enrolment interface shows it.</summary>
internal sealed class CredentialView(CertificationAuthority authority, Attempts attempts, TimeProvider time)
{
    public JsonObject Show(CredentialRow credential)
    {
        var certificate = credential.Certificate;
        var view = new JsonObject
        {
            ["credentialId"] = credential.Id,
            ["subjectId"] = credential.SubjectId,
            ["status"] = StatusOf(credential),
            ["certificate"] = Convert.ToBase64String(certificate.Der!),
            ["chain"] = new JsonArray([.. authority.Chain.Select(x => JsonValue.Create(Convert.ToBase64String(x.Encoded.Span)))]),
            ["serialNumber"] = certificate.SerialNumber,
            ["notBefore"] = Instant(certificate.NotBefore),
            ["notAfter"] = Instant(certificate.NotAfter),
            ["createdAt"] = Instant(credential.CreatedAt),
        };
        if (certificate is { Standing: CertificateStanding.Revoked, RevokedAt: { } revokedAt })
        {
            view["revokedAt"] = Instant(revokedAt);
            view["revocationReason"] = RevocationReasons.NameOf(certificate.RevocationReason ?? 0);
        }

        return view;
    }

    private string StatusOf(CredentialRow credential) => credential.Certificate.Standing switch
    {
        CertificateStanding.Revoked => "revoked",
        CertificateStanding.Suspended => "suspended",
        _ when credential.Certificate.NotAfter < time.GetUtcNow() => "expired",
        _ => attempts.IsLockedForGood(credential) ? "locked" : "active",
    };

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
