namespace Tera.Pades.Validation.Blocks;

/// <summary>
/// POE: since when each signature, time stamp, certificate and piece of revocation data is proven to be there (EN 319 102-1 5.6.2.3).
/// At first everything is proven for the instant of the judgement; every time stamp that holds proves it earlier for the bytes it covers.
/// A time stamp covers the file from its first byte to its own place, so one number a thing, where it lies first, tells what covers it.
/// </summary>
internal sealed class ProofsOfExistence
{
    private readonly DateTimeOffset _now;
    private readonly Dictionary<object, long> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, long> _contentPlaces = new(Materials.ByContent.Instance);
    private readonly Dictionary<object, DateTimeOffset> _direct = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, DateTimeOffset> _directContents = new(Materials.ByContent.Instance);

    /// <summary>Up to where time stamps cover the file, the farthest first, each with the earliest time of those so far.</summary>
    private readonly List<(long End, DateTimeOffset Earliest)> _coverage = [];

    public ProofsOfExistence(Evidence evidence, DateTimeOffset now)
    {
        _now = now;
        foreach (var value in evidence.StoredCertificates.Concat(evidence.StoredCrls).Concat(evidence.StoredOcspResponses))
            Place(value.Encoded, value.Offset);
        foreach (var signature in evidence.Signatures.Where(s => s.Defects.Count == 0 && s.ByteRange.Count == 4))
        {
            // A value is there when the last byte of its hole is.
            var place = signature.ByteRange[2] - 1;
            _places[signature] = place;
            foreach (var item in signature.Certificates.Concat(signature.Crls).Concat(signature.OcspResponses))
                Place(item, place);
            if (signature.SignerCertificate is { } signer)
                Place(signer, place);
            foreach (var stamp in signature.TimeStamps)
            {
                _places[stamp] = place;
                foreach (var item in stamp.Certificates.Concat(stamp.Crls).Concat(stamp.OcspResponses))
                    Place(item, place);
                if (stamp.AuthorityCertificate is { } authority)
                    Place(authority, place);
            }
        }
    }

    /// <summary>The earliest proof for a signature or a time stamp.</summary>
    public DateTimeOffset Of(object signatureOrStamp) =>
        Earlier(_direct.GetValueOrDefault(signatureOrStamp, _now), _places.TryGetValue(signatureOrStamp, out var place) ? At(place) : _now);

    /// <summary>The earliest proof for a certificate, a revocation list or an OCSP response.</summary>
    public DateTimeOffset Of(ReadOnlyMemory<byte> encoded) =>
        Earlier(_directContents.GetValueOrDefault(encoded, _now), _contentPlaces.TryGetValue(encoded, out var place) ? At(place) : _now);

    /// <summary>
    /// Takes what a time stamp proves; those that lie farther back in the file come first. One over the document covers the bytes before
    /// it; one over a signature value covers the value, the certificate that the signed attributes name, and through the signed digest what
    /// that signature covers.
    /// </summary>
    public void Extract(SignatureEvidence carrier, TimeStampEvidence stamp)
    {
        if (stamp.Time is not { } time || time >= _now || carrier.ByteRange.Count != 4)
            return;
        if (!carrier.IsDocumentTimeStamp)
        {
            _direct[carrier] = Earlier(time, _direct.GetValueOrDefault(carrier, _now));
            if (carrier.BindsCertificate && carrier.SignerCertificate is { } signer)
                _directContents[signer] = Earlier(time, _directContents.GetValueOrDefault(signer, _now));
            if (!carrier.IsIntact)
                return;
        }
        _coverage.Add((carrier.ByteRange[1], _coverage.Count > 0 ? Earlier(time, _coverage[^1].Earliest) : time));
    }

    /// <summary>Whether the covered bytes of one signature hold another, its value included.</summary>
    public static bool CoversSignature(SignatureEvidence outer, SignatureEvidence inner) =>
        !ReferenceEquals(outer, inner) && outer.ByteRange.Count == 4 && inner.ByteRange.Count == 4 && inner.ByteRange[2] <= outer.ByteRange[1];

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private void Place(byte[] encoded, long place)
    {
        if (!_contentPlaces.TryGetValue(encoded, out var known) || place < known)
            _contentPlaces[encoded] = place;
    }

    private DateTimeOffset At(long place)
    {
        var (low, high) = (0, _coverage.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _coverage[middle].End > place ? (middle + 1, high) : (low, middle);
        }
        return low == 0 ? _now : _coverage[low - 1].Earliest;
    }
}
