using System.Security.Cryptography;
using Tera.Pki.Certificates;
using Tera.Pki.Online;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>How far signatures shall be extended, and where time stamps and validation data come from.</summary>
public sealed record ExtensionRequest
{
    /// <summary>The level to reach: T, LT or LTA. LTA adds a document time stamp each time, which is how it is renewed.</summary>
    public required PadesLevel Level { get; init; }

    /// <summary>The time-stamping authority; null where every signature has its time stamp and the level is not LTA.</summary>
    public ITimeStampClient? TimeStamps { get; init; }

    /// <summary>Where issuers, OCSP responses and CRLs come from that the document does not hold. Nothing is fetched by default.</summary>
    public IValidationDataSource Source { get; init; } = NoValidationData.Instance;

    /// <summary>Certificates at which chains may end; without them a chain ends at a self-signed certificate. Nothing is trusted by this: that is the validator's affair.</summary>
    public IReadOnlyList<Certificate> Anchors { get; init; } = [];

    /// <summary>Certificates that may lie in chains and are neither in the document nor fetched.</summary>
    public IReadOnlyList<Certificate> KnownCertificates { get; init; } = [];

    /// <summary>The signature fields to extend; null for all. A document time stamp covers the others too, but their validation data are not gathered.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The hash of document time stamps: SHA-256, SHA-384 or SHA-512.</summary>
    public HashAlgorithmName TimeStampHash { get; init; } = HashAlgorithmName.SHA256;
}
