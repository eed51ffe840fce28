using System.Globalization;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// The content stands as it was signed: whatever a page, the page tree, a font, an outline, a name tree, a signature uses may not
/// get another meaning, nor may a number that the content refers to without its being defined get one (ISO 32000-2 12.8.2.2.2).
/// Example that breaks it: a revision that gives the stream of page 1's /Contents other operators.
/// </summary>
internal sealed class ContentRule : IChangeRule
{
    public const string Id = "content";

    public void Look(RevisionStep step)
    {
        foreach (var (number, change) in step.Changed.OrderBy(c => c.Key))
        {
            if (step.Uses.FrozenFor(number) is not { } use)
                continue;
            var what = change.Old.IsNull ? "gets a meaning that it had not" : change.Now.IsNull ? "is taken away" : "is replaced";
            step.Report(ChangeKind.Unexplained, Id, number, null,
                string.Create(CultureInfo.InvariantCulture, $"Object {number}, {KindOf(change)} of {use}, {what}: {EffectOn(use)}."));
        }
    }

    private static string EffectOn(string use) =>
        use.StartsWith("the signature in field", StringComparison.Ordinal) ? "a reader would be told something else of signer, reason or time"
        : use.StartsWith("the catalog", StringComparison.Ordinal) ? "the document would behave or be listed in another way"
        : "a reader would see something else than was signed";

    private static string KindOf(ChangedObject change)
    {
        var value = change.Now.IsNull ? change.Old : change.Now;
        var dictionary = value as PdfDictionary ?? (value as PdfStream)?.Dictionary;
        return dictionary?["Type"] is PdfName type ? "a " + type.Value : value is PdfStream ? "a stream" : "a part";
    }
}
