using System.Security.Cryptography;
using Tera.Pki.Certificates;

namespace Tera.Pki.TimeStamping;

/// <summary>Serial numbers of time-stamp tokens: unique for the unit, also after a crash (RFC 3161 2.4.2).</summary>
public interface ITimeStampSerials
{
    /// <summary>Takes the next serial number; it is spent even if no token comes of it.</summary>
    /// <param name="cancellationToken">Cancels the wait for a store.</param>
    /// <returns>A number of at most 20 octets.</returns>
    ValueTask<SerialNumber> NextAsync(CancellationToken cancellationToken);
}

/// <summary>Random serial numbers of 158 bits: unique without a store.</summary>
/// <param name="random">The source.</param>
public sealed class RandomTimeStampSerials(RandomNumberGenerator random) : ITimeStampSerials
{
    /// <inheritdoc/>
    public ValueTask<SerialNumber> NextAsync(CancellationToken cancellationToken) => ValueTask.FromResult(SerialNumber.Create(random));
}
