namespace Tera.Pki.Revocation;

/// <summary>CRLReason of RFC 5280 5.3.1; 7 is not used.</summary>
public enum RevocationReason
{
    /// <summary>No reason given; it is left out of a CRL.</summary>
    Unspecified = 0,

    /// <summary>The subject's key is, or may be, known to others.</summary>
    KeyCompromise = 1,

    /// <summary>The CA's key is, or may be, known to others.</summary>
    CaCompromise = 2,

    /// <summary>The subject's name or post changed.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>It is not needed any more.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended.</summary>
    CertificateHold = 6,

    /// <summary>In a delta CRL only: no longer suspended.</summary>
    RemoveFromCrl = 8,

    /// <summary>A privilege in the certificate was withdrawn.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The attribute authority's key is, or may be, known to others.</summary>
    AaCompromise = 10,
}
