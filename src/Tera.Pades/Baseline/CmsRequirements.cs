using Tera.Pades.Cms;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Validation;

namespace Tera.Pades.Baseline;

/// <summary>B-B: the CMS structure.</summary>
internal static class CmsRequirements
{
    private const string SignerAttributes = "1.2.840.113549.1.9.16.2.18";
    private const string SignerAttributesV2 = "0.4.0.19122.1.1";
    private const string SigningTime = "1.2.840.113549.1.9.5";

    public static IReadOnlyList<BaselineRequirement> All { get; } =
    [
        Line("b.one-signer", "a", "SignedData has exactly one SignerInfo", s =>
            s.Cms?.Signers.Count == 1 ? null : $"it has {s.Cms?.Signers.Count ?? 0}"),
        Line("b.detached", "b", "SignedData has no eContent", s =>
            s.Cms is { Content: null } ? null : "there is content inside"),
        Line("b.certificates", "a", "SignedData.certificates has the signing certificate", s =>
            s.Cms is not null && s.Signer is not null && CertificateFields.Find(s.Signer, s.Cms.Certificates) is not null ? null : "the signing certificate is not there"),
        Line("b.content-type", "c", "content-type is id-data", s =>
            s.Signer?.ContentType == CmsOids.Data && s.Cms!.ContentType == CmsOids.Data ? null : $"content-type is {s.Signer?.ContentType ?? "missing"}"),
        Line("b.message-digest", "", "message-digest is the digest of the signed bytes", s =>
            s.Signer?.MessageDigest is null ? "message-digest is missing or stands twice" : s.Signature.DigestMatches == true ? null : "it is the digest of other bytes"),
        Line("b.signing-certificate", "h, i", "exactly one signing-certificate or signing-certificate-v2 names the signing certificate", SigningCertificate),
        Line("b.no-signing-time", "", "there is no signing-time attribute: /M has the claimed time", s =>
            s.CountSigned(SigningTime) == 0 ? null : "signing-time is there"),
        Line("b.signer-attributes", "", "there is at most one signer-attributes or signer-attributes-v2", s =>
            s.CountSigned(SignerAttributes) + s.CountSigned(SignerAttributesV2) <= 1 ? null : "there are several"),
        Line("b.signature-policy", "", "there is at most one signature-policy-identifier", s =>
            s.CountSigned(CmsOids.SignaturePolicy) <= 1 ? null : "there are several"),
        Line("b.attributes-der", "", "the signed attributes are a DER SET OF", s =>
            s.Signer is { SignedAttributesAreDer: true, SignedAttributes.Count: > 0 } ? null : "they are in another order or missing"),
        Line("b.algorithms", "", "digest algorithm and signature algorithm go together", s =>
            s.Has(StructureDefect.AlgorithmMismatch) ? Defects.TextOf(StructureDefect.AlgorithmMismatch) : null),
        Line("b.value", "", "the signature value is that of the signing certificate's key", s =>
            s.Signature.Value == SignatureValueState.Holds ? null : s.Signature.Value == SignatureValueState.Unsupported ? "its algorithm is not supported" : "it is not"),
    ];

    private static BaselineRequirement Line(string id, string letter, string text, Func<BaselineSubject, string?> objection) =>
        new(id, PadesLevel.B, letter, text) { Objection = objection };

    private static string? SigningCertificate(BaselineSubject subject)
    {
        var count = subject.CountSigned(CmsOids.SigningCertificate) + subject.CountSigned(CmsOids.SigningCertificateV2);
        return count != 1 ? $"there are {count}"
            : subject.Has(StructureDefect.CertificateNotBound) || subject.Signer?.SigningCertificate is null ? "it names another certificate"
            : null;
    }
}
