namespace Tera.Pades.Signing.LongTerm;

/// <summary>A document that is not extended, with the reason: which certificate it is about, and what each address answered.</summary>
public sealed class ExtensionException : Exception
{
    /// <summary>Refuses to extend.</summary>
    /// <param name="refusal">The reason.</param>
    /// <param name="detail">What it was about.</param>
    public ExtensionException(ExtensionRefusal refusal, string detail)
        : base($"{TextOf(refusal)}: {detail}") => Refusal = refusal;

    /// <summary>The reason.</summary>
    public ExtensionRefusal Refusal { get; }

    private static string TextOf(ExtensionRefusal refusal) => refusal switch
    {
        ExtensionRefusal.NoSignature => "There is no signature to extend",
        ExtensionRefusal.SignatureDoesNotHold => "A signature does not hold",
        ExtensionRefusal.NoTimeStampAuthority => "A time stamp is needed and no authority is given",
        ExtensionRefusal.CertificateUnreadable => "A certificate cannot be read",
        ExtensionRefusal.IssuerUnknown => "An issuer is not known",
        ExtensionRefusal.ChainInvalid => "A certificate chain does not hold",
        ExtensionRefusal.CertificateRevoked => "A certificate is revoked",
        ExtensionRefusal.RevocationUnknown => "Nothing tells whether a certificate is revoked",
        _ => "The document cannot be extended",
    };
}
