using Tera.Pades.Pdf;

namespace Tera.Pades.Text;

/// <summary>A text found on a page.</summary>
/// <param name="PageIndex">0 for the first page.</param>
/// <param name="Box">The box around its letters, from descender to ascender, in the page's own space (ISO 32000-1 8.3.2.3), before rotation.</param>
/// <param name="Text">The text as the page has it.</param>
public sealed record TextMatch(int PageIndex, PdfRectangle Box, string Text);
