using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Keys;

namespace Tera.Pki.Certificates;

/// <summary>A PKCS#10 request (RFC 2986) whose signature was verified. It proves possession of a key; its names and extensions are not used: the profile decides.</summary>
public sealed class CertificationRequest
{
    /// <summary>Longer requests are refused.</summary>
    public const int MaximumLength = 64 * 1024;

    private CertificationRequest(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var signed = request.PeekEncodedValue();
        var info = request.ReadSequence();
        info.ReadInteger();
        Subject = DistinguishedName.Read(info);
        SubjectPublicKeyInfo = info.ReadEncodedValue();
        var algorithm = Der.ReadAlgorithmIdentifier(request);
        var signature = Der.ReadBitString(request);
        request.ThrowIfNotEmpty();
        if (SignatureAlgorithm.Find(algorithm) is not { } known || !known.VerifyData(SubjectPublicKeyInfo.Span, signed.Span, signature))
        {
            throw new AsnContentException("the signature does not prove possession of the key");
        }
    }

    /// <summary>The name in the request, for people to compare.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>The public key whose private key made the request.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Reads a request and verifies its signature.</summary>
    /// <param name="der">The DER bytes.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>False when the bytes are no request or the signature does not verify.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out CertificationRequest? request, [NotNullWhen(false)] out string? error)
    {
        if (der.Length > MaximumLength)
        {
            (request, error) = (null, $"certification request: {der.Length} bytes are more than {MaximumLength}");
            return false;
        }
        return Der.TryRead("certification request", () => new CertificationRequest(der.ToArray()), out request, out error);
    }
}
