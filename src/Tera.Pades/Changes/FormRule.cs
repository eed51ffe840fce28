using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// The form dictionary keeps what it says; signing sets /SigFlags, filling in may add default resources (ISO 32000-2 12.7.3).
/// The fields themselves have rules of their own. Example that breaks it: a revision without /AcroForm.
/// </summary>
internal sealed class FormRule : IChangeRule
{
    public const string Id = "form";

    public void Look(RevisionStep step)
    {
        var (old, now) = (step.Before.Form, step.After.Form);
        if (now is null)
        {
            if (old is not null)
                step.Report(ChangeKind.Unexplained, Id, 0, null, "The interactive form is taken away, and the signature fields with it.");
            return;
        }
        if (now.HasDuplicateKeys)
            step.Report(ChangeKind.Unexplained, Id, step.After.FormNumber, null, "The form dictionary has a key twice: readers will not agree on what it says.");
        if (!Grows(step, old?["DR"], now["DR"]))
            step.Report(ChangeKind.Unexplained, Id, step.After.FormNumber, null, "The form's default resources are changed: fields look different.");
        foreach (var key in RevisionStep.DifferentKeys(old ?? PdfDictionary.Of(), now))
        {
            if (!Explains(step, key, old?[key], now[key]))
                step.Report(ChangeKind.Unexplained, Id, step.After.FormNumber, null, $"The form gets another /{key}: nothing permits that after a signature.");
        }
    }

    private static bool Explains(RevisionStep step, string key, PdfObject? old, PdfObject? now) => key switch
    {
        "Fields" or "SigFlags" or "DR" => true,
        // Signers that make their own picture write a default; a field without a picture of its own would show another one.
        "DA" => old is null || step.Same(old, now),
        // To leave drawing to the reader is taken back when the fields have been drawn; to ask for it anew would change what is seen.
        "NeedAppearances" => now is null or PdfNull or PdfBoolean { Value: false } || step.Before.Form is null,
        _ => step.Same(old, now),
    };

    // Resources may be added (the font of a signature's picture); those there are fields' looks and stay.
    private static bool Grows(RevisionStep step, PdfObject? old, PdfObject? now)
    {
        if (step.Before.View.Resolve(old) is not PdfDictionary earlier)
            return true;
        if (step.After.View.Resolve(now) is not PdfDictionary later)
            return false;
        return earlier.All(category =>
            step.Before.View.Resolve(category.Value) is not PdfDictionary resources ||
            (step.After.View.Resolve(later[category.Key]) is PdfDictionary kept && resources.All(r => step.Same(r.Value, kept[r.Key]))) ||
            step.Same(category.Value, later[category.Key]));
    }
}
