using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.Revocation.Ocsp;

/// <summary>Where a responder's knowledge comes from.</summary>
public interface IOcspStatusSource
{
    /// <summary>The status of a certificate of the issuer that the responder speaks for.</summary>
    /// <param name="serialNumber">Its serial number.</param>
    /// <param name="cancellationToken">Cancels the wait for a store.</param>
    /// <returns>The status; unknown for a serial number that was never issued.</returns>
    ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken);
}

/// <summary>How a responder answers.</summary>
public sealed record OcspResponderOptions
{
    /// <summary>From thisUpdate to nextUpdate.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How far back the responder knows revoked certificates that ended (ArchiveCutoff), or null.</summary>
    public DateTimeOffset? ArchiveCutoff { get; init; }
}

/// <summary>An answer.</summary>
/// <param name="Body">The DER OCSPResponse; it is sent with HTTP 200 also when it says that the request is malformed.</param>
/// <param name="Status">What it is.</param>
/// <param name="CacheUntil">Until when it may be cached; null when it must not be, because it repeats a nonce or is no success.</param>
public sealed record OcspAnswer(byte[] Body, OcspResponseStatus Status, DateTimeOffset? CacheUntil);

/// <summary>An OCSP responder for one issuer (RFC 6960): bytes in, bytes out; the transport is someone else's. Safe for several threads.</summary>
public sealed class OcspResponder
{
    private readonly ISigner _signer;
    private readonly Certificate _certificate;
    private readonly Certificate _issuer;
    private readonly IOcspStatusSource _source;
    private readonly TimeProvider _time;
    private readonly OcspResponderOptions _options;
    private readonly byte[] _keyHash;

