using Tera.Pki.Certificates;

namespace Tera.Pki.TimeStamping;

/// <summary>Matches an answer with its request, as RFC 3161 2.4.2 asks of a requester.</summary>
public static class TimeStampAnswer
{
    /// <summary>Checks an answer and takes the token out of it.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="answer">The DER TimeStampResp.</param>
    /// <param name="knownCertificates">Certificates of the authority, for a token that carries none.</param>
    /// <returns>The encoded token.</returns>
    /// <exception cref="TimeStampException">The authority rejected the request, or the answer does not hold.</exception>
    public static byte[] Check(TimeStampRequest request, ReadOnlyMemory<byte> answer, IReadOnlyList<Certificate> knownCertificates)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!TimeStampResponse.TryDecode(answer, out var response, out var error))
        {
            throw new TimeStampException(TimeStampRefusal.Malformed, error);
        }
        if (!response.IsGranted || response.Token is not { } encoded)
        {
            throw new TimeStampException(response.Failure, $"The time-stamping authority rejected the request: {response.Failure?.ToString() ?? "no reason"} {response.StatusText}".TrimEnd());
        }
        if (!TimeStampToken.TryDecode(encoded, out var token, out error))
        {
            throw new TimeStampException(TimeStampRefusal.Malformed, error);
        }
        if (Compare(request, token) is { } mismatch)
        {
            throw new TimeStampException(mismatch, $"The time stamp is not the one that was asked for: {mismatch}.");
        }
        if (!token.Verify(knownCertificates, out var refusal))
        {
            throw new TimeStampException(refusal.Value, $"The time stamp does not hold: {refusal}.");
        }
        return encoded.ToArray();
    }

    private static TimeStampRefusal? Compare(TimeStampRequest request, TimeStampToken token)
    {
        if (request.HashAlgorithm is not { } hash || !token.Stamps(hash, request.MessageImprint.Span))
        {
            return TimeStampRefusal.ImprintMismatch;
        }
        if (request.Nonce is { } nonce && !(token.Info.Nonce is { } echoed && echoed.Span.SequenceEqual(nonce.Span)))
        {
            return TimeStampRefusal.NonceMismatch;
        }
        return request.Policy is { } policy && policy != token.Info.Policy ? TimeStampRefusal.PolicyMismatch : null;
    }
}
