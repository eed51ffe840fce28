using System.Formats.Asn1;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Validation;

namespace Tera.Pades.Baseline;

/// <summary>B-B: the signature dictionary and its field.</summary>
internal static class DictionaryRequirements
{
    /// <summary>Nesting that no CMS structure has.</summary>
    private const int MaxDepth = 64;

    private static readonly StructureDefect[] ByteRangeDefects =
    [
        StructureDefect.ByteRangeMalformed, StructureDefect.ByteRangeNotFromStart, StructureDefect.ByteRangeOutsideFile, StructureDefect.HoleIsNotContents,
        StructureDefect.EndIsNotRevision, StructureDefect.RevisionNotInHistory, StructureDefect.ReachesBeyond, StructureDefect.DictionaryNotCovered,
    ];

    public static IReadOnlyList<BaselineRequirement> All { get; } =
    [
        Line("b.filter", "", "the signature dictionary has /Filter", s =>
            s.View.GetName(s.Dictionary, "Filter") is null ? "/Filter is missing" : null),
        Line("b.sub-filter", "l", "/SubFilter is ETSI.CAdES.detached", s =>
            s.Signature.SubFilter == "ETSI.CAdES.detached" ? null : $"/SubFilter is {(s.Signature.SubFilter.Length == 0 ? "missing" : s.Signature.SubFilter)}"),
        Line("b.contents", "", "/Contents is a hexadecimal string with one DER SignedData, padded with zeros", Contents),
        Line("b.byte-range", "", "/ByteRange covers the signed revision from its first byte to its last, all but /Contents", s =>
            ByteRangeDefects.FirstOrDefault(d => s.Has(d)) is var found && s.Has(found) ? Defects.TextOf(found) : null),
        Line("b.byte-range-own", "", "no other signature claims the same bytes for its /Contents", s =>
            s.Has(StructureDefect.SharedByteRange) ? Defects.TextOf(StructureDefect.SharedByteRange) : null),
        Line("b.signing-time", "", "/M has the claimed time", s =>
            s.View.Resolve(s.Dictionary["M"]) is PdfString time && PdfText.DecodeDate(time) is not null ? null : "/M is missing or no date"),
        Line("b.no-cert", "", "the signature dictionary has no /Cert", s =>
            s.Dictionary["Cert"] is null ? null : "/Cert is there"),
        Line("b.reason-or-commitment", "d", "/Reason and commitment-type-indication do not stand together", s =>
            s.Dictionary["Reason"] is not null && s.CountSigned(CmsOids.CommitmentType) > 0 ? "both are there" : null),
        Line("b.reason-or-policy", "m", "/Reason and signature-policy-identifier do not stand together", s =>
            s.Dictionary["Reason"] is not null && s.CountSigned(CmsOids.SignaturePolicy) > 0 ? "both are there" : null),
        Line("b.one-field", "", "one signature field has the dictionary, and no later revision changes them", s =>
            s.Has(StructureDefect.SharedByFields) ? Defects.TextOf(StructureDefect.SharedByFields)
            : s.Has(StructureDefect.Replaced) ? Defects.TextOf(StructureDefect.Replaced)
            : s.Dictionary.HasDuplicateKeys ? Defects.TextOf(StructureDefect.DuplicateKeys) : null),
        Line("b.extension", "", "a PDF 1.x file declares the developer extension ESIC (clause 5.6)", s =>
            string.CompareOrdinal(s.View.Version, "2.0") >= 0 || s.View.Get(s.View.GetDictionary(s.View.Catalog, "Extensions"), "ESIC") is PdfDictionary or PdfArray
                ? null : "the catalog's /Extensions has no /ESIC"),
    ];

    private static BaselineRequirement Line(string id, string letter, string text, Func<BaselineSubject, string?> objection) =>
        new(id, PadesLevel.B, letter, text) { Objection = objection };

    private static string? Contents(BaselineSubject subject)
    {
        if (subject.Contents is not { IsHex: true } contents)
            return "/Contents is missing or no hexadecimal string";
        if (subject.Cms is not { } cms)
            return "/Contents holds no SignedData";
        if (contents.Bytes.Span[cms.EncodedLength..].ContainsAnyExcept((byte)0))
            return "something follows the SignedData besides zeros";
        return IsDer(contents.Bytes.Span[..cms.EncodedLength], depth: 0) ? null : "the SignedData is not in DER";
    }

    // Lengths and headers; the order of the signed attributes is a line of its own.
    private static bool IsDer(ReadOnlySpan<byte> encoded, int depth)
    {
        while (!encoded.IsEmpty)
        {
            if (depth > MaxDepth || !AsnDecoder.TryReadEncodedValue(encoded, AsnEncodingRules.DER, out var tag, out var offset, out var length, out var consumed))
                return false;
            if (tag.IsConstructed && !IsDer(encoded.Slice(offset, length), depth + 1))
                return false;
            encoded = encoded[consumed..];
        }
        return true;
    }
}
