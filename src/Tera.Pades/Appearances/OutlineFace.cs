using System.Globalization;
using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>
/// Letters as paths of <see cref="GlyphOutlines"/>, named by /ActualText for readers that read aloud or search.
/// </summary>
internal sealed class OutlineFace : MarkFace
{
    public override double Descent => 0.24;

    public override int WidthOf(string text) => GlyphOutlines.WidthOf(text);

    public override void AppendLine(StringBuilder content, string text, double x, double y, double size)
    {
        // 14.9.4: what the paths say.
        content.Append(CultureInfo.InvariantCulture, $"/Span <</ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>>> BDC\n");
        content.Append(CultureInfo.InvariantCulture, $"q {size / 1000:0.######} 0 0 {size / 1000:0.######} {x:0.###} {y:0.###} cm\n");
        var advance = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            var (width, path) = GlyphOutlines.Find(letter);
            if (path.Length > 0)
            {
                if (advance > 0)
                    content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {advance} 0 cm\n");
                content.Append(path).Append(" f\n");
                advance = 0;
            }
            advance += width;
        }
        content.Append("Q\nEMC\n");
    }
}
