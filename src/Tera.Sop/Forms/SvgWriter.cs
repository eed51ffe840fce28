using System.Globalization;
using System.Text;

namespace Tera.Sop.Forms;

/// <summary>Writes a page of the form as SVG.</summary>
public static class SvgWriter
{
    /// <summary>A whole SVG document with role, title and description for screen readers. Every text is escaped.</summary>
    public static string Write(FormPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {N(page.Width)} {N(page.Height)}" width="{N(page.Width)}pt" height="{N(page.Height)}pt" font-family="Arial, Helvetica, sans-serif" stroke-width="0.6">""");
        svg.Append("<desc>").Append(Escape(page.Summary)).Append("</desc>");
        svg.Append(CultureInfo.InvariantCulture, $"""<rect width="{N(page.Width)}" height="{N(page.Height)}" fill="#ffffff"/>""");
        foreach (var shape in page.Shapes)
        {
            Append(svg, shape);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, FormShape shape)
    {
        switch (shape)
        {
            case FormShape.Line line:
                svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{N(line.From.X)}" y1="{N(line.From.Y)}" x2="{N(line.To.X)}" y2="{N(line.To.Y)}" stroke="#000000" stroke-width="{N(line.Width)}"/>""");
                break;
            case FormShape.Rect rect:
                var radius = rect.Radius > 0 ? $" rx=\"{N(rect.Radius)}\"" : string.Empty;
                svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{N(rect.Corner.X)}" y="{N(rect.Corner.Y)}" width="{N(rect.Width)}" height="{N(rect.Height)}"{radius}{Paint(rect.Fill, rect.Dashed)}/>""");
                break;
            case FormShape.Path path:
                var points = string.Join(' ', path.Points.Select(point => $"{N(point.X)},{N(point.Y)}"));
                svg.Append(CultureInfo.InvariantCulture, $"""<{(path.Closed ? "polygon" : "polyline")} points="{points}"{Paint(path.Fill, path.Dashed)}/>""");
                break;
            case FormShape.Text text:
                var weight = text.Bold ? " font-weight=\"bold\"" : string.Empty;
                var anchor = text.Anchor == FormAnchor.Middle ? " text-anchor=\"middle\"" : string.Empty;
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{N(text.At.X)}" y="{N(text.At.Y)}" font-size="{N(text.Size)}"{weight}{anchor}>{Escape(text.Content)}</text>""");
                break;
        }
    }

    private static string Paint(string? fill, bool dashed) => $" fill=\"{Escape(fill ?? "none")}\" stroke=\"#000000\"{(dashed ? " stroke-dasharray=\"3 2\"" : string.Empty)}";

    private static string N(double number) => Math.Round(number, 2).ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
