using Tera.Pades.Cms;

namespace Tera.Pades.Validation.Blocks;

/// <summary>CV: whether digest and value hold (EN 319 102-1 5.2.7).</summary>
internal static class CryptographicVerification
{
    public static Conclusion Check(SignatureEvidence signature)
    {
        if (signature.DigestMatches == false)
            return Conclusion.Failed(SubIndication.HashFailure, "The signed bytes were changed: their digest is not the signed one.");
        return signature.Value == SignatureValueState.DoesNotHold
            ? Conclusion.Failed(SubIndication.SigCryptoFailure, "The signature value was not made with the signer's key over these attributes.")
            : Conclusion.Passed;
    }

    /// <summary>Whether it could be verified at all; asked when nothing speaks against it.</summary>
    public static Conclusion CheckSupport(SignatureEvidence signature)
    {
        if (signature is { DigestMatches: not null, Value: SignatureValueState.Holds })
            return Conclusion.Passed;
        return signature is { ComputedDigest: null, Value: SignatureValueState.Holds } && RunningDigest.NameOf(signature.DigestAlgorithm) is not null
            ? Conclusion.Indeterminate(SubIndication.SignedDataNotFound, "The signed bytes could not be hashed.")
            : Conclusion.Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe,
                $"The signature uses an algorithm that is not supported here ({signature.DigestAlgorithm}, {signature.SignatureAlgorithm}).");
    }
}
