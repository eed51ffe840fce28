using Tera.Sop.Definitions;

namespace Tera.Sop.Forms;

/// <summary>The table with the flowchart.</summary>
internal sealed class FormTable
{
    private const double Size = 6.6;
    private const double Leading = 8;
    private const double SymbolHeight = 20;
    private const double HeadHeight = 44;
    private const double ConnectorHeight = 26;

    private readonly SopDefinition definition;
    private readonly FormOptions options;
    private readonly IReadOnlyList<FormRow> rows;
    private readonly IReadOnlyList<string> columns;
    private readonly (string Name, double Width)[] left = [("No", 24), ("Kegiatan", 150)];
    private readonly (string Name, double Width)[] right = [("Kelengkapan", 84), ("Waktu", 40), ("Output", 76), ("Keterangan", 84)];
    private readonly double laneWidth;
    private readonly double laneLeft;
    private readonly double laneRight;

    public FormTable(SopDefinition definition, FormOptions options)
    {
        this.definition = definition;
        this.options = options;
        rows = FormRow.Of(definition, options);
        columns = [.. definition.Lanes.Select(lane => lane.Id), .. rows.Any(row => row.Column == FormRow.SystemColumn) ? [FormRow.SystemColumn] : Array.Empty<string>()];
        laneLeft = FormLayout.Margin + left.Sum(column => column.Width);
        laneRight = FormLayout.PageWidth - FormLayout.Margin - right.Sum(column => column.Width);
        laneWidth = (laneRight - laneLeft) / columns.Count;
    }

    private double SymbolWidth => Math.Min(38, laneWidth - 16);

    public IEnumerable<FormPage> Draw()
    {
        var start = 0;
        for (var page = 1; start < rows.Count; page++)
        {
            var shapes = new List<FormShape>();
            var top = FormLayout.Margin;
            if (page == 1)
            {
                shapes.Add(new FormShape.Text(new FormPoint(FormLayout.PageWidth / 2, top + 10), definition.Identity.Nama.ToUpperInvariant(), 10, Bold: true, FormAnchor.Middle));
                top += 20;
            }

            Head(shapes, top);
            var y = top + HeadHeight + (start > 0 ? ConnectorHeight : 0);
            var first = start;
            var places = new List<FormPoint>();
            while (start < rows.Count && (start == first || y + HeightOf(rows[start]) + (start + 1 < rows.Count ? ConnectorHeight : 0) <= FormLayout.PageHeight - FormLayout.Margin))
            {
                places.Add(Row(shapes, rows[start], start, y));
                y += HeightOf(rows[start++]);
            }

            Arrows(shapes, first, places, top + HeadHeight, y);
            Branches(shapes, first, places);
            if (first > 0)
            {
                shapes.Add(new FormShape.Rect(new FormPoint(FormLayout.Margin, top + HeadHeight), FormLayout.PageWidth - (2 * FormLayout.Margin), ConnectorHeight));
            }

            if (start < rows.Count)
            {
                shapes.Add(new FormShape.Rect(new FormPoint(FormLayout.Margin, y), FormLayout.PageWidth - (2 * FormLayout.Margin), ConnectorHeight));
            }

            yield return new FormPage(FormLayout.PageWidth, FormLayout.PageHeight, Summary(first, start), shapes);
        }
    }

    private string Summary(int from, int until) =>
        $"Bagan alir SOP {definition.Identity.Nama}. " + string.Join(" ", rows.Skip(from).Take(until - from).Select(row => $"{row.Nomor}. {row.Step.Uraian} ({NameOf(row.Column)}, {row.Waktu})."));

    private string NameOf(string column) => definition.FindLane(column)?.Nama ?? "Sistem";

    private void Head(List<FormShape> shapes, double y)
    {
        var x = FormLayout.Margin;
        foreach (var (name, width) in left)
        {
            Cell(shapes, name, x, y, width, HeadHeight);
            x += width;
        }

        Cell(shapes, "Pelaksana", laneLeft, y, laneRight - laneLeft, 14);
        for (var column = 0; column < columns.Count; column++)
        {
            Cell(shapes, NameOf(columns[column]).Replace("/", "/ ", StringComparison.Ordinal), laneLeft + (column * laneWidth), y + 14, laneWidth, HeadHeight - 14);
        }

        x = laneRight;
        Cell(shapes, "Mutu Baku", x, y, right[..3].Sum(column => column.Width), 14);
        foreach (var (name, width) in right)
        {
            var above = name == "Keterangan" ? 0 : 14;
            Cell(shapes, name, x, y + above, width, HeadHeight - above);
            x += width;
        }
    }

    private static void Cell(List<FormShape> shapes, string text, double x, double y, double width, double height)
    {
        shapes.Add(new FormShape.Rect(new FormPoint(x, y), width, height, Fill: "#eeeeee"));
        var lines = FormText.Wrap(text, width - 4, Size);
        for (var line = 0; line < lines.Count; line++)
        {
            shapes.Add(new FormShape.Text(new FormPoint(x + (width / 2), y + (height / 2) + 2.4 + ((line - ((lines.Count - 1) / 2.0)) * Leading)), lines[line], Size, Bold: true, FormAnchor.Middle));
        }
    }

    private string[] CellsOf(FormRow row) => [row.Nomor, row.Step.Uraian, row.Kelengkapan, row.Waktu, row.Output, row.Keterangan];

    private double HeightOf(FormRow row)
    {
        double[] widths = [.. left.Concat(right).Select(column => column.Width)];
        var lines = CellsOf(row).Select((text, index) => FormText.Wrap(text, widths[index] - 6, Size).Count).Max();
        return Math.Max(SymbolHeight + 16, (lines * Leading) + 8);
    }

