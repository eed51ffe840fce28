using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.TimeStamping;

/// <summary>Writes TSTInfo, the signed attributes and the SignedData around them.</summary>
internal sealed class TimeStampTokenWriter(ISigner signer, Certificate certificate, IReadOnlyList<Certificate> chain, TimeStampResponderOptions options)
{
    private readonly byte[] _signingCertificate = EncodeSigningCertificate(certificate);

    internal async ValueTask<byte[]> WriteAsync(TimeStampRequest request, TimeStampClockReading now, SerialNumber serial, CancellationToken cancellationToken)
    {
        var info = EncodeInfo(request, now, serial);
        var attributes = EncodeAttributes(CryptographicOperations.HashData(signer.Algorithm.Hash, info));
        var signature = await signer.SignDigestAsync(signer.Algorithm.Digest(attributes), cancellationToken);
        return EncodeSignedData(info, attributes, signature, request.WantsCertificates);
    }

    private byte[] EncodeInfo(TimeStampRequest request, TimeStampClockReading now, SerialNumber serial) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(request.Policy ?? options.DefaultPolicy);
            using (writer.PushSequence())
            {
                HashAlgorithms.WriteIdentifier(writer, request.HashAlgorithm!.Value, withNull: true);
                writer.WriteOctetString(request.MessageImprint.Span);
            }
            writer.WriteInteger(serial.Octets.Span);
            WriteGenerationTime(writer, now.Instant);
            WriteAccuracy(writer, now.Accuracy);
            if (options.IsOrdering)
            {
                writer.WriteBoolean(true);
            }
            if (request.Nonce is { } nonce)
            {
                writer.WriteInteger(nonce.Span);
            }
            // tsa: one of the subject names of the certificate (RFC 3161 2.4.2), GeneralName directoryName.
            using (writer.PushSequence(Der.Context(0, constructed: true)))
            using (writer.PushSequence(Der.Context(4, constructed: true)))
            {
                writer.WriteEncodedValue(certificate.Subject.Encoded.Span);
            }
        }
    });

    private void WriteGenerationTime(AsnWriter writer, DateTimeOffset instant)
    {
        var unit = options.HasFractionalSeconds ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond;
        var rounded = new DateTimeOffset(instant.UtcTicks - (instant.UtcTicks % unit), TimeSpan.Zero);
        writer.WriteGeneralizedTime(rounded, omitFractionalSeconds: !options.HasFractionalSeconds);
    }

    private static void WriteAccuracy(AsnWriter writer, TimeSpan accuracy)
    {
        var seconds = (int)(accuracy.Ticks / TimeSpan.TicksPerSecond);
        var (milliseconds, microseconds) = (accuracy.Milliseconds, accuracy.Microseconds);
        using (writer.PushSequence())
        {
            if (seconds > 0)
            {
                writer.WriteInteger(seconds);
            }
            if (milliseconds > 0)
            {
                writer.WriteInteger(milliseconds, Der.Context(0));
            }
            if (microseconds > 0)
            {
                writer.WriteInteger(microseconds, Der.Context(1));
            }
        }
    }

    private byte[] EncodeAttributes(byte[] messageDigest) => Der.Encode(writer =>
    {
        using (writer.PushSetOf())
        {
            WriteAttribute(writer, Oids.ContentType, w => w.WriteObjectIdentifier(Oids.TstInfo));
            WriteAttribute(writer, Oids.MessageDigest, w => w.WriteOctetString(messageDigest));
            WriteAttribute(writer, Oids.SigningCertificateV2, w => w.WriteEncodedValue(_signingCertificate));
        }
    });

    private static void WriteAttribute(AsnWriter writer, string type, Action<AsnWriter> writeValue)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSetOf())
            {
                writeValue(writer);
            }
        }
    }

    /// <summary>SigningCertificateV2 with one ESSCertIDv2; SHA-256 is the default and therefore not written (RFC 5035 4).</summary>
    private static byte[] EncodeSigningCertificate(Certificate certificate) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(certificate.Fingerprint(HashAlgorithmName.SHA256));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence(Der.Context(4, constructed: true)))
                {
                    writer.WriteEncodedValue(certificate.Issuer.Encoded.Span);
                }
                writer.WriteInteger(certificate.SerialNumber.Octets.Span);
            }
        }
    });

    private byte[] EncodeSignedData(byte[] info, byte[] attributes, byte[] signature, bool withCertificates) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.SignedData);
            using (writer.PushSequence(Der.Context(0, constructed: true)))
            using (writer.PushSequence())
            {
                // Version 3, because the content is not id-data (RFC 5652 5.1).
                writer.WriteInteger(3);
                using (writer.PushSetOf())
                {
                    HashAlgorithms.WriteIdentifier(writer, signer.Algorithm.Hash, withNull: false);
                }
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.TstInfo);
                    using (writer.PushSequence(Der.Context(0, constructed: true)))
                    {
                        writer.WriteOctetString(info);
                    }
                }
                if (withCertificates)
                {
                    using (writer.PushSetOf(Der.Context(0, constructed: true)))
                    {
                        writer.WriteEncodedValue(certificate.Encoded.Span);
                        foreach (var above in chain)
                        {
                            writer.WriteEncodedValue(above.Encoded.Span);
                        }
                    }
                }
                using (writer.PushSetOf())
                {
                    WriteSignerInfo(writer, attributes, signature);
                }
            }
        }
    });

    private void WriteSignerInfo(AsnWriter writer, byte[] attributes, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.Issuer.Encoded.Span);
                writer.WriteInteger(certificate.SerialNumber.Octets.Span);
            }
            HashAlgorithms.WriteIdentifier(writer, signer.Algorithm.Hash, withNull: false);
            // The same SET that was signed, under its implicit tag [0] (RFC 5652 5.4).
            var tagged = (byte[])attributes.Clone();
            tagged[0] = 0xA0;
            writer.WriteEncodedValue(tagged);
            writer.WriteEncodedValue(signer.Algorithm.AlgorithmIdentifier.Span);
            writer.WriteOctetString(signature);
        }
    }
}
