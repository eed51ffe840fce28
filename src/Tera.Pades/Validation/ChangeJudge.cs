using System.Globalization;
using Tera.Pades.Changes;

namespace Tera.Pades.Validation;

/// <summary>Decides which changes the signatures of a file permit (ISO 32000-2 12.8.2.2, 12.8.2.4, 12.7.5.5).</summary>
internal sealed class ChangeJudge(Evidence evidence, ValidationPolicy policy)
{
    /// <summary>What came after a signature, with a sentence for each change and, where it is forbidden, the rule that forbids it.</summary>
    public (ChangesAfter State, IReadOnlyList<string> Sentences) After(SignatureEvidence signature)
    {
        if (signature.Revision is not { } revision)
        {
            return evidence.RevisionEnds.Count > 0 && signature.Defects.Contains(StructureDefect.EndIsNotRevision)
                ? (ChangesAfter.Forbidden, ["The signed bytes are no revision of this file: what was signed is not what is shown."])
                : (ChangesAfter.None, []);
        }
        var sentences = new List<string>();
        var state = ChangesAfter.None;
        if (evidence.WasRepaired && signature.ByteRange[2] + signature.ByteRange[3] < evidence.Length)
        {
            state = ChangesAfter.Forbidden;
            sentences.Add("The cross-reference sections of the file are damaged and bytes were added after the signature: what they change cannot be told.");
        }
        if (evidence.TrailingBytes > 0 && !evidence.WasRepaired && CoveredEnd(signature) < evidence.Length)
        {
            state = ChangesAfter.Forbidden;
            sentences.Add(string.Create(CultureInfo.InvariantCulture, $"{evidence.TrailingBytes} bytes follow the last revision and belong to none: some readers may show what they hold."));
        }
        foreach (var change in evidence.Changes.Where(c => c.Revision > revision))
        {
            var objection = Objection(change);
            sentences.Add(objection is null ? change.Text : change.Text + " " + objection);
            state = objection is not null ? ChangesAfter.Forbidden : state == ChangesAfter.None ? ChangesAfter.Allowed : state;
        }
        if (state == ChangesAfter.None && revision < evidence.RevisionEnds.Count - 1)
            state = ChangesAfter.Allowed;
        return (state, sentences);
    }

    private static long CoveredEnd(SignatureEvidence signature) => signature.ByteRange[2] + signature.ByteRange[3];

    /// <summary>The rule that a change breaks, as a sentence; null where it is allowed.</summary>
    private string? Objection(Change change)
    {
        if (change.Kind == ChangeKind.Unexplained)
            return "No rule permits this after a signature.";
        var inForce = evidence.Permissions.Where(p => p.FromRevision < change.Revision).ToList();
        var certified = inForce.Exists(p => p.IsCertification);
        if (LockedBy(change, inForce) is { } locked)
            return $"The signature in {locked} locks that field.";
        var level = inForce.Where(p => p.Level is not null).Select(p => p.Level!.Value).Append(policy.DefaultPermission ?? 3).Min();
        return change.Kind switch
        {
            ChangeKind.Bookkeeping or ChangeKind.LongTermData or ChangeKind.DocumentTimeStamp => null,
            ChangeKind.Signature or ChangeKind.FormFill when level >= 2 => SignedWell(change),
            ChangeKind.NewVisibleSignature when level >= 2 => certified
                ? "The document is certified, and a picture in a new field may cover what was certified."
                : SignedWell(change),
            ChangeKind.Annotation when level >= 3 && (certified || policy.DefaultPermission == 3) => null,
            ChangeKind.Annotation => level >= 3 ? "Annotations need a certification that permits them." : $"The document permits changes of level {Text(level)} only.",
            _ => $"The document permits changes of level {Text(level)} only.",
        };
    }

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
