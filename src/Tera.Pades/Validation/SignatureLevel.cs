using Tera.Pades.Cms;

namespace Tera.Pades.Validation;

/// <summary>The level that a signature's form reaches (EN 319 142-1 clause 6); what it is worth is the verdict's business.</summary>
internal static class SignatureLevel
{
    public static string Of(SignatureEvidence signature, Evidence evidence)
    {
        if (signature.IsDocumentTimeStamp)
            return "DocTimeStamp";
        var documentStamps = evidence.Signatures.Where(s => s.IsDocumentTimeStamp && s.Revision > signature.Revision && s.TimeStamps.Any(t => t.IsIntact)).ToList();
        var hasTime = signature.TimeStamps.Any(t => t.IsIntact) || documentStamps.Count > 0;
        // EN 319 142-1 6.3 (a), (b) and RFC 5652 5.4: one signer, no content inside, signed attributes in DER.
        var isForm = signature is { SubFilter: "ETSI.CAdES.detached", BindsCertificate: true, SignerCount: 1, CarriesContent: false, AttributesAreDer: true };
        if (!isForm)
            return hasTime ? "PKCS7-T" : "PKCS7-B";
        if (!hasTime)
            return "PAdES-B-B";
        var hasStore = evidence.StoredCertificates.Count > 0 && evidence.StoredCrls.Count + evidence.StoredOcspResponses.Count > 0;
        if (!hasStore)
            return "PAdES-B-T";
        return documentStamps.Count > 0 && signature.TimeStamps.Any(t => t.IsIntact) || documentStamps.Count > 1 ? "PAdES-B-LTA" : "PAdES-B-LT";
    }
}
