using System.Globalization;
using System.Text.Json.Nodes;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Authority.Vault;
using Tera.Pki.Certificates;

namespace Tera.Authority.RemoteSigning;

/// <summary>What a client wants to know of a credential: how many certificates, and the two blocks of CSC v2.</summary>
internal sealed record CredentialDetail(int Certificates, bool CertificateInfo, bool AuthorisationInfo);

/// <summary>A credential in the words of CSC v2 credentials/info.</summary>
internal sealed class CredentialDescriptions(KeyVault vault, Attempts attempts, CertificationAuthority authority, AuthorityOptions options)
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    public bool IsUsable(CredentialRow credential) => vault.RefuseStanding(credential) is null && !attempts.IsLockedForGood(credential);

    public JsonObject Describe(CredentialRow credential, CredentialDetail wanted)
    {
        var certificate = Certificate.Decode(credential.Certificate.Der);
        var description = new JsonObject
        {
            ["key"] = DescribeKey(credential),
            ["cert"] = DescribeCertificate(credential, certificate, wanted),
        };
        if (wanted.AuthorisationInfo)
        {
            description["auth"] = new JsonObject
            {
                ["mode"] = "explicit",
                ["expression"] = "PIN",
                ["objects"] = new JsonArray(new JsonObject { ["type"] = "Password", ["id"] = "PIN", ["format"] = "A", ["label"] = "Passphrase" }),
            };
        }

        description["SCAL"] = "2";
        description["multisign"] = options.Activations.MaximumHashes;
        description["lang"] = "id";
        return description;
    }

    private JsonObject DescribeKey(CredentialRow credential)
    {
        using var opened = Credentials.OpenCertificate(credential);
        using var ec = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPublicKey(opened);
        using var rsa = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPublicKey(opened);
        var key = new JsonObject
        {
            ["status"] = IsUsable(credential) ? "enabled" : "disabled",
            ["algo"] = new JsonArray(Credentials.AlgorithmOf(credential).Oid, ec is null ? RsaEncryption : EcPublicKey),
            ["len"] = ec?.KeySize ?? rsa?.KeySize ?? 0,
        };
        if (ec is not null)
        {
            key["curve"] = ec.ExportParameters(includePrivateParameters: false).Curve.Oid.Value;
        }

        return key;
    }

    private JsonObject DescribeCertificate(CredentialRow credential, Certificate certificate, CredentialDetail wanted)
    {
        IEnumerable<ReadOnlyMemory<byte>> chain = [certificate.Encoded, .. authority.Chain.Select(x => x.Encoded)];
        var description = new JsonObject
        {
            ["status"] = vault.RefuseStanding(credential)?.Reason switch
            {
                Requests.RefusalReason.CredentialRevoked => "revoked",
                Requests.RefusalReason.CredentialSuspended => "suspended",
                Requests.RefusalReason.CredentialExpired => "expired",
                _ => "valid",
            },
        };
        if (wanted.Certificates > 0)
        {
            description["certificates"] = new JsonArray([.. chain.Take(wanted.Certificates).Select(x => JsonValue.Create(Convert.ToBase64String(x.Span)))]);
        }

        if (wanted.CertificateInfo)
        {
            description["issuerDN"] = certificate.Issuer.ToString();
            description["serialNumber"] = certificate.SerialNumber.ToString();
            description["subjectDN"] = certificate.Subject.ToString();
            description["validFrom"] = GeneralizedTime(certificate.NotBefore);
            description["validTo"] = GeneralizedTime(certificate.NotAfter);
        }

        return description;
    }

    private static string GeneralizedTime(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
}
