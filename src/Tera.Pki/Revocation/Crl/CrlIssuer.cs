using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.Revocation.Crl;

/// <summary>
/// Makes CRLs. Time and memory grow with the number of entries and not with its square, as the platform's builder does:
/// the entries are written once into a flat buffer, hashed in place and copied once.
/// </summary>
public sealed class CrlIssuer
{
    private readonly ISigner _signer;
    private readonly Certificate _certificate;

    /// <summary>Opens a CRL issuer.</summary>
    /// <param name="signer">The CA's key.</param>
    /// <param name="certificate">The CA's certificate; its key usage must allow cRLSign.</param>
    /// <exception cref="ArgumentException">The certificate may not sign CRLs, or is not of this key.</exception>
    public CrlIssuer(ISigner signer, Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.Constraints.Allows(KeyUsages.CrlSign))
        {
            throw new ArgumentException($"keyUsage of {certificate} has no cRLSign.", nameof(certificate));
        }
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"{certificate} is not a certificate of the key.", nameof(certificate));
        }
        _signer = signer;
        _certificate = certificate;
    }

    /// <summary>Makes and signs a CRL.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="cancellationToken">Cancels the wait for the key.</param>
    /// <returns>The DER CertificateList.</returns>
    /// <exception cref="ArgumentException">The content contradicts itself.</exception>
    /// <exception cref="CryptographicException">The signature made does not verify.</exception>
    public async ValueTask<byte[]> IssueAsync(CrlContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        Check(content);
        var entries = new EntryBuffer();
        foreach (var entry in content.Entries)
        {
            entries.Add(entry, isDelta: content.DeltaBase is not null);
        }
        var before = EncodeBefore(content);
        var after = EncodeExtensions(content);
        var entriesHeader = entries.Length == 0 ? [] : DerHeader.Encode(0x30, entries.Length);
        var tbsHeader = DerHeader.Encode(0x30, before.Length + entriesHeader.Length + entries.Length + after.Length);

        using var hash = IncrementalHash.CreateHash(_signer.Algorithm.Hash);
        foreach (var part in new[] { tbsHeader, before, entriesHeader })
        {
            hash.AppendData(part);
        }
        hash.AppendData(entries.Written.Span);
        hash.AppendData(after);
        var digest = _signer.Algorithm.SignsMessage ? [.. tbsHeader, .. before, .. entriesHeader, .. entries.Written.Span, .. after] : hash.GetHashAndReset();
        var signature = await _signer.SignDigestAsync(digest, cancellationToken);
        if (!_signer.Algorithm.VerifyDigest(_certificate.SubjectPublicKeyInfo.Span, digest, signature))
        {
            throw new CryptographicException($"The signature of CRL {content.Number} does not verify.");
        }
        return Join(tbsHeader, before, entriesHeader, entries.Written, after, EncodeSignature(signature));
    }

    private static void Check(CrlContent content)
    {
        if (content.NextUpdate <= content.ThisUpdate)
        {
            throw new ArgumentException("nextUpdate is not after thisUpdate.", nameof(content));
        }
        // RFC 5280 5.2.3: at most 20 octets; never negative.
        if (content.Number.Sign < 0 || content.Number.GetByteCount() > 20)
        {
            throw new ArgumentException("The CRL number is negative or longer than 20 octets.", nameof(content));
        }
        if (content.Scope is { OnlyUserCertificates: true, OnlyAuthorityCertificates: true })
        {
            throw new ArgumentException("A CRL cannot be for users only and for authorities only.", nameof(content));
        }
        if (content.DeltaBase is { } number && (number.Sign < 0 || number > content.Number))
        {
            throw new ArgumentException("The base of a delta CRL is greater than its own number.", nameof(content));
        }
    }

    /// <summary>Version to nextUpdate, without the tag around them.</summary>
    private byte[] EncodeBefore(CrlContent content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(1);
        writer.WriteEncodedValue(_signer.Algorithm.AlgorithmIdentifier.Span);
        writer.WriteEncodedValue(_certificate.Subject.Encoded.Span);
        Der.WriteTime(writer, content.ThisUpdate);
        Der.WriteTime(writer, content.NextUpdate);
        return writer.Encode();
    }

    private byte[] EncodeExtensions(CrlContent content)
    {
        var keyIdentifier = _certificate.Constraints.SubjectKeyIdentifier ?? ExtensionWriter.KeyIdentifierOf(_certificate.SubjectPublicKeyInfo);
        List<CertificateExtension> extensions =
        [
            new(Oids.AuthorityKeyIdentifier, IsCritical: false, Der.Encode(w =>
            {
                using (w.PushSequence())
                {
                    w.WriteOctetString(keyIdentifier.Span, Der.Context(0));
                }
            })),
            new(Oids.CrlNumber, IsCritical: false, Der.Encode(w => w.WriteInteger(content.Number))),
        ];
        if (content.DeltaBase is { } deltaBase)
        {
            extensions.Add(new CertificateExtension(Oids.DeltaCrlIndicator, IsCritical: true, Der.Encode(w => w.WriteInteger(deltaBase))));
        }
        if (content.Scope is { } scope)
        {
            extensions.Add(new CertificateExtension(Oids.IssuingDistributionPoint, IsCritical: true, Der.Encode(w => WriteScope(w, scope))));
        }
        if (content.KeepsExpiredSince is { } since)
        {
            extensions.Add(new CertificateExtension(Oids.ExpiredCertsOnCrl, IsCritical: false, Der.Encode(w => w.WriteGeneralizedTime(since, omitFractionalSeconds: true))));
        }
        return Der.Encode(writer =>
        {
            using (writer.PushSequence(Der.Context(0, constructed: true)))
            {
                CertificateExtension.WriteAll(writer, extensions);
            }
        });
    }

    private static void WriteScope(AsnWriter writer, CrlScope scope)
    {
        using (writer.PushSequence())
        {
            if (scope.Addresses.Count > 0)
            {
                using (writer.PushSequence(Der.Context(0, constructed: true)))
                using (writer.PushSequence(Der.Context(0, constructed: true)))
                {
                    foreach (var address in scope.Addresses)
                    {
                        writer.WriteCharacterString(UniversalTagNumber.IA5String, address, Der.Context(6));
                    }
                }
            }
            if (scope.OnlyUserCertificates)
            {
                writer.WriteBoolean(true, Der.Context(1));
            }
            if (scope.OnlyAuthorityCertificates)
            {
                writer.WriteBoolean(true, Der.Context(2));
            }
        }
    }

    private byte[] EncodeSignature(byte[] signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteEncodedValue(_signer.Algorithm.AlgorithmIdentifier.Span);
        writer.WriteBitString(signature);
        return writer.Encode();
    }

    private static byte[] Join(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Length;
        }
        var header = DerHeader.Encode(0x30, length);
        var joined = new byte[header.Length + length];
        header.CopyTo(joined, 0);
        var position = header.Length;
        foreach (var part in parts)
        {
            part.Span.CopyTo(joined.AsSpan(position));
            position += part.Length;
        }
        return joined;
    }
}
