namespace Tera.Pades.Validation.Blocks;

/// <summary>FC: whether the form of a signature is that of a PDF signature (EN 319 102-1 5.2.2, EN 319 142-1 6.3).</summary>
internal static class FormatChecking
{
    public static Conclusion Check(SignatureEvidence signature) =>
        signature.FormDefects is [var defect, ..] ? Conclusion.Failed(SubIndication.FormatFailure, Defects.SentenceOf(defect)) : Conclusion.Passed;
}
