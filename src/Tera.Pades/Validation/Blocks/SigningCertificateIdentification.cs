namespace Tera.Pades.Validation.Blocks;

/// <summary>ISC: whether the signer's certificate is there and reads (EN 319 102-1 5.2.3). That the attributes bind it was read with the form.</summary>
internal static class SigningCertificateIdentification
{
    public static Conclusion Check(SignatureEvidence signature, Subject subject) =>
        signature.SignerCertificate is null ? Conclusion.Indeterminate(SubIndication.NoSigningCertificateFound, "The signer's certificate is not in the file.")
        : subject.Signer is null ? Conclusion.Indeterminate(SubIndication.CertificateChainGeneralFailure, "The signer's certificate cannot be read.")
        : Conclusion.Passed;
}
