namespace Tera.Pades.Validation.Blocks;

/// <summary>FC: whether the form of a signature is that of a PDF signature (EN 319 102-1 5.2.2, EN 319 142-1 6.3).</summary>
internal static class FormatChecking
{
    public static Conclusion Check(SignatureEvidence signature) =>
        signature.Defects.Count > 0 ? Conclusion.Failed(SubIndication.FormatFailure, Sentence(Defects.TextOf(signature.Defects[0]))) : Conclusion.Passed;

    private static string Sentence(string clause) => string.Concat(char.ToUpperInvariant(clause[0]).ToString(), clause.AsSpan(1), ".");
}
