using System.Security.Cryptography;

namespace Tera.Pki.TimeStamping;

/// <summary>What a time-stamping unit serves.</summary>
public sealed record TimeStampResponderOptions
{
    /// <summary>The policy used when the request names none.</summary>
    public required string DefaultPolicy { get; init; }

    /// <summary>Further policies that a request may name.</summary>
    public IReadOnlyList<string> OtherPolicies { get; init; } = [];

    /// <summary>Hashes that are stamped; SHA-256, SHA-384 and SHA-512 by default. SHA-1 has no place in a new time stamp.</summary>
    public IReadOnlyList<HashAlgorithmName> Hashes { get; init; } = [HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512];

    /// <summary>The ordering field: set it only when one unit makes all tokens of the authority.</summary>
    public bool IsOrdering { get; init; }

    /// <summary>Whether genTime has milliseconds; otherwise whole seconds, rounded down.</summary>
    public bool HasFractionalSeconds { get; init; } = true;

    /// <summary>Whether tokens may carry the certificates when asked (certReq); when not, such requests are rejected with addInfoNotAvailable.</summary>
    public bool ServesCertificates { get; init; } = true;

    /// <summary>Longer requests are rejected; a real one has less than 200 bytes.</summary>
    public int MaximumRequestLength { get; init; } = 16 * 1024;
}
