namespace Tera.Pades.Signing.LongTerm;

/// <summary>Why signatures are not extended. The text of each is in <see cref="ExtensionException"/>.</summary>
public enum ExtensionRefusal
{
    /// <summary>The document has no signature, or not the one asked for.</summary>
    NoSignature,

    /// <summary>A signature does not hold: what is added would prove nothing.</summary>
    SignatureDoesNotHold,

    /// <summary>A time stamp is needed and no authority is given.</summary>
    NoTimeStampAuthority,

    /// <summary>The certificate of a signer or authority cannot be read.</summary>
    CertificateUnreadable,

    /// <summary>The certificate of an issuer is not known and could not be fetched.</summary>
    IssuerUnknown,

    /// <summary>A chain does not hold at the time in question.</summary>
    ChainInvalid,

    /// <summary>A certificate was revoked or on hold at the time in question.</summary>
    CertificateRevoked,

    /// <summary>No usable OCSP response or CRL was to be had for a certificate.</summary>
    RevocationUnknown,
}
