using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>Where one mark lies.</summary>
/// <param name="PageIndex">0 for the first page.</param>
/// <param name="Rectangle">In the page's own space (ISO 32000-1 8.3.2.3), before rotation: what a widget's /Rect says.</param>
public readonly record struct MarkPlace(int PageIndex, PdfRectangle Rectangle);
