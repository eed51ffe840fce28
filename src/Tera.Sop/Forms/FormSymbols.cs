using Tera.Sop.Definitions;

namespace Tera.Sop.Forms;

/// <summary>The five symbols of PermenPANRB 35/2012, and what a running case adds to them.</summary>
internal static class FormSymbols
{
    public static void Draw(List<FormShape> shapes, FormRow row, FormPoint centre, double width, double height, bool isEnd, bool isStart, string? back)
    {
        // Not by colour alone (WCAG 1.4.1): skipped is dashed, overdue carries a sign, a return carries its number.
        var fill = row.State switch
        {
            RowState.Done => "#bfe3c5",
            RowState.Active => "#ffd98a",
            RowState.Overdue => "#f4b0aa",
            _ => "#ffffff",
        };
        var dashed = row.State == RowState.Skipped;
        var (left, top) = (centre.X - (width / 2), centre.Y - (height / 2));
        var decides = row.Step.Kind is StepKind.Putus or StepKind.Tte || row.Step.Outcomes.Count(outcome => !outcome.IsSystemOnly) > 1;
        if (decides)
        {
            shapes.Add(new FormShape.Path([new(centre.X, top), new(left + width, centre.Y), new(centre.X, top + height), new(left, centre.Y)], Closed: true, fill, dashed));
        }
        else
        {
            shapes.Add(new FormShape.Rect(new FormPoint(left, top), width, height, isStart || isEnd ? height / 2 : 0, fill, dashed));
        }

        if (back is not null)
        {
            Arrow(shapes, [new(left, centre.Y), new(left - 7, centre.Y)]);
            shapes.Add(new FormShape.Text(new FormPoint(left - 1, centre.Y - 6), Title(back), 5, Anchor: FormAnchor.Middle));
        }

        if (row.State == RowState.Overdue)
        {
            shapes.Add(new FormShape.Text(new FormPoint(centre.X, centre.Y + 4), "!", 11, Bold: true, FormAnchor.Middle));
        }

        if (row.Returns > 0)
        {
            shapes.Add(new FormShape.Rect(new FormPoint(left - 7, centre.Y + 3), 9, 9, 4.5, "#ffffff"));
            shapes.Add(new FormShape.Text(new FormPoint(left - 2.5, centre.Y + 9.6), Cases.Texts.Of(row.Returns), 6, Bold: true, FormAnchor.Middle));
        }
    }

    public static string Title(string name) => string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1)).Replace('_', ' ');

    public static void Arrow(List<FormShape> shapes, IReadOnlyList<FormPoint> points)
    {
        shapes.Add(new FormShape.Path(points, Closed: false));
        var (before, tip) = (points[^2], points[^1]);
        var length = Math.Max(0.001, Math.Sqrt(((tip.X - before.X) * (tip.X - before.X)) + ((tip.Y - before.Y) * (tip.Y - before.Y))));
        var (dx, dy) = ((tip.X - before.X) / length, (tip.Y - before.Y) / length);
        shapes.Add(new FormShape.Path([tip, new(tip.X - (4 * dx) - (2 * dy), tip.Y - (4 * dy) + (2 * dx)), new(tip.X - (4 * dx) + (2 * dy), tip.Y - (4 * dy) - (2 * dx))], Closed: true, "#000000"));
    }

    public static void Pentagon(List<FormShape> shapes, FormPoint centre) =>
        shapes.Add(new FormShape.Path([new(centre.X - 8, centre.Y - 8), new(centre.X + 8, centre.Y - 8), new(centre.X + 8, centre.Y + 2), new(centre.X, centre.Y + 8), new(centre.X - 8, centre.Y + 2)], Closed: true, "#ffffff"));
}
