using System.Security.Cryptography;

namespace Tera.Pki.TimeStamping;

/// <summary>Gets time stamps from a time-stamping authority.</summary>
public interface ITimeStampClient
{
    /// <summary>How long this authority's tokens are, in bytes, as far as it is known: who keeps a place for one need not guess.</summary>
    int? ExpectedTokenLength => null;

    /// <summary>Has a digest stamped. The token is verified before it is returned: imprint, nonce, key purpose, ESSCertID and signature.</summary>
    /// <param name="messageImprint">The digest to stamp.</param>
    /// <param name="hashAlgorithm">The hash that made it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The DER TimeStampToken (RFC 3161 2.4.2).</returns>
    /// <exception cref="TimeStampException">The authority refused, could not be reached, or its answer does not hold.</exception>
    Task<byte[]> StampAsync(ReadOnlyMemory<byte> messageImprint, HashAlgorithmName hashAlgorithm, CancellationToken cancellationToken);
}
