using System.Globalization;
using Tera.Sop.Definitions;

namespace Tera.Sop.Forms;

/// <summary>The identity block.</summary>
internal static class IdentityPage
{
    private const double Half = (FormLayout.PageWidth - (2 * FormLayout.Margin)) / 2;
    private const double Size = 8.5;
    private const double Leading = 11;

    // Written out, so that a form looks the same on a machine without the data of the language.
    private static readonly string[] Months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

    public static FormPage Draw(SopDefinition definition)
    {
        var identity = definition.Identity;
        var shapes = new List<FormShape>();
        var (left, top) = (FormLayout.Margin, FormLayout.Margin);
        (string Name, string Value)[] facts =
        [
            ("Nomor SOP", identity.Nomor ?? string.Empty), ("Tanggal Pembuatan", Date(identity.Pembuatan)), ("Tanggal Revisi", Date(identity.Revisi)),
            ("Tanggal Efektif", Date(identity.Efektif)), ("Disahkan Oleh", identity.Disahkan ?? string.Empty), ("Nama SOP", identity.Nama),
        ];
        var y = top;
        foreach (var (name, value) in facts)
        {
            var lines = FormText.Wrap(value, Half - 120, Size);
            var height = Math.Max(22, (lines.Count * Leading) + 10);
            shapes.Add(new FormShape.Rect(new FormPoint(left + Half, y), 110, height));
            shapes.Add(new FormShape.Rect(new FormPoint(left + Half + 110, y), Half - 110, height));
            Lines(shapes, [name], left + Half + 5, y, bold: false);
            Lines(shapes, lines, left + Half + 115, y, bold: name == "Nama SOP");
            y += height;
        }

        shapes.Add(new FormShape.Rect(new FormPoint(left, top), Half, y - top));
        var heading = FormText.Wrap(identity.Instansi.ToUpperInvariant(), Half - 60, 12).Concat(identity.Unit is null ? [] : FormText.Wrap(identity.Unit.ToUpperInvariant(), Half - 60, 12)).ToList();
        for (var line = 0; line < heading.Count; line++)
        {
            shapes.Add(new FormShape.Text(new FormPoint(left + (Half / 2), ((top + y) / 2) + ((line - ((heading.Count - 1) / 2.0)) * 16)), heading[line], 12, Bold: true, FormAnchor.Middle));
        }

        (string Name, IReadOnlyList<string> Items)[] blocks =
        [
            ("Dasar Hukum", identity.DasarHukum), ("Kualifikasi Pelaksana", identity.Kualifikasi), ("Keterkaitan", identity.Keterkaitan),
            ("Peralatan/Perlengkapan", identity.Peralatan), ("Peringatan", identity.Peringatan), ("Pencatatan dan Pendataan", identity.Pencatatan),
        ];
        for (var row = 0; row < blocks.Length; row += 2)
        {
            var texts = blocks[row..(row + 2)].Select(block => block.Items.SelectMany((item, index) => FormText.Wrap($"{Number(index + 1)}. {item}", Half - 14, Size)).ToList()).ToList();
            var height = (Math.Max(texts[0].Count, texts[1].Count) * Leading) + 28;
            for (var column = 0; column < 2; column++)
            {
                shapes.Add(new FormShape.Rect(new FormPoint(left + (column * Half), y), Half, height));
                Lines(shapes, [blocks[row + column].Name], left + (column * Half) + 5, y, bold: true);
                Lines(shapes, texts[column], left + (column * Half) + 5, y + 14, bold: false);
            }

            y += height;
        }

        return new FormPage(FormLayout.PageWidth, Math.Max(FormLayout.PageHeight, y + FormLayout.Margin), $"Identitas SOP {identity.Nama}, {identity.Instansi}.", shapes);
    }

    private static void Lines(List<FormShape> shapes, IReadOnlyList<string> lines, double x, double y, bool bold)
    {
        for (var line = 0; line < lines.Count; line++)
        {
            shapes.Add(new FormShape.Text(new FormPoint(x, y + 14 + (line * Leading)), lines[line], Size, bold));
        }
    }

    private static string Date(DateOnly? date) => date is { } day ? $"{Number(day.Day)} {Months[day.Month - 1]} {Number(day.Year)}" : string.Empty;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
