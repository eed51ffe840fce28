using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>How the letters of a mark come on the page: as outlines, or by a font.</summary>
internal abstract class MarkFace
{
    /// <summary>From the baseline to the foot of the line, in parts of the font size.</summary>
    public abstract double Descent { get; }

    /// <summary>The width of a text in thousandths of the font size.</summary>
    public abstract int WidthOf(string text);

    /// <summary>Draws a line whose baseline begins at the place.</summary>
    public abstract void AppendLine(StringBuilder content, string text, double x, double y, double size);

    /// <summary>The font resource /F0 for all that was drawn; null where none is needed.</summary>
    public virtual PdfReference? AddTo(IncrementalUpdate changes) => null;
}
