using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Validation;

namespace Tera.Pades.Baseline;

/// <summary>B-LTA: document time stamps.</summary>
internal static class ArchiveRequirements
{
    public static IReadOnlyList<BaselineRequirement> All { get; } =
    [
        Line("lta.time-stamp", "", "a document time stamp with /Type /DocTimeStamp and /SubFilter /ETSI.RFC3161 comes after the signature", s =>
            Stamps(s).Any(t => IsDocTimeStamp(s, t)) ? null : "there is none"),
        Line("lta.imprint", "", "the imprint of each document time stamp is the digest of its byte range, and the token holds", s =>
            Stamps(s).FirstOrDefault(t => !t.IsIntact) is { } broken ? $"{broken.Field}: it does not hold" : null),
        Line("lta.covers", "y", "a document time stamp covers the validation data of the signature and of its time stamps", s =>
            s.Archives.Select(a => s.Missing(a.ByteRange[1])).ToList() is var missing && missing.Contains(null) ? null
            : missing.Count == 0 ? "there is none" : missing[^1]!.Message),
    ];

    private static BaselineRequirement Line(string id, string letter, string text, Func<BaselineSubject, string?> objection) =>
        new(id, PadesLevel.Lta, letter, text) { Objection = objection };

    private static IEnumerable<SignatureEvidence> Stamps(BaselineSubject subject) =>
        subject.Evidence.Signatures.Where(s => s.IsDocumentTimeStamp && s.FirstRevision > subject.Signature.FirstRevision);

    private static bool IsDocTimeStamp(BaselineSubject subject, SignatureEvidence stamp)
    {
        var view = subject.File.At(stamp.FirstRevision);
        return SignatureField.Read(view).FirstOrDefault(f => f.Name == stamp.Field)?.Value is { } value && value.Is("Type", "DocTimeStamp");
    }
}
