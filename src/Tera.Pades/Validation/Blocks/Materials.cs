using System.Diagnostics.CodeAnalysis;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pades.Validation.Blocks;

/// <summary>Everything that the facts and the policy hold in DER, each decoded once however often it lies in the file.</summary>
internal sealed class Materials
{
    private readonly Dictionary<ReadOnlyMemory<byte>, Certificate?> _certificates = new(ByContent.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, CertificateRevocationList?> _crls = new(ByContent.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, OcspResponse?> _ocsps = new(ByContent.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _keyBits = new(ByContent.Instance);

    /// <summary>Takes the facts and the certificates of the policy.</summary>
    public Materials(Evidence evidence, ValidationPolicy policy)
    {
        foreach (var item in policy.Intermediates)
            Certificate(item);
        foreach (var item in evidence.StoredCertificates)
            Certificate(item.Encoded);
        foreach (var item in evidence.StoredCrls)
            AddCrl(item.Encoded);
        foreach (var item in evidence.StoredOcspResponses)
            AddOcsp(item.Encoded);
        foreach (var signature in evidence.Signatures)
        {
            Add(signature.Certificates, signature.Crls, signature.OcspResponses);
            foreach (var stamp in signature.TimeStamps)
                Add(stamp.Certificates, stamp.Crls, stamp.OcspResponses);
        }
        if (evidence.Fetched is { } fetched)
            Add(fetched.Certificates, fetched.Crls, fetched.OcspResponses);
    }

    /// <summary>All certificates.</summary>
    public IReadOnlyCollection<Certificate> Certificates => [.. _certificates.Values.OfType<Certificate>()];

    /// <summary>All revocation lists.</summary>
    public IReadOnlyCollection<CertificateRevocationList> Crls => [.. _crls.Values.OfType<CertificateRevocationList>()];

    /// <summary>All OCSP responses.</summary>
    public IReadOnlyCollection<OcspResponse> OcspResponses => [.. _ocsps.Values.OfType<OcspResponse>()];

    /// <summary>A certificate as decoded; null where it does not read.</summary>
    public Certificate? Certificate(ReadOnlyMemory<byte>? encoded)
    {
        if (encoded is not { } bytes)
            return null;
        if (!_certificates.TryGetValue(bytes, out var known))
            _certificates[bytes] = known = Pki.Certificates.Certificate.TryDecode(bytes, out var decoded, out _) ? decoded : null;
        return known;
    }

    /// <summary>The length of a certificate's key in bits; 0 where the platform cannot open it.</summary>
    public int KeyBits(Certificate certificate)
    {
        if (!_keyBits.TryGetValue(certificate.SubjectPublicKeyInfo, out var bits))
        {
            _keyBits[certificate.SubjectPublicKeyInfo] = bits = PublicKey.Shared(certificate.SubjectPublicKeyInfo.Span)?.Bits ?? 0;
        }
        return bits;
    }

    private void Add(IReadOnlyList<byte[]> certificates, IReadOnlyList<byte[]> crls, IReadOnlyList<byte[]> ocsps)
    {
        foreach (var item in certificates)
            Certificate(item);
        foreach (var item in crls)
            AddCrl(item);
        foreach (var item in ocsps)
            AddOcsp(item);
    }

    private void AddCrl(byte[] encoded)
    {
        if (!_crls.ContainsKey(encoded))
            _crls[encoded] = CertificateRevocationList.TryDecode(encoded, out var list, out _) ? list : null;
    }

    private void AddOcsp(byte[] encoded)
    {
        if (!_ocsps.ContainsKey(encoded))
            _ocsps[encoded] = OcspResponse.TryDecode(encoded, out var response, out _) ? response : null;
    }

    /// <summary>Bytes are alike when their contents are.</summary>
    internal sealed class ByContent : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static ByContent Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
        {
            // The end of a signed structure is its signature value: it alone tells certificates and lists apart, however long they are.
            var hash = new HashCode();
            hash.Add(obj.Length);
            hash.AddBytes(obj.Span.Length > 64 ? obj.Span[^64..] : obj.Span);
            return hash.ToHashCode();
        }
    }
}
