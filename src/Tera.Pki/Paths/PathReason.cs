namespace Tera.Pki.Paths;

/// <summary>Why a path holds or not: a closed set.</summary>
public enum PathReason
{
    /// <summary>The path holds.</summary>
    Valid,

    /// <summary>No chain of names leads from the certificate to an anchor.</summary>
    NoPathToAnchor,

    /// <summary>A signature does not verify with the issuer's key.</summary>
    SignatureInvalid,

    /// <summary>A signature algorithm is not supported.</summary>
    AlgorithmUnsupported,

    /// <summary>A certificate begins after the time in question.</summary>
    NotYetValid,

    /// <summary>A certificate ended before the time in question.</summary>
    Expired,

    /// <summary>An issuer is no CA (basicConstraints).</summary>
    IssuerIsNoAuthority,

    /// <summary>More CAs follow than a pathLenConstraint allows.</summary>
    PathTooLong,

    /// <summary>keyUsage forbids what the key was used for.</summary>
    KeyUsageForbids,

    /// <summary>extendedKeyUsage lacks the purpose asked for.</summary>
    PurposeForbids,

    /// <summary>A name lies outside the permitted or inside the excluded subtrees of a CA.</summary>
    NameConstraintViolated,

    /// <summary>No acceptable policy holds for the whole path.</summary>
    PolicyNotAccepted,

    /// <summary>A critical extension is not known.</summary>
    UnknownCriticalExtension,

    /// <summary>An extension that must be processed cannot be read.</summary>
    ExtensionMalformed,

    /// <summary>A certificate breaks a rule of RFC 5280 section 4 (only with <see cref="PathRequest.ChecksProfile"/>).</summary>
    ProfileViolated,

    /// <summary>A certificate is revoked.</summary>
    Revoked,

    /// <summary>A certificate is suspended (certificateHold).</summary>
    OnHold,

    /// <summary>There is no usable evidence of whether a certificate is revoked.</summary>
    RevocationUnknown,

    /// <summary>The evidence asks for more work than the limits allow.</summary>
    TooComplex,
}
