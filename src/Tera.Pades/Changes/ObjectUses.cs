using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>
/// What each object of a signed revision is used for. An object that the content uses (a page's stream, a font, an outline) is
/// frozen; one that only a field's or an annotation's picture uses belongs to that; one that nothing reaches belongs to nobody.
/// A number that is referred to but not defined is recorded as well: giving it a meaning later is a change of the content.
/// </summary>
internal sealed class ObjectUses
{
    /// <summary>Owner of what the structure tree alone reaches (ISO 32000-2 14.7).</summary>
    public const int StructureTree = -1;

    /// <summary>Owner of what the document security store alone reaches.</summary>
    public const int SecurityStore = -2;

    /// <summary>Owner of metadata and file information.</summary>
    public const int Metadata = -3;

    /// <summary>
    /// Owner of what more fields and annotations share than are told apart: nothing explains a change of it. Ten thousand fields
    /// that each reach the same ten thousand objects would otherwise be a hundred million entries.
    /// </summary>
    public const int Many = -4;

    private const int MaxOwners = 64;

    /// <summary>Keys by which a page is named without being shown: by its kids, by destinations, by the structure tree.</summary>
    private static readonly HashSet<string> PageKeys = new(StringComparer.Ordinal)
    {
        "Parent", "P", "Kids", "Pg", "Dest", "D", "B", "Dests", "Names", "Nums", "SD", "OpenAction", "Ref", "Pages",
    };

    /// <summary>Keys by which a field or an annotation is named without being shown.</summary>
    private static readonly HashSet<string> FieldKeys = new(StringComparer.Ordinal)
    {
        "Parent", "Popup", "IRT", "Fields", "CO", "Annots", "Obj", "T", "AN", "Ref", "P",
    };

    /// <summary>In these the keys are names that somebody chose: what they refer to is used, whatever the name.</summary>
    private static readonly HashSet<string> NamedLists = new(StringComparer.Ordinal)
    {
        "XObject", "Font", "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties", "CharProcs", "Resources", "DR",
    };

    private readonly Dictionary<int, string> _frozen = [];
    private readonly Dictionary<int, HashSet<int>> _owners = [];
    private readonly Stack<(PdfObject Value, string Key)> _pending = [];

    /// <summary>Objects read in this round: a font that a thousand fields use is parsed once.</summary>
    private readonly Dictionary<int, PdfObject> _read = [];
    private DocumentStructure _structure;

    public ObjectUses(DocumentStructure structure)
    {
        _structure = structure;
        Extend(structure, []);
    }

    /// <summary>The use for which an object is frozen, or null.</summary>
    public string? FrozenFor(int number) => _frozen.GetValueOrDefault(number);

    /// <summary>The owners of an object that is not frozen; empty where nothing reaches it.</summary>
    public IReadOnlyCollection<int> OwnersOf(int number) => _owners.TryGetValue(number, out var owners) ? owners : [];

