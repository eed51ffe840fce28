using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Revocation.Ocsp;

/// <summary>OCSPRequest of RFC 6960 4.1.1. A signature on a request is read over: nobody needs to say who asks.</summary>
public sealed class OcspRequest
{
    /// <summary>Longer requests are refused.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>Requests for more certificates are refused: a response has some 100 bytes for each.</summary>
    public const int MaximumCertificates = 64;

    private OcspRequest(ReadOnlyMemory<byte> encoded)
    {
        Encoded = encoded;
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var tbs = request.ReadSequence();
        if (request.HasData)
        {
            request.ReadEncodedValue();
        }
        request.ThrowIfNotEmpty();
        if (tbs.IsContext(0) && !(tbs.ReadSequence(Der.Context(0, constructed: true)).TryReadInt32(out var version) && version == 0))
        {
            throw new AsnContentException("the version is not 1");
        }
        if (tbs.IsContext(1))
        {
            tbs.ReadEncodedValue();
        }
        CertIds = ReadCertIds(tbs.ReadSequence());
        Extensions = tbs.IsContext(2) ? CertificateExtension.ReadAll(tbs.ReadSequence(Der.Context(2, constructed: true)).ReadSequence()) : [];
        tbs.ThrowIfNotEmpty();
        if (Extensions.FirstOrDefault(e => e.Oid == Oids.OcspNonce) is { } nonce)
        {
            Nonce = ReadNonce(nonce.Value);
        }
    }

    /// <summary>The encoded request.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The certificates asked for: at least one.</summary>
    public IReadOnlyList<OcspCertId> CertIds { get; }

    /// <summary>The extensions of the request.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>The nonce, 1 to 128 octets (RFC 9654 2.1), or null.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>Makes a request for one certificate.</summary>
    /// <param name="serialNumber">Its serial number.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <param name="hash">The hash of the CertID: SHA-1 is what every responder knows.</param>
    /// <param name="nonce">A nonce of 1 to 128 octets, or null for a response that may come from a cache.</param>
    /// <returns>The request.</returns>
    public static OcspRequest Create(SerialNumber serialNumber, Certificate issuer, HashAlgorithmName hash, ReadOnlyMemory<byte>? nonce = null)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return new OcspRequest(Der.Encode(writer =>
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    OcspCertId.Write(writer, hash, issuer, serialNumber);
                }
                if (nonce is { } octets)
                {
                    using (writer.PushSequence(Der.Context(2, constructed: true)))
                    {
                        CertificateExtension.WriteAll(writer, [NonceExtension(octets)]);
                    }
                }
            }
        }));
    }

    /// <summary>Reads a request.</summary>
    /// <param name="der">The body of a POST.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no request.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out OcspRequest? request, [NotNullWhen(false)] out string? error)
    {
        if (der.Length > MaximumLength)
        {
            (request, error) = (null, $"OCSP request: {der.Length} bytes are more than {MaximumLength}");
            return false;
        }
        return Der.TryRead("OCSP request", () => new OcspRequest(der.ToArray()), out request, out error);
    }

    /// <summary>Takes a request out of the path of a GET (RFC 6960 A.1): base64, with or without percent encoding.</summary>
    /// <param name="path">What follows the responder's address.</param>
    /// <param name="der">The request's bytes.</param>
    /// <returns>False when the path holds no base64.</returns>
    public static bool TryDecodePath(string path, [NotNullWhen(true)] out byte[]? der)
    {
        ArgumentNullException.ThrowIfNull(path);
        der = null;
        if (path.Length > MaximumLength * 2)
        {
            return false;
        }
        var text = Uri.UnescapeDataString(path.Trim('/')).Replace(' ', '+').TrimStart('/');
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        if (padded.Length == 0 || !Convert.TryFromBase64String(padded, buffer, out var written))
        {
            return false;
        }
        der = buffer[..written];
        return true;
    }

    internal static CertificateExtension NonceExtension(ReadOnlyMemory<byte> nonce) =>
        new(Oids.OcspNonce, IsCritical: false, Der.Encode(w => w.WriteOctetString(nonce.Span)));

    /// <summary>The nonce is an OCTET STRING within the extension's (RFC 8954 2.1).</summary>
    internal static ReadOnlyMemory<byte> ReadNonce(ReadOnlyMemory<byte> value)
    {
        if (AsnDecoder.TryReadPrimitiveOctetString(value.Span, AsnEncodingRules.DER, out var inner, out var consumed) && consumed == value.Length)
        {
            return inner.Length is >= 1 and <= 128 ? inner.ToArray() : throw new AsnContentException("the nonce has not 1 to 128 octets (RFC 9654)");
        }
        throw new AsnContentException("the nonce is no octet string");
    }

    private static List<OcspCertId> ReadCertIds(AsnReader list)
    {
        var ids = new List<OcspCertId>();
        while (list.HasData)
        {
            ids.Add(OcspCertId.Read(list.ReadSequence()));
            if (ids.Count > MaximumCertificates)
            {
                throw new AsnContentException($"more than {MaximumCertificates} certificates are asked for");
            }
        }
        return ids.Count > 0 ? ids : throw new AsnContentException("no certificate is asked for");
    }
}