    private FormPoint Row(List<FormShape> shapes, FormRow row, int index, double y)
    {
        var height = HeightOf(row);
        var x = FormLayout.Margin;
        var cells = CellsOf(row);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            x = cell == left.Length ? laneRight : x;
            var width = cell < left.Length ? left[cell].Width : right[cell - left.Length].Width;
            shapes.Add(new FormShape.Rect(new FormPoint(x, y), width, height));
            var lines = FormText.Wrap(cells[cell], width - 6, Size);
            for (var line = 0; line < lines.Count; line++)
            {
                shapes.Add(new FormShape.Text(new FormPoint(x + 3, y + 9 + (line * Leading)), lines[line], Size));
            }

            x += width;
        }

        for (var column = 0; column < columns.Count; column++)
        {
            shapes.Add(new FormShape.Rect(new FormPoint(laneLeft + (column * laneWidth), y), laneWidth, height));
        }

        var centre = new FormPoint(CentreOf(row), y + 8 + (SymbolHeight / 2));
        FormSymbols.Draw(shapes, row, centre, SymbolWidth, SymbolHeight, IsEnd(row, index), index == 0, BackLabel(row));
        return centre;
    }

    private double CentreOf(FormRow row)
    {
        var column = Math.Max(0, columns.ToList().IndexOf(row.Column));
        return laneLeft + ((column + 0.5) * laneWidth);
    }

    private bool IsEnd(FormRow row, int index) =>
        row.Step.Outcomes.Any(outcome => outcome.IsForward && FormRow.Visible(definition, options, outcome.Goes) is null) && !(index + 1 < rows.Count && rows[index + 1].Step.Id == row.Step.Id);

    /// <summary>Forward arrows go down, across, down; a page break is bridged by two pentagons.</summary>
    private void Arrows(List<FormShape> shapes, int first, List<FormPoint> places, double top, double bottom)
    {
        const double Half = SymbolHeight / 2;
        for (var index = 0; index < places.Count; index++)
        {
            var row = first + index;
            if (index == 0 && row > 0 && Label(row - 1) is not null)
            {
                var above = new FormPoint(places[0].X, top + 11);
                FormSymbols.Pentagon(shapes, above);
                FormSymbols.Arrow(shapes, [new FormPoint(above.X, above.Y + 8), new FormPoint(places[0].X, places[0].Y - Half)]);
            }

            if (Label(row) is not { } label)
            {
                continue;
            }

            var from = new FormPoint(places[index].X, places[index].Y + Half);
            if (index + 1 < places.Count)
            {
                var to = new FormPoint(places[index + 1].X, places[index + 1].Y - Half);
                var turn = to.Y - 4;
                FormSymbols.Arrow(shapes, from.X == to.X ? [from, to] : [from, new FormPoint(from.X, turn - 2), new FormPoint(to.X, turn - 2), to]);
            }
            else
            {
                var below = new FormPoint(from.X, bottom + 13);
                FormSymbols.Arrow(shapes, [from, new FormPoint(from.X, below.Y - 8)]);
                FormSymbols.Pentagon(shapes, below);
            }

            if (label.Length > 0)
            {
                shapes.Add(new FormShape.Text(new FormPoint(from.X + 2, from.Y + 6), label, 5.5));
            }
        }
    }

    /// <summary>The label of the arrow to the next row: empty for a plain arrow, null when no arrow leads there.</summary>
    private string? Label(int row)
    {
        if (row + 1 >= rows.Count)
        {
            return null;
        }

        var (step, next) = (rows[row].Step, rows[row + 1].Step);
        if (step.Id == next.Id)
        {
            return "Ya";
        }

        var outcome = step.Outcomes.FirstOrDefault(outcome => outcome is { IsForward: true, IsSystemOnly: false } && FormRow.Visible(definition, options, outcome.Goes)?.Id == next.Id);
        return outcome is null ? null : step.Kind is StepKind.Putus or StepKind.Tte ? FormSymbols.Title(outcome.Name) : string.Empty;
    }

    /// <summary>The first outcome that leads back or out, drawn as a stub; the remarks say where to.</summary>
    private string? BackLabel(FormRow row) => row.Step.Outcomes.FirstOrDefault(outcome => !outcome.IsSystemOnly && outcome.Goes switch
    {
        OutcomeTarget.Next => FormRow.Visible(definition, options, outcome.Goes) is { } target && target.Index <= row.Step.Index,
        OutcomeTarget.Finish => false,
        _ => true,
    })?.Name;

    /// <summary>A branch to a later row goes round the rows between, on the right of the symbol.</summary>
    private void Branches(List<FormShape> shapes, int first, List<FormPoint> places)
    {
        for (var index = 0; index < places.Count; index++)
        {
            var step = rows[first + index].Step;
            foreach (var outcome in step.Outcomes.Where(outcome => outcome is { IsForward: true, IsSystemOnly: false }))
            {
                var target = FormRow.Visible(definition, options, outcome.Goes)?.Id;
                var there = Enumerable.Range(index + 1, places.Count - index - 1).FirstOrDefault(other => rows[first + other].Step.Id == target);
                if (there <= index + 1 || rows[first + index + 1].Step.Id == step.Id)
                {
                    continue;
                }

                var from = new FormPoint(places[index].X + (SymbolWidth / 2), places[index].Y);
                var to = new FormPoint(places[there].X, places[there].Y - (SymbolHeight / 2));
                FormSymbols.Arrow(shapes, [from, new(from.X + 4, from.Y), new(from.X + 4, to.Y - 4), new(to.X, to.Y - 4), to]);
                shapes.Add(new FormShape.Text(new FormPoint(from.X - 3, from.Y - 5), FormSymbols.Title(outcome.Name), 5, Anchor: FormAnchor.Middle));
            }
        }
    }
}
