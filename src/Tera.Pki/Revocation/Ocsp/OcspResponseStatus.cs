namespace Tera.Pki.Revocation.Ocsp;

/// <summary>OCSPResponseStatus of RFC 6960 4.2.1.</summary>
public enum OcspResponseStatus
{
    /// <summary>There is an answer.</summary>
    Successful = 0,

    /// <summary>The request cannot be read.</summary>
    MalformedRequest = 1,

    /// <summary>The responder failed.</summary>
    InternalError = 2,

    /// <summary>Later perhaps.</summary>
    TryLater = 3,

    /// <summary>The request must be signed.</summary>
    SignatureRequired = 5,

    /// <summary>This responder cannot speak for the issuer.</summary>
    Unauthorized = 6,
}
