using System.Globalization;
using Tera.Pades.Changes;

namespace Tera.Pades.Validation;

/// <summary>Decides which changes the signatures of a file permit (ISO 32000-2 12.8.2.2, 12.8.2.4, 12.7.5.5).</summary>
internal sealed class ChangeJudge(Evidence evidence, ValidationPolicy policy)
{
    private const string WasSigned = "It was there when the document was signed.";

    /// <summary>What came after a signature, with a sentence for each change; the forbidden ones come first and say what forbids them.</summary>
    public (ChangesAfter State, IReadOnlyList<string> Sentences) After(SignatureEvidence signature)
    {
        var revision = signature.Revision ?? signature.FirstRevision;
        var forbidden = new List<string>();
        var allowed = new List<string>();
        // A signature that does not hold has no revision to speak of; that it does not hold is told elsewhere.
        if (signature.IsIntact)
            forbidden.AddRange(signature.Defects.Where(Defects.IsAboutWhatFollows).Select(Defects.SentenceOf));
        if (evidence.WasRepaired && CoveredEnd(signature) < evidence.Length)
        {
            forbidden.Add("The cross-reference sections of the file are damaged and bytes were added after the signature: what they change cannot be told.");
        }
        if (evidence.TrailingBytes > 0 && !evidence.WasRepaired && CoveredEnd(signature) < evidence.Length)
        {
            forbidden.Add(string.Create(CultureInfo.InvariantCulture, $"{evidence.TrailingBytes} bytes follow the last revision and belong to none: some readers may show what they hold."));
        }
        foreach (var change in evidence.Changes.Where(c => c.Revision > revision))
        {
            var objection = Objection(change, revision);
            if (objection is null)
                allowed.Add(change.Text);
            else
                forbidden.Add(change.Text + " " + objection);
        }
        foreach (var claim in evidence.Permissions.Where(p => p.FromRevision > revision && p.Level > LevelBefore(p.FromRevision)))
            forbidden.Add($"The signature in {claim.Field} claims to permit more than the document does.");
        var state = forbidden.Count > 0 ? ChangesAfter.Forbidden
            : allowed.Count > 0 || revision < evidence.RevisionEnds.Count - 1 ? ChangesAfter.Allowed : ChangesAfter.None;
        return (state, [.. forbidden, .. allowed]);
    }

    private static long CoveredEnd(SignatureEvidence signature) => signature.Revision is null ? 0 : signature.ByteRange[2] + signature.ByteRange[3];

    /// <summary>The rule that a change breaks, as a sentence; null where it is allowed.</summary>
    private string? Objection(Change change, int revision)
    {
        if (change.Kind == ChangeKind.Unexplained)
            return "No rule permits this after a signature.";
        var inForce = evidence.Permissions.Where(p => p.FromRevision < change.Revision).ToList();
        var certification = inForce.Where(p => p.IsCertification).Min(p => p.Level);
        var certified = certification is not null;
        if (LockedBy(change, inForce) is { } locked)
            return $"The signature in {locked} locks that field.";
        var level = LevelBefore(change.Revision);
        return change.Kind switch
        {
            ChangeKind.Bookkeeping or ChangeKind.LongTermData or ChangeKind.DocumentTimeStamp => null,
            ChangeKind.Orphan when level >= 2 => null,
            ChangeKind.Signature or ChangeKind.FormFill when level >= 2 => SignedWell(change),
            ChangeKind.NewVisibleSignature when level >= 2 => certification <= 2
                ? "The document is certified, and a picture in a new field may cover what was certified."
                : SignedWell(change),
            ChangeKind.CoveringSignature when level >= 2 => certified ? "The document is certified, and the picture hides or alters what was certified." : SignedWell(change),
            ChangeKind.Annotation when level >= 3 => null,
            ChangeKind.AnnotationChanged when level >= 3 => certified || policy.DefaultPermission == 3 || change.Since > revision ? null : WasSigned,
            ChangeKind.PaintingAnnotation when level >= 3 => certified ? "It shows something on the page that was not certified." : change.Since > revision ? null : WasSigned,
            ChangeKind.CoveringAnnotation when level >= 3 => "It hides a part of what was signed, or writes over it.",
            _ => $"The document permits changes of level {Text(level)} only.",
        };
    }

    private int LevelBefore(int revision) =>
        evidence.Permissions.Where(p => p.FromRevision < revision && p.Level is not null).Select(p => p.Level!.Value).Append(policy.DefaultPermission ?? 3).Min();

    // A picture that comes with a "signature" is accepted for the signature's sake: that one must hold.
    private string? SignedWell(Change change)
    {
        if (change.Kind == ChangeKind.FormFill)
            return null;
        var signature = evidence.Signatures.FirstOrDefault(s => s.Field == change.Field && s.Revision >= change.Revision);
        return signature is null && evidence.Signatures.Any(s => s.Field == change.Field) ? "That signature does not hold, so its field is a foreign addition." : null;
    }

    private static string? LockedBy(Change change, List<Permission> inForce)
    {
        if (change.Field is not { } field || change.Kind is ChangeKind.DocumentTimeStamp or ChangeKind.LongTermData or ChangeKind.Bookkeeping)
            return null;
        return inForce.Find(p => p.Lock is { } fields && fields.Covers(field))?.Field;
    }

    private static string Text(int level) => level.ToString(CultureInfo.InvariantCulture);
}