    /// <summary>Opens a responder.</summary>
    /// <param name="signer">Its key: the issuer's own, or a delegated one.</param>
    /// <param name="certificate">Its certificate: the issuer's own, or one that the issuer signed for OCSPSigning.</param>
    /// <param name="issuer">The issuer whose certificates it knows.</param>
    /// <param name="source">What it knows.</param>
    /// <param name="time">The time.</param>
    /// <param name="options">How it answers; defaults when null.</param>
    /// <exception cref="ArgumentException">The certificate does not entitle it, or is not of this key.</exception>
    public OcspResponder(ISigner signer, Certificate certificate, Certificate issuer, IOcspStatusSource source, TimeProvider time, OcspResponderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"{certificate} is not a certificate of the key.", nameof(certificate));
        }
        if (!certificate.Equals(issuer) && !OcspResponse.IsEntitled(certificate, issuer))
        {
            throw new ArgumentException($"{certificate} was not issued for OCSPSigning by {issuer}.", nameof(certificate));
        }
        (_signer, _certificate, _issuer, _source, _time) = (signer, certificate, issuer, source, time);
        _options = options ?? new OcspResponderOptions();
        _keyHash = CryptographicOperations.HashData(HashAlgorithmName.SHA1, certificate.SubjectPublicKey.Span);
    }

    /// <summary>Answers a request. Whatever the bytes are, an answer comes.</summary>
    /// <param name="request">The body of a POST, or what <see cref="OcspRequest.TryDecodePath"/> took out of a GET.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answer.</returns>
    public async ValueTask<OcspAnswer> RespondAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (!OcspRequest.TryDecode(request, out var decoded, out _) || decoded.Extensions.Any(e => e.IsCritical && e.Oid != Oids.OcspNonce))
        {
            return Failure(OcspResponseStatus.MalformedRequest);
        }
        if (!decoded.CertIds.Any(id => id.IsOf(_issuer)))
        {
            return Failure(OcspResponseStatus.Unauthorized);
        }
        var now = CutToSeconds(_time.GetUtcNow());
        if (now < _certificate.NotBefore || now > _certificate.NotAfter)
        {
            // An answer under an ended certificate would be refused by every client; say so at once.
            return Failure(OcspResponseStatus.TryLater);
        }
        try
        {
            return await SignAsync(decoded, now, cancellationToken);
        }
        catch (Exception e) when (e is CryptographicException or IOException or TimeoutException or HttpRequestException)
        {
            return Failure(OcspResponseStatus.InternalError);
        }
    }

    /// <summary>An answer without content, for a rim that cannot even read a request.</summary>
    /// <param name="status">Any but successful.</param>
    /// <returns>The answer.</returns>
    public static OcspAnswer Failure(OcspResponseStatus status) => new([0x30, 0x03, 0x0A, 0x01, (byte)status], status, CacheUntil: null);

    private async ValueTask<OcspAnswer> SignAsync(OcspRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var statuses = new List<CertificateStatus>(request.CertIds.Count);
        foreach (var id in request.CertIds)
        {
            statuses.Add(id.IsOf(_issuer) ? await _source.FindAsync(id.SerialNumber, cancellationToken) : new CertificateStatus.Unknown());
        }
        // Never beyond the responder's own certificate.
        var nextUpdate = now + _options.Lifetime < _certificate.NotAfter ? now + _options.Lifetime : _certificate.NotAfter;
        var data = EncodeData(request, statuses, now, nextUpdate);
        var digest = _signer.Algorithm.Digest(data);
        var signature = await _signer.SignDigestAsync(digest, cancellationToken);
        if (!_signer.Algorithm.VerifyDigest(_certificate.SubjectPublicKeyInfo.Span, digest, signature))
        {
            throw new CryptographicException("The signature of an OCSP response does not verify.");
        }
        return new OcspAnswer(Wrap(data, signature), OcspResponseStatus.Successful, request.Nonce is null ? nextUpdate : null);
    }

    private byte[] EncodeData(OcspRequest request, List<CertificateStatus> statuses, DateTimeOffset now, DateTimeOffset nextUpdate) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Der.Context(2, constructed: true)))
            {
                writer.WriteOctetString(_keyHash);
            }
            writer.WriteGeneralizedTime(now, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                for (var i = 0; i < statuses.Count; i++)
                {
                    WriteSingle(writer, request.CertIds[i], statuses[i], now, nextUpdate);
                }
            }
            if (request.Nonce is { } nonce)
            {
                using (writer.PushSequence(Der.Context(1, constructed: true)))
                {
                    CertificateExtension.WriteAll(writer, [OcspRequest.NonceExtension(nonce)]);
                }
            }
        }
    });

    private void WriteSingle(AsnWriter writer, OcspCertId id, CertificateStatus status, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(id.Encoded.Span);
            WriteStatus(writer, status);
            writer.WriteGeneralizedTime(now, omitFractionalSeconds: true);
            using (writer.PushSequence(Der.Context(0, constructed: true)))
            {
                writer.WriteGeneralizedTime(nextUpdate, omitFractionalSeconds: true);
            }
            if (_options.ArchiveCutoff is { } cutoff)
            {
                using (writer.PushSequence(Der.Context(1, constructed: true)))
                {
                    CertificateExtension.WriteAll(writer, [new CertificateExtension(
                        Oids.OcspArchiveCutoff, IsCritical: false, Der.Encode(w => w.WriteGeneralizedTime(cutoff, omitFractionalSeconds: true)))]);
                }
            }
        }
    }

    private static void WriteStatus(AsnWriter writer, CertificateStatus status)
    {
        switch (status)
        {
            case CertificateStatus.Good:
                writer.WriteNull(Der.Context(0));
                break;
            case CertificateStatus.Revoked revoked:
                using (writer.PushSequence(Der.Context(1, constructed: true)))
                {
                    writer.WriteGeneralizedTime(revoked.At, omitFractionalSeconds: true);
                    if (revoked.Reason != RevocationReason.Unspecified)
                    {
                        using (writer.PushSequence(Der.Context(0, constructed: true)))
                        {
                            writer.WriteEncodedValue([0x0A, 0x01, (byte)revoked.Reason]);
                        }
                    }
                }
                break;
            default:
                writer.WriteNull(Der.Context(2));
                break;
        }
    }

    private byte[] Wrap(byte[] data, byte[] signature)
    {
        var basic = Der.Encode(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(data);
                writer.WriteEncodedValue(_signer.Algorithm.AlgorithmIdentifier.Span);
                writer.WriteBitString(signature);
                // A client has the issuer's certificate; only a delegated one must come along.
                if (!_certificate.Equals(_issuer))
                {
                    using (writer.PushSequence(Der.Context(0, constructed: true)))
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(_certificate.Encoded.Span);
                    }
                }
            }
        });
        return Der.Encode(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue([0x0A, 0x01, 0x00]);
                using (writer.PushSequence(Der.Context(0, constructed: true)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.OcspBasic);
                    writer.WriteOctetString(basic);
                }
            }
        });
    }

    private static DateTimeOffset CutToSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
