using Tera.Pades.Pdf;

namespace Tera.Pades.Signing;

/// <summary>A signature field as it stands in a file (ISO 32000-1 12.7.4.5).</summary>
/// <param name="Name">The fully qualified name (12.7.3.2).</param>
/// <param name="Id">The field's object; null for a field written directly into an array, which the standard forbids.</param>
/// <param name="Dictionary">The field's dictionary.</param>
/// <param name="ValueId">The signature dictionary's object, where the value is a reference.</param>
/// <param name="Value">The signature dictionary; null for an empty field.</param>
public sealed record SignatureField(string Name, ObjectId? Id, PdfDictionary Dictionary, ObjectId? ValueId, PdfDictionary? Value)
{
    /// <summary>Whether it has a value.</summary>
    public bool IsSigned => Value is not null;

    /// <summary>The signature fields of a view, in the order of the form; a damaged form shows those that can be reached.</summary>
    /// <param name="view">The view.</param>
    /// <returns>The fields.</returns>
    public static IReadOnlyList<SignatureField> Read(PdfView view) =>
        FormField.Enumerate(view).Where(f => f.Type == "Sig").Select(f =>
        {
            var value = f.Dictionary["V"];
            return new SignatureField(f.Name, f.Id, f.Dictionary, (value as PdfReference)?.Id, view.Resolve(value) as PdfDictionary);
        }).ToList();
}

/// <summary>Any terminal field of the form.</summary>
internal sealed record FormField(string Name, string? Type, ObjectId? Id, PdfDictionary Dictionary)
{
    /// <summary>More fields than any form has; what lies beyond is not looked at.</summary>
    private const int MaxFields = 200_000;

    /// <summary>Characters of all full names together: a name is that of all fields above it, so that they can multiply.</summary>
    private const int MaxNameLength = 8 * 1024 * 1024;

    public static IEnumerable<FormField> Enumerate(PdfView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var form = view.GetDictionary(view.Catalog, "AcroForm");
        var seen = new HashSet<ObjectId>();
        long length = 0;
        var stack = new Stack<(PdfObject Node, string Name, string? Type, int Depth)>();
        Push(view.GetArray(form, "Fields"), "", null, 0);
        for (var count = 0; stack.TryPop(out var top) && count < MaxFields; count++)
        {
            var id = (top.Node as PdfReference)?.Id;
            if ((id is { } named && !seen.Add(named)) || top.Depth > view.File.Limits.MaxDepth || view.Resolve(top.Node) is not PdfDictionary field)
                continue;
            view.File.Work.Spend(WorkBudget.Node);
            var partial = view.GetText(field, "T");
            if (partial is not null && (length += top.Name.Length + partial.Length) > MaxNameLength)
                throw new PdfException(PdfRefusal.TooLarge, field.Start);
            var name = partial is null ? top.Name : top.Name.Length == 0 ? partial : $"{top.Name}.{partial}";
            var type = view.GetName(field, "FT") ?? top.Type;
            // Kids with names are fields below this one; kids without are its widgets (12.7.3.1).
            var kids = view.GetArray(field, "Kids");
            if (kids is not null && kids.Any(k => view.Resolve(k) is PdfDictionary kid && kid["T"] is not null))
                Push(kids, name, type, top.Depth + 1);
            else
                yield return new FormField(name, type, id, field);
        }

        void Push(PdfArray? nodes, string name, string? type, int depth)
        {
            for (var i = (nodes?.Count ?? 0) - 1; i >= 0; i--)
                stack.Push((nodes![i], name, type, depth));
        }
    }
}
