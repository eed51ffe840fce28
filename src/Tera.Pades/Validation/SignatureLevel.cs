using Tera.Pades.Cms;
using Tera.Pades.Validation.Blocks;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Online;

namespace Tera.Pades.Validation;

/// <summary>
/// The level that a signature's form reaches (EN 319 142-1 clause 6, EN 319 142-2 for the extended profiles): what is there, complete and
/// in its place. What it is worth is the verdict's business: a time stamp that does not hold counts for the form all the same.
/// </summary>
internal sealed class SignatureLevel
{
    private const int MaximumChain = 8;

    private readonly Evidence _evidence;
    private readonly Materials _materials;
    private readonly List<SignatureEvidence> _documentStamps;
    private readonly ILookup<DistinguishedName, Certificate> _bySubject;
    private readonly HashSet<DistinguishedName> _lists;
    private readonly HashSet<SerialNumber> _answers;
    private readonly Dictionary<Certificate, bool> _complete = [];

    public SignatureLevel(Evidence evidence, Materials materials)
    {
        _evidence = evidence;
        _materials = materials;
        _documentStamps = [.. evidence.Signatures.Where(s => s is { IsDocumentTimeStamp: true, Type: "DocTimeStamp", ByteRange.Count: 4 } && s.TimeStamps.Any(t => t.Time is not null)).OrderBy(s => s.ByteRange[1])];
        _bySubject = materials.Certificates.ToLookup(c => c.Subject);
        _lists = [.. materials.Crls.Select(c => c.Issuer)];
        _answers = [.. materials.OcspResponses.SelectMany(r => r.Responses).Select(r => r.CertId.SerialNumber)];
    }

    public string Of(SignatureEvidence signature)
    {
        if (signature.IsDocumentTimeStamp)
            return "DocTimeStamp";
        var covering = _documentStamps.Where(s => ProofsOfExistence.CoversSignature(s, signature)).ToList();
        // The first time stamp is what gives T; its authority belongs to what LT needs.
        var first = signature.TimeStamps.FirstOrDefault(t => t.Time is not null) ?? covering.FirstOrDefault()?.TimeStamps[0];
        var isLongTerm = first is not null && HasStore && IsComplete(signature.SignerCertificate) && IsComplete(first.AuthorityCertificate);
        var isArchived = isLongTerm && covering.Exists(CoversStore);
        var suffix = isArchived ? "LTA" : isLongTerm ? "LT" : first is not null ? "T" : "B";
        return Profile(signature) switch
        {
            "PAdES-BES" => covering.Count > 0 && HasStore ? "PAdES-LTV" : "PAdES-BES",
            "PDF-NOT-ETSI" => "PDF-NOT-ETSI",
            var profile => $"{profile}-{suffix}",
        };
    }

    private bool HasStore => _evidence.StoredCrls.Count + _evidence.StoredOcspResponses.Count > 0;

    private static string Profile(SignatureEvidence signature)
    {
        bool Signs(string oid) => signature.SignedAttributes.Contains(oid, StringComparer.Ordinal);
        // One signer over content that lies outside: CMS as a PDF signature has it.
        if (signature.SignerCount != 1 || signature.CarriesContent || !Signs(CmsOids.MessageDigest) || !Signs(CmsOids.ContentType))
            return "PDF-NOT-ETSI";
        if (signature.SubFilter is "adbe.pkcs7.detached" or "adbe.pkcs7.sha1")
            return "PKCS7";
        if (signature.SubFilter != "ETSI.CAdES.detached" || !signature.BindsCertificate)
            return "PDF-NOT-ETSI";
        // EN 319 142-1 6.3: the place and the reason are said once, in the dictionary or in the attributes as the table has it.
        if (Signs(CmsOids.SignerLocation) || (signature.HasReason && Signs(CmsOids.CommitmentType)))
            return "PDF-NOT-ETSI";
        // Baseline has its claimed time in /M alone and no /Cert; the extended profiles allow more.
        return signature.HasModificationTime && !signature.HasCertificateEntry && !Signs(CmsOids.SigningTime) ? "PAdES-B" : "PAdES-BES";
    }

    // Certificates and revocation data lie before the time stamp that shall keep them.
    private bool CoversStore(SignatureEvidence stamp) =>
        _evidence.StoredCrls.Concat(_evidence.StoredOcspResponses).Any(v => v.Offset < stamp.ByteRange[1]);

    // Whether each certificate up to a self-signed one, or to one whose issuer nobody has, is there with revocation data about it.
    private bool IsComplete(byte[]? encoded)
    {
        var certificate = encoded is null ? null : _materials.Certificate(encoded);
        for (var depth = 0; certificate is not null && depth < MaximumChain; depth++)
        {
            if (certificate.IsSelfIssued || (_complete.TryGetValue(certificate, out var known) && known))
                return true;
            var isKnown = HasNoRevocation(certificate) || _lists.Contains(certificate.Issuer) || _answers.Contains(certificate.SerialNumber);
            _complete[certificate] = isKnown;
            if (!isKnown)
                return false;
            var last = certificate;
            certificate = _bySubject[last.Issuer].FirstOrDefault(i => Fits(last, i));
        }
        return encoded is not null;
    }

    // Of a certificate that names neither list nor responder, nobody publishes revocation data that could be missing.
    private static bool HasNoRevocation(Certificate certificate) => certificate.Constraints.HasOcspNoCheck
        || (CertificateAddresses.DistributionPoints(certificate).Count == 0 && CertificateAddresses.Responders(certificate).Count == 0);

    private static bool Fits(Certificate certificate, Certificate issuer) =>
        certificate.Constraints.AuthorityKeyIdentifier is not { } wanted || issuer.Constraints.SubjectKeyIdentifier is not { } has || wanted.Span.SequenceEqual(has.Span);
}
