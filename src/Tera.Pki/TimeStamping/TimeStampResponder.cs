using System.Security.Cryptography;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.TimeStamping;

/// <summary>
/// A time-stamping unit (RFC 3161): bytes of a request in, bytes of a response out; the transport is someone else's.
/// Safe for several threads. genTime never decreases while the object lives.
/// </summary>
public sealed class TimeStampResponder
{
    private readonly TimeStampTokenWriter _writer;
    private readonly Certificate _certificate;
    private readonly TimeStampResponderOptions _options;
    private readonly ITimeStampClock _clock;
    private readonly ITimeStampSerials _serials;
    private long _lastTicks;

    /// <summary>Opens a unit.</summary>
    /// <param name="signer">The unit's key.</param>
    /// <param name="certificate">Its certificate: key purpose time stamping alone and critical (RFC 3161 2.3).</param>
    /// <param name="chain">The certificates above it, put into tokens when the request asks for certificates.</param>
    /// <param name="options">What it serves.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="serials">Its serial numbers.</param>
    /// <exception cref="ArgumentException">The certificate is not for time stamping, or not of this key.</exception>
    public TimeStampResponder(
        ISigner signer,
        Certificate certificate,
        IReadOnlyList<Certificate> chain,
        TimeStampResponderOptions options,
        ITimeStampClock clock,
        ITimeStampSerials serials)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificate);
        if (!TimeStampToken.IsForTimeStampingAlone(certificate))
        {
            throw new ArgumentException($"{certificate} is not for time stamping alone and critically (RFC 3161 2.3).", nameof(certificate));
        }
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"{certificate} is not a certificate of the key.", nameof(certificate));
        }
        _writer = new TimeStampTokenWriter(signer, certificate, chain, options);
        _certificate = certificate;
        _options = options;
        _clock = clock;
        _serials = serials;
    }

    /// <summary>Answers a request. Whatever the bytes are, an answer comes; a failure of key, clock or store is a rejection too.</summary>
    /// <param name="request">The body of the request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The DER TimeStampResp.</returns>
    public async ValueTask<byte[]> RespondAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (request.Length > _options.MaximumRequestLength)
        {
            return TimeStampResponse.Rejected(TimeStampFailure.BadDataFormat, $"the request has more than {_options.MaximumRequestLength} bytes");
        }
        if (!TimeStampRequest.TryDecode(request, out var decoded, out var error))
        {
            return TimeStampResponse.Rejected(TimeStampFailure.BadDataFormat, error);
        }
        if (Judge(decoded) is { } refusal)
        {
            return TimeStampResponse.Rejected(refusal.Failure, refusal.Text);
        }
        if (ReadClock() is not { } now)
        {
            return TimeStampResponse.Rejected(TimeStampFailure.TimeNotAvailable, "the clock of the authority is not to be relied on now");
        }
        try
        {
            var serial = await _serials.NextAsync(cancellationToken);
            var token = await _writer.WriteAsync(decoded, now, serial, cancellationToken);
            // A fault in the key or a wrong key must not leave the house: the token is checked as a relying party would.
            return TimeStampToken.TryDecode(token, out var check, out _) && check.Verify([_certificate], out _)
                ? TimeStampResponse.Granted(token)
                : TimeStampResponse.Rejected(TimeStampFailure.SystemFailure, "the token made does not verify");
        }
        catch (Exception e) when (e is CryptographicException or IOException or TimeoutException or HttpRequestException)
        {
            return TimeStampResponse.Rejected(TimeStampFailure.SystemFailure, "the authority cannot sign now");
        }
    }

    private (TimeStampFailure Failure, string Text)? Judge(TimeStampRequest request)
    {
        if (request.Version != 1)
        {
            return (TimeStampFailure.BadRequest, "only version 1 is served");
        }
        if (request.HashAlgorithm is not { } hash || !_options.Hashes.Contains(hash))
        {
            return (TimeStampFailure.BadAlgorithm, $"the hash {request.HashOid} is not accepted");
        }
        if (request.MessageImprint.Length != HashAlgorithms.LengthOf(hash))
        {
            return (TimeStampFailure.BadDataFormat, $"the imprint has {request.MessageImprint.Length} bytes, {hash.Name} makes {HashAlgorithms.LengthOf(hash)}");
        }
        if (request.Policy is { } policy && policy != _options.DefaultPolicy && !_options.OtherPolicies.Contains(policy, StringComparer.Ordinal))
        {
            return (TimeStampFailure.UnacceptedPolicy, $"the policy {policy} is not served");
        }
        if (request.Extensions.Count > 0)
        {
            // RFC 3161 2.4.1: an extension that is not understood is never ignored, critical or not.
            return (TimeStampFailure.UnacceptedExtension, $"the extension {request.Extensions[0].Oid} is not supported");
        }
        return request.WantsCertificates && !_options.ServesCertificates
            ? (TimeStampFailure.AdditionalInformationNotAvailable, "this unit puts no certificates into its tokens")
            : null;
    }

    /// <summary>A reading that is not before the last one given out; the clock going back by more than its accuracy is a failure.</summary>
    private TimeStampClockReading? ReadClock()
    {
        if (_clock.Read() is not { } reading || reading.Accuracy <= TimeSpan.Zero || reading.Accuracy > TimeSpan.FromDays(1))
        {
            return null;
        }
        var ticks = reading.Instant.UtcTicks;
        if (reading.Instant < _certificate.NotBefore || reading.Instant > _certificate.NotAfter)
        {
            return null;
        }
        while (true)
        {
            var last = Interlocked.Read(ref _lastTicks);
            if (ticks >= last)
            {
                if (Interlocked.CompareExchange(ref _lastTicks, ticks, last) == last)
                {
                    return reading with { Instant = new DateTimeOffset(ticks, TimeSpan.Zero) };
                }
            }
            else if (last - ticks > reading.Accuracy.Ticks)
            {
                return null;
            }
            else
            {
                ticks = last;
            }
        }
    }
}
