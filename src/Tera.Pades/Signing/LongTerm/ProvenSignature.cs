using Tera.Pades.Cms;
using Tera.Pades.Validation;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>A signature or document time stamp of which validation data are wanted: who made it, and when it was there at the latest.</summary>
/// <param name="Field">The signature field.</param>
/// <param name="SignerCertificate">The DER certificate of the signer; null for a document time stamp, whose token says it.</param>
/// <param name="At">The time proven by its time stamps; null where there are none yet.</param>
/// <param name="TimeStamps">The tokens on it; for a document time stamp, the one that it is.</param>
internal sealed record ProvenSignature(string Field, byte[]? SignerCertificate, DateTimeOffset? At, IReadOnlyList<TimeStampEvidence> TimeStamps)
{
    /// <summary>A signature made a moment ago, from its CMS structure.</summary>
    public static ProvenSignature Of(string field, ReadOnlyMemory<byte> cms)
    {
        var data = SignedData.Read(cms, out _)!;
        var signer = data.Signers[0];
        var stamps = signer.SignatureTimeStamps.Select(t => TimeStampReader.OverBytes(t, signer.Signature, data.Certificates)).ToList();
        return new ProvenSignature(field, data.Certificates[0].ToArray(), stamps.Where(s => s.IsIntact).Min(s => s.Time), stamps);
    }

    /// <summary>The signatures of a file, with the times that signature time stamps and document time stamps behind them prove.</summary>
    public static IReadOnlyList<ProvenSignature> Of(Evidence evidence) => [.. evidence.Signatures.Select(s => new ProvenSignature(
        s.Field,
        s.IsDocumentTimeStamp ? null : s.SignerCertificate,
        s.TimeStamps.Concat(evidence.Signatures.Where(d => d.IsDocumentTimeStamp && d.IsIntact && d.Revision > s.Revision).SelectMany(d => d.TimeStamps))
            .Where(t => t.IsIntact).Min(t => t.Time),
        s.TimeStamps))];
}
