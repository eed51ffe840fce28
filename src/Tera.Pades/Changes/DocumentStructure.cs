using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// The parts of a revision that an honest later revision may touch: catalog, form, pages and their annotations.
/// Everything else is the document's content and stays as it was signed.
/// </summary>
internal sealed class DocumentStructure
{
    /// <summary>Pages, fields and annotations beyond these numbers are not compared; a change is then unexplained.</summary>
    private const int MaxNodes = 150_000;

    private const int MaxDepth = 64;

    /// <summary>Characters of all full names together.</summary>
    private const int MaxNameLength = 8 * 1024 * 1024;

    private readonly HashSet<int> _visited = [];
    private int _nodes;
    private long _nameLength;
    private Dictionary<string, List<FormField>>? _byName;

    private DocumentStructure(PdfView view)
    {
        View = view;
        Catalog = view.Catalog ?? PdfDictionary.Of();
        Form = view.GetDictionary(Catalog, "AcroForm");
        FormNumber = NumberOf(Catalog["AcroForm"]);
        CatalogNumber = view.CatalogId?.Number ?? 0;
    }

    public PdfView View { get; }

    public PdfDictionary Catalog { get; }

    /// <summary>The interactive form dictionary; null where there is none.</summary>
    public PdfDictionary? Form { get; }

    public int FormNumber { get; }

    public int CatalogNumber { get; }

    public List<PageNode> Pages { get; } = [];

    public Dictionary<int, PageNode> PagesByNumber { get; } = [];

    public List<FormField> Fields { get; } = [];

    public Dictionary<int, FormField> FieldsByNumber { get; } = [];

    /// <summary>Annotations by object number, with the page that lists them first. Widgets are here too.</summary>
    public Dictionary<int, AnnotationNode> Annotations { get; } = [];

    /// <summary>Numbers of arrays that hold fields, kids of fields or annotations.</summary>
    public HashSet<int> Arrays { get; } = [];

    /// <summary>Whether something was too large or too deep to be read whole.</summary>
    public bool IsPartial { get; private set; }

    public static DocumentStructure Read(PdfView view)
    {
        var structure = new DocumentStructure(view);
        structure.ReadPages(structure.Catalog["Pages"], 0);
        structure._visited.Clear();
        if (structure.Form is { } form)
            structure.ReadFields(form["Fields"], parentName: "", parentType: "", parentValue: null, 0);
        foreach (var page in structure.Pages)
            structure.ReadAnnotations(page);
        return structure;
    }

    /// <summary>The form fields only, for a reader that looks for signatures.</summary>
    public static DocumentStructure ReadForm(PdfView view)
    {
        var structure = new DocumentStructure(view);
        if (structure.Form is { } form)
            structure.ReadFields(form["Fields"], parentName: "", parentType: "", parentValue: null, 0);
        return structure;
    }

    /// <summary>The fields, and the widgets of fields, that have a full name.</summary>
    public IReadOnlyList<FormField> FieldsNamed(string name)
    {
        if (_byName is null)
        {
            _byName = new Dictionary<string, List<FormField>>(StringComparer.Ordinal);
            foreach (var field in Fields)
            {
                if (!_byName.TryGetValue(field.Name, out var same))
                    _byName.Add(field.Name, same = []);
                same.Add(field);
            }
        }
        return _byName.TryGetValue(name, out var found) ? found : [];
    }

    /// <summary>Whether a number is a node of this structure that has rules of its own.</summary>
    public bool IsNode(int number) =>
        PagesByNumber.ContainsKey(number) || FieldsByNumber.ContainsKey(number) || Annotations.ContainsKey(number) || Arrays.Contains(number);

    public static int NumberOf(PdfObject? value) => value is PdfReference reference ? reference.Id.Number : 0;

    private bool IsOneTooMany()
    {
        View.File.Work.Spend(WorkBudget.Node);
        return ++_nodes > MaxNodes;
    }

    private void ReadPages(PdfObject? node, int depth)
    {
        if (depth > MaxDepth || IsOneTooMany())
        {
            IsPartial = true;
            return;
        }
        var number = NumberOf(node);
        if (number != 0 && !_visited.Add(number))
            return;
        if (View.Resolve(node) is not PdfDictionary dictionary)
            return;
        if (View.Resolve(dictionary["Kids"]) is PdfArray kids && !dictionary.Is("Type", "Page"))
        {
            foreach (var kid in kids)
                ReadPages(kid, depth + 1);
            return;
        }
        var page = new PageNode(Pages.Count + 1, number, dictionary);
        Pages.Add(page);
        if (number != 0)
            PagesByNumber.TryAdd(number, page);
    }

    private void ReadFields(PdfObject? array, string parentName, string parentType, PdfObject? parentValue, int depth)
    {
        if (depth > MaxDepth)
        {
            IsPartial = true;
            return;
        }
        if (View.Resolve(array) is not PdfArray items)
            return;
        if (array is PdfReference reference)
            Arrays.Add(reference.Id.Number);
        foreach (var item in items)
        {
            if (IsOneTooMany())
            {
                IsPartial = true;
                return;
            }
            var number = NumberOf(item);
            if ((number != 0 && !_visited.Add(number)) || View.Resolve(item) is not PdfDictionary field)
                continue;
            var own = View.GetText(field, "T");
            var isWidget = own is null && depth > 0;
            // A field's full name is that of all fields above it: ten megabytes of names can make a thousand times as much.
            if (own is not null && (_nameLength += parentName.Length + own.Length) > MaxNameLength)
                throw new PdfException(PdfRefusal.TooLarge, field.Start);
            var name = own is null ? parentName : parentName.Length == 0 ? own : parentName + "." + own;
            var type = View.GetName(field, "FT") ?? parentType;
            var value = field["V"] ?? parentValue;
            var node = new FormField(number, name, field, type, value, isWidget);
            Fields.Add(node);
            if (number != 0)
                FieldsByNumber.TryAdd(number, node);
            if (field["Kids"] is { } kids)
                ReadFields(kids, name, type, value, depth + 1);
        }
    }

    private void ReadAnnotations(PageNode page)
    {
        if (View.Resolve(page.Dictionary["Annots"]) is not PdfArray annotations)
            return;
        if (page.Dictionary["Annots"] is PdfReference reference)
            Arrays.Add(reference.Id.Number);
        foreach (var item in annotations)
        {
            if (IsOneTooMany())
            {
                IsPartial = true;
                return;
            }
            if (View.Resolve(item) is not PdfDictionary dictionary)
                continue;
            var annotation = new AnnotationNode(NumberOf(item), page.Index, dictionary, View.GetName(dictionary, "Subtype") ?? "");
            page.Annotations.Add(annotation);
            if (annotation.Number != 0)
                Annotations.TryAdd(annotation.Number, annotation);
        }
    }
}

/// <summary>A page.</summary>
internal sealed record PageNode(int Index, int Number, PdfDictionary Dictionary)
{
    public List<AnnotationNode> Annotations { get; } = [];
}

/// <summary>An annotation of a page; number 0 for one that stands directly in the page's array.</summary>
internal sealed record AnnotationNode(int Number, int Page, PdfDictionary Dictionary, string Subtype);