    /// <summary>Takes in what a later revision has added: fields, annotations and signatures, and what hangs on them.</summary>
    /// <param name="structure">The later revision.</param>
    /// <param name="changed">Numbers of the objects it changed: what they refer to now is used as they are.</param>
    public void Extend(DocumentStructure structure, IEnumerable<int> changed)
    {
        _structure = structure;
        _read.Clear();
        TraceOptional(structure.Catalog["StructTreeRoot"], "StructTreeRoot", StructureTree);
        FreezeContent();
        foreach (var number in changed)
        {
            var value = structure.View.File.GetObjectOrNull(number, structure.View.RevisionIndex);
            if (_frozen.TryGetValue(number, out var use))
                Follow(value, 0, use);
            foreach (var owner in OwnersOf(number).ToArray())
                Follow(value, owner, "");
        }
        foreach (var field in structure.Fields.Where(f => f.IsSigned))
        {
            // A signed field shows who signed: its widget and its signature are content from now on.
            Trace(field.Value!, "V", 0, "the signature in field " + field.Name);
            TraceEntries(field.Dictionary, ["V", "Parent", "P", "Kids"], 0, "the signed field " + field.Name);
        }
        foreach (var field in structure.Fields)
            TraceEntries(field.Dictionary, ["Parent", "P", "Kids"], field.Number, "");
        foreach (var page in structure.Pages)
        {
            foreach (var annotation in page.Annotations)
                TraceEntries(annotation.Dictionary, ["Parent", "P"], annotation.Number, "an annotation of page " + Text(page.Index));
        }
        TraceOptional(structure.Catalog["DSS"], "DSS", SecurityStore);
        TraceOptional(structure.Catalog["Metadata"], "Metadata", Metadata);
        TraceOptional(structure.View.Trailer["Info"], "Info", Metadata);
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The first use is the one that is told: that on a page says most.
    private void FreezeContent()
    {
        foreach (var page in _structure.Pages)
            TraceEntries(page.Dictionary, ["Annots", "Parent"], 0, "page " + Text(page.Index));
        if (_structure.Catalog["Pages"] is { } pages)
            Trace(pages, "Pages", 0, "the page tree");
        TraceEntries(_structure.Catalog, ["Pages", "AcroForm", "StructTreeRoot", "DSS", "Metadata"], 0, "the catalog");
        if (_structure.Form is { } form)
        {
            TraceEntries(form, ["Fields", "DR"], 0, "the form");
            FreezeDefaultResources(form);
        }
    }

    // The lists of default resources may grow (FormRule); what they name may not change.
    private void FreezeDefaultResources(PdfDictionary form)
    {
        if (_structure.View.GetDictionary(form, "DR") is not { } resources)
            return;
        foreach (var (category, value) in resources)
        {
            if (_structure.View.Resolve(value) is PdfDictionary list)
                TraceEntries(list, [], 0, "the form's resources");
            else
                Trace(value, category, 0, "the form's resources");
        }
    }

    private void TraceOptional(PdfObject? value, string key, int owner)
    {
        if (value is not null)
            Trace(value, key, owner, "");
    }

    private void TraceEntries(PdfDictionary dictionary, ReadOnlySpan<string> without, int owner, string use)
    {
        foreach (var (key, value) in dictionary)
        {
            if (!without.Contains(key))
                Trace(value, key, owner, use);
        }
    }

    private PdfObject Read(ObjectId id)
    {
        if (!_read.TryGetValue(id.Number, out var value))
            _read.Add(id.Number, value = _structure.View.Get(id));
        return value;
    }

    private void Follow(PdfObject value, int owner, string use)
    {
        if ((value as PdfDictionary ?? (value as PdfStream)?.Dictionary) is { } dictionary)
            TraceEntries(dictionary, [], owner, use);
        else if (value is PdfArray)
            Trace(value, "", owner, use);
    }

    // Number 0, an annotation that stands directly in its array, has no object that could change: what it shows is frozen.
    private void Trace(PdfObject value, string key, int owner, string use)
    {
        _pending.Push((value, key));
        while (_pending.TryPop(out var next))
        {
            _structure.View.File.Work.Spend(WorkBudget.Value);
            switch (next.Value)
            {
                case PdfReference reference:
                    if (Note(reference.Id.Number, next.Key, owner, use))
                        _pending.Push((Read(reference.Id), next.Key));
                    break;
                case PdfArray array:
                    foreach (var item in array)
                    {
                        if (item is PdfReference or PdfArray or PdfDictionary)
                            _pending.Push((item, next.Key));
                    }
                    break;
                case PdfDictionary dictionary:
                    Push(dictionary, NamedLists.Contains(next.Key));
                    break;
                case PdfStream stream:
                    Push(stream.Dictionary, false);
                    break;
            }
        }
    }

    private void Push(PdfDictionary dictionary, bool isNamedList)
    {
        foreach (var (key, value) in dictionary)
        {
            // The lists of a resource dictionary stay lists; a font or picture in one of them is a "Resource", whatever it is called.
            if (value is PdfReference or PdfArray or PdfDictionary)
                _pending.Push((value, isNamedList && !NamedLists.Contains(key) ? "Resource" : key));
        }
    }

    // A page is a page wherever it is named; a dictionary that is listed as an annotation and used as something else as well is used.
    private bool IsLink(int number, string key) =>
        (PageKeys.Contains(key) && _structure.PagesByNumber.ContainsKey(number)) ||
        (key == "Kids" && (_structure.FieldsByNumber.ContainsKey(number) || _structure.Arrays.Contains(number))) ||
        (FieldKeys.Contains(key) && (_structure.FieldsByNumber.ContainsKey(number) || _structure.Annotations.ContainsKey(number) || _structure.Arrays.Contains(number)));

    /// <summary>Records a use; false where the object, or what hangs on it, is known already.</summary>
    private bool Note(int number, string key, int owner, string use)
    {
        if (_frozen.ContainsKey(number))
            return false;
        // Signatures refer to the catalog (/Data of a signature reference); what may change in it shows nothing.
        if (number == _structure.CatalogNumber || number == _structure.FormNumber || IsLink(number, key))
            return false;
        // Bookmarks and destinations name elements of the structure tree, which has its own rule.
        if (key is "SE" or "SD" or "P" or "D" or "Dest" && OwnersOf(number).Contains(StructureTree))
            return false;
        if (owner == 0)
        {
            _frozen.Add(number, use);
            return true;
        }
        if (!_owners.TryGetValue(number, out var owners))
            _owners.Add(number, owners = []);
        if (owners.Contains(Many) || !owners.Add(owner))
            return false;
        // What hangs on it is passed once more, and has as many owners then.
        if (owners.Count > MaxOwners && owner > 0)
        {
            owners.RemoveWhere(o => o > 0);
            owners.Add(Many);
        }
        return true;
    }
}
