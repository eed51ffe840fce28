using System.Globalization;

namespace Tera.Pades.Changes;

/// <summary>
/// A picture, or anything else that only fields and annotations use, may change only with all of those that use it.
/// Example that breaks it: a revision that replaces the picture of a field that nobody filled in, or a picture that two fields
/// share when one of them is filled in.
/// </summary>
internal sealed class PictureRule : IChangeRule
{
    public const string Id = "picture";

    public void Look(RevisionStep step)
    {
        foreach (var (number, change) in step.Changed)
        {
            if (step.Uses.FrozenFor(number) is not null || step.Before.IsNode(number))
                continue;
            foreach (var owner in step.Uses.OwnersOf(number).Where(o => o is > 0 or ObjectUses.Many))
            {
                if (step.Touched.ContainsKey(owner) || step.NewlySigned.Contains(owner))
                    continue;
                var what = change.Now.IsNull ? "is taken away" : "is replaced";
                if (owner == ObjectUses.Many)
                {
                    step.Report(ChangeKind.Unexplained, Id, number, null, string.Create(CultureInfo.InvariantCulture,
                        $"Object {number} {what}: many fields or annotations look different though they are not filled in."));
                }
                else if (step.Before.FieldsByNumber.GetValueOrDefault(owner) is { } field)
                {
                    step.Report(ChangeKind.Unexplained, Id, number, field.Name, string.Create(CultureInfo.InvariantCulture,
                        $"Object {number} {what}: the form field {field.Name}{Place.Of(step.After, field)} looks different though it is not filled in."));
                }
                else if (step.After.Annotations.GetValueOrDefault(owner) is { } annotation && annotation.Page <= step.Before.Pages.Count)
                {
                    AnnotationRule.Judge(step, step.After.Pages[annotation.Page - 1], annotation,
                        string.Create(CultureInfo.InvariantCulture, $"has an annotation ({annotation.Subtype}) that looks different, as object {number} {what}"), change);
                }
                break;
            }
        }
    }
}
