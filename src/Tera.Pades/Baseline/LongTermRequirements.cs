using System.Security.Cryptography;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Signing.LongTerm;

namespace Tera.Pades.Baseline;

/// <summary>B-LT: the document security store.</summary>
internal static class LongTermRequirements
{
    private static readonly HashSet<string> VriKeys = new(["Type", "Cert", "CRL", "OCSP", "TU", "TS"], StringComparer.Ordinal);

    public static IReadOnlyList<BaselineRequirement> All { get; } =
    [
        Line("lt.store", "", "the catalog has a /DSS", s =>
            StoreOf(s.File.Latest) is null ? "/DSS is missing" : null),
        Line("lt.certificates", "", "the chains of the signer, of each time-stamping authority and of whoever signed revocation data are there", s =>
            s.Missing(long.MaxValue) is { Refusal: ExtensionRefusal.IssuerUnknown or ExtensionRefusal.CertificateUnreadable or ExtensionRefusal.ChainInvalid } missing ? missing.Message : null),
        Line("lt.revocation", "", "OCSP responses or CRLs prove each certificate of these chains, made after the proven time or fresh at it", s =>
            s.Time is null ? "no time is proven at which they should hold"
            : s.Missing(long.MaxValue) is { Refusal: not (ExtensionRefusal.IssuerUnknown or ExtensionRefusal.CertificateUnreadable or ExtensionRefusal.ChainInvalid) } missing ? missing.Message : null),
        Line("lt.values-in-store", "", "revocation data are not in unsigned attributes of the signature", s =>
            s.Signer?.UnsignedAttributes.Any(a => a.Oid is CmsOids.RevocationValues or CmsOids.AdobeRevocation) == true ? "the signature has them" : null),
        Line("lt.vri", "", "VRI entries are named by the SHA-1 of a /Contents in upper-case hexadecimal, and hold what they may", Vri),
        Line("lt.store-kept", "", "no later revision takes anything out of the store", Kept),
    ];

    private static BaselineRequirement Line(string id, string letter, string text, Func<BaselineSubject, string?> objection) =>
        new(id, PadesLevel.Lt, letter, text) { Objection = objection };

    private static PdfDictionary? StoreOf(PdfView view) => view.GetDictionary(view.Catalog, "DSS");

    private static string? Vri(BaselineSubject subject)
    {
        var view = subject.File.Latest;
        foreach (var (key, value) in view.GetDictionary(StoreOf(view), "VRI") ?? PdfDictionary.Of())
        {
            if (key == "Type")
                continue;
            if (key.Length != 40 || !key.All(char.IsAsciiHexDigitUpper))
                return $"/{key} is no SHA-1 in upper-case hexadecimal";
            if (view.Resolve(value) is not PdfDictionary entry || !entry.Keys.All(VriKeys.Contains))
                return $"/{key} holds something else";
        }
        return null;
    }

    private static string? Kept(BaselineSubject subject)
    {
        var now = Values(subject.File.Latest);
        for (var r = 0; r < subject.File.Revisions.Count - 1; r++)
        {
            if (!Values(subject.File.At(r)).IsSubsetOf(now))
                return $"revision {r + 1} of {subject.File.Revisions.Count} had values that are gone";
        }
        return null;
    }

    private static HashSet<string> Values(PdfView view)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in (string[])["Certs", "CRLs", "OCSPs"])
        {
            foreach (var item in view.GetArray(StoreOf(view), key) ?? PdfArray.Of())
            {
                if (view.Resolve(item) is PdfStream stream && view.File.TryDecode(stream, view.RevisionIndex, out var data) == PdfRefusal.None)
                    values.Add(key + Convert.ToHexString(SHA256.HashData(data)));
            }
        }
        return values;
    }
}
