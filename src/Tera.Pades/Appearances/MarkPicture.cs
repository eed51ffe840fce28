using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>The picture of a mark: <see cref="MarkImage"/> or <see cref="MarkCode"/>.</summary>
public abstract class MarkPicture
{
    private protected MarkPicture()
    {
    }

    /// <summary>Width divided by height.</summary>
    internal abstract double AspectRatio { get; }

    /// <summary>The object that the drawing names as /Im0; null for a picture that is drawn by operators alone.</summary>
    /// <param name="changes">Where it is added.</param>
    /// <param name="ground">What shows through it, where the file allows no transparency; null where it does.</param>
    internal virtual PdfReference? AddTo(IncrementalUpdate changes, MarkColor? ground) => null;

    /// <summary>Draws it into the unit square, the space being set up already.</summary>
    internal abstract void Append(StringBuilder content);
}
