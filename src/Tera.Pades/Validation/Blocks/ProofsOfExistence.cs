namespace Tera.Pades.Validation.Blocks;

/// <summary>
/// POE: since when each signature, time stamp, certificate and piece of revocation data is proven to be there (EN 319 102-1 5.6.2.3).
/// At first everything is proven for the instant of the judgement; every time stamp that holds proves it earlier for the bytes it covers.
/// </summary>
internal sealed class ProofsOfExistence(Evidence evidence, DateTimeOffset now)
{
    private readonly Dictionary<object, DateTimeOffset> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, DateTimeOffset> _contents = new(Materials.ByContent.Instance);

    /// <summary>The earliest proof for a signature or a time stamp.</summary>
    public DateTimeOffset Of(object signatureOrStamp) => _objects.GetValueOrDefault(signatureOrStamp, now);

    /// <summary>The earliest proof for a certificate, a revocation list or an OCSP response.</summary>
    public DateTimeOffset Of(ReadOnlyMemory<byte> encoded) => _contents.GetValueOrDefault(encoded, now);

    /// <summary>
    /// Takes what a time stamp proves. One over the document covers the bytes of its revision; one over a signature value covers the value,
    /// and through the signed digest what that signature covers, with the certificate that the signed attributes name.
    /// </summary>
    public void Extract(SignatureEvidence carrier, TimeStampEvidence stamp)
    {
        if (stamp.Time is not { } time || time >= now || carrier.ByteRange.Count != 4)
            return;
        if (!carrier.IsDocumentTimeStamp)
        {
            Set(carrier, time);
            if (carrier.BindsCertificate && carrier.SignerCertificate is { } signer)
                Set(signer, time);
            if (!carrier.IsIntact)
                return;
        }
        foreach (var value in evidence.StoredCertificates.Concat(evidence.StoredCrls).Concat(evidence.StoredOcspResponses))
        {
            if (Covers(carrier, value.Offset))
                Set(value.Encoded, time);
        }
        foreach (var other in evidence.Signatures)
        {
            if (CoversSignature(carrier, other) && other.Defects.Count == 0)
                SetContained(other, time);
        }
    }

    /// <summary>Whether the covered bytes of one signature hold another, its value included.</summary>
    public static bool CoversSignature(SignatureEvidence outer, SignatureEvidence inner) =>
        !ReferenceEquals(outer, inner) && outer.ByteRange.Count == 4 && inner.ByteRange.Count == 4 && inner.ByteRange[2] <= outer.ByteRange[1];

    private static bool Covers(SignatureEvidence carrier, long offset) =>
        offset < carrier.ByteRange[1] || (offset >= carrier.ByteRange[2] && offset < carrier.ByteRange[2] + carrier.ByteRange[3]);

    private void SetContained(SignatureEvidence signature, DateTimeOffset time)
    {
        if (_objects.TryGetValue(signature, out var known) && known <= time && signature.TimeStamps.All(t => Of(t) <= time))
            return;
        Set(signature, time);
        foreach (var item in signature.Certificates.Concat(signature.Crls).Concat(signature.OcspResponses))
            Set(item, time);
        if (signature.SignerCertificate is { } signer)
            Set(signer, time);
        foreach (var stamp in signature.TimeStamps)
        {
            Set(stamp, time);
            foreach (var item in stamp.Certificates.Concat(stamp.Crls).Concat(stamp.OcspResponses))
                Set(item, time);
            if (stamp.AuthorityCertificate is { } authority)
                Set(authority, time);
        }
    }

    private void Set(object item, DateTimeOffset time)
    {
        if (Of(item) > time)
            _objects[item] = time;
    }

    private void Set(byte[] encoded, DateTimeOffset time)
    {
        if (Of((ReadOnlyMemory<byte>)encoded) > time)
            _contents[encoded] = time;
    }
}
