using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>A node of the form's field tree (ISO 32000-2 12.7.4): a field, or a widget of one.</summary>
/// <param name="Number">Object number; 0 for one that stands directly in its parent's array.</param>
/// <param name="Name">The full name; that of the field for a widget.</param>
/// <param name="Dictionary">Its dictionary.</param>
/// <param name="Type">The /FT in force, empty where there is none.</param>
/// <param name="Value">The /V in force as it is written; null where there is none.</param>
/// <param name="IsWidgetOnly">Whether it is a mere widget: a kid without a name of its own.</param>
internal sealed record FormField(int Number, string Name, PdfDictionary Dictionary, string Type, PdfObject? Value, bool IsWidgetOnly)
{
    public bool IsSignature => Type == "Sig";

    public bool IsSigned => IsSignature && Value is not null and not PdfNull;
}
