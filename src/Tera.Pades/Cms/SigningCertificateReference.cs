using System.Formats.Asn1;

namespace Tera.Pades.Cms;

/// <summary>
/// The first ESSCertID of a signing-certificate attribute (RFC 2634 5.4, RFC 5035 3): it binds the signature to one certificate,
/// so that nobody can put another one with the same key beside it.
/// </summary>
/// <param name="DigestOid">The hash of <paramref name="Hash"/>.</param>
/// <param name="Hash">The hash over the DER certificate.</param>
public readonly record struct SigningCertificateReference(string DigestOid, ReadOnlyMemory<byte> Hash)
{
    internal static SigningCertificateReference? Read(CmsAttribute attribute)
    {
        if (attribute.Values.Count != 1)
            return null;
        var certificates = new AsnReader(attribute.Values[0], AsnEncodingRules.BER).ReadSequence().ReadSequence();
        var id = certificates.ReadSequence();
        var digest = CmsOids.Sha1;
        if (attribute.Oid == CmsOids.SigningCertificateV2)
        {
            // DEFAULT id-sha256
            digest = id.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? AlgorithmId.Read(id).Oid : CmsOids.Sha256;
        }
        return new SigningCertificateReference(digest, id.ReadOctetString());
    }

    /// <summary>Whether the reference is to this certificate; null where its hash cannot be computed here.</summary>
    /// <param name="certificate">The DER certificate.</param>
    /// <returns>Yes, no or unknown.</returns>
    public bool? Matches(ReadOnlySpan<byte> certificate)
    {
        using var running = RunningDigest.Create(new AlgorithmId(DigestOid, default));
        if (running is null)
            return null;
        running.Append(certificate);
        return running.Finish().AsSpan().SequenceEqual(Hash.Span);
    }
}
