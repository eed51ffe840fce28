namespace Tera.Pki.TimeStamping;

/// <summary>PKIFailureInfo of RFC 3161 2.4.2; the value is the number of the bit.</summary>
public enum TimeStampFailure
{
    /// <summary>The hash algorithm is not accepted.</summary>
    BadAlgorithm = 0,

    /// <summary>The request is not permitted or not supported.</summary>
    BadRequest = 2,

    /// <summary>The request is malformed.</summary>
    BadDataFormat = 5,

    /// <summary>The authority's clock is not to be relied on now.</summary>
    TimeNotAvailable = 14,

    /// <summary>The requested policy is not served.</summary>
    UnacceptedPolicy = 15,

    /// <summary>A requested extension is not supported.</summary>
    UnacceptedExtension = 16,

    /// <summary>The additional information requested is not available.</summary>
    AdditionalInformationNotAvailable = 17,

    /// <summary>The request cannot be handled because of a failure at the authority.</summary>
    SystemFailure = 25,
}
