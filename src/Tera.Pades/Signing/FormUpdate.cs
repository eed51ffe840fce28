using System.Globalization;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;

namespace Tera.Pades.Signing;

/// <summary>Changes to a document's form: the catalog, the AcroForm, its signature fields and the pages their widgets lie on.</summary>
internal sealed class FormUpdate
{
    /// <summary>Table 219: SignaturesExist and AppendOnly.</summary>
    private const int SigFlags = 3;

    /// <summary>
    /// Table 165: Print and Locked. Hidden stays clear for invisible fields too: PDF/A (ISO 19005-2 6.3.2) wants Print set and
    /// Hidden clear, and a rectangle without area shows nothing anyway.
    /// </summary>
    private const int WidgetFlags = 4 | 128;

    /// <summary>Table 165: Print, ReadOnly, Locked and LockedContents: nobody moves a mark by mistake.</summary>
    private const int StampFlags = 4 | 64 | 128 | 512;

    private readonly PdfView _view;
    private readonly Dictionary<string, (ObjectId Id, PdfDictionary Dictionary)> _added = new(StringComparer.Ordinal);

    public FormUpdate(PdfFile file)
    {
        Changes = new IncrementalUpdate(file);
        _view = file.Latest;
        if (_view.CatalogId is null || _view.Catalog is null)
            throw new SigningException(SigningRefusal.DamagedForm);
        // A form that cannot be read is not one that is not there: a new one in its place would take the fields out of the document.
        if (_view.Catalog["AcroForm"] is PdfReference form && file.TryGetObject(form.Id, null, out _) != PdfRefusal.None)
            throw new SigningException(SigningRefusal.DamagedForm);
    }

    public IncrementalUpdate Changes { get; }

    public PdfDictionary Catalog
    {
        get => (PdfDictionary)Changes.Get(_view.CatalogId!.Value);
        set => Changes.Put(_view.CatalogId!.Value, value);
    }

    public SignatureField? FindField(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new SigningException(SigningRefusal.InvalidFieldName);
        if (_added.TryGetValue(name, out var added))
            return new SignatureField(name, added.Id, added.Dictionary, null, null);
        var found = FormField.Enumerate(_view).Where(f => string.Equals(f.Name, name, StringComparison.Ordinal)).Take(2).ToList();
        if (found.Count == 0)
            return null;
        if (found.Count > 1 || found[0].Type != "Sig" || found[0].Id is not { } id)
            throw new SigningException(SigningRefusal.NotASignatureField, name);
        var value = found[0].Dictionary["V"];
        return new SignatureField(name, id, found[0].Dictionary, (value as PdfReference)?.Id, _view.Resolve(value) as PdfDictionary);
    }

    /// <summary>Adds an empty field; one whose mark is drawn in the same update needs no picture until then.</summary>
    public SignatureField AddField(SignatureFieldSpec spec, bool isDrawnLater = false)
    {
        if (spec.Name.Length is 0 or > 1000 || spec.Name.Contains('.', StringComparison.Ordinal))
            throw new SigningException(SigningRefusal.InvalidFieldName, spec.Name);
        var rect = spec.Rect is { IsEmpty: false } visible ? visible : default;
        var page = PdfPages.Find(_view, spec.PageIndex ?? 0);
        // A document without pages is a document still: what shows nothing needs no page.
        if (page is null && (spec.PageIndex is not null || !rect.IsEmpty))
            throw new SigningException(SigningRefusal.NoSuchPage, string.Create(CultureInfo.InvariantCulture, $"page index {spec.PageIndex ?? 0}"));

        var widget = PdfDictionary.Of(
            ("Type", new PdfName("Annot")),
            ("Subtype", new PdfName("Widget")),
            ("FT", new PdfName("Sig")),
            ("T", PdfText.Encode(spec.Name)),
            ("Rect", rect.IsEmpty ? PdfArray.Of(0, 0, 0, 0) : rect.ToArray()),
            ("F", new PdfInteger(WidgetFlags)),
            ("P", page is null ? null : new PdfReference(page.Id)),
            // ISO 19005-2 6.3.3: a widget with an area has an appearance, be it an empty one.
            ("AP", rect.IsEmpty || isDrawnLater ? null : PdfDictionary.Of(("N", Changes.Add(EmptyAppearance(rect))))),
            ("Lock", spec.Lock is null ? null : Changes.Add(spec.Lock.ToDictionary("SigFieldLock"))));
        var reference = Changes.Add(widget);
        if (page is not null)
            AddToPage(page, reference);
        AddToForm(reference);
        _added[spec.Name] = (reference.Id, widget);
        return new SignatureField(spec.Name, reference.Id, widget, null, null);
    }

    /// <summary>Makes a signature the value of its field.</summary>
    public void SetValue(SignatureField field, PdfReference signature, PdfReference? appearance)
    {
        Changes.AttachIntegrityCodeTo(signature);
        var id = field.Id!.Value;
        var changed = ((PdfDictionary)Changes.Get(id)).With("V", signature);
        if (appearance is not null)
        {
            var widget = WidgetOf(changed);
            if (widget is null)
                changed = changed.With("AP", PdfDictionary.Of(("N", appearance)));
            else
                Changes.Put(widget.Value, ((PdfDictionary)Changes.Get(widget.Value)).With("AP", PdfDictionary.Of(("N", appearance))));
        }
        Changes.Put(id, changed);
        RaiseSigFlags();
    }

    /// <summary>Shows a mark in further places: as stamps (12.5.6.12), which like widgets need Print for PDF/A.</summary>
    public void AddStamps(IReadOnlyList<MarkPlace> places, MarkDrawing mark)
    {
        if (places.Count == 0)
            return;
        if (FormField.Enumerate(_view).Any(f => f.Type == "Sig" && !_view.Get(f.Dictionary, "V").IsNull))
            throw new SigningException(SigningRefusal.MarksAfterSignature);
        var pages = PdfPages.Enumerate(_view).ToList();
        foreach (var (index, rectangle) in places)
        {
            if (index < 0 || index >= pages.Count)
                throw new SigningException(SigningRefusal.NoSuchPage, string.Create(CultureInfo.InvariantCulture, $"page index {index}"));
            AddToPage(pages[index], Changes.Add(PdfDictionary.Of(
                ("Type", new PdfName("Annot")),
                ("Subtype", new PdfName("Stamp")),
                ("Rect", rectangle.ToArray()),
                ("F", new PdfInteger(StampFlags)),
                ("P", new PdfReference(pages[index].Id)),
                ("Contents", mark.Description is { Length: > 0 } description ? PdfText.Encode(description) : null),
                ("AP", PdfDictionary.Of(("N", mark.Draw(rectangle, pages[index].Rotate)))))));
        }
    }

    /// <summary>The widget's rectangle and the page it lies on; no page for a rectangle without area, which nobody sees.</summary>
    public (PdfRectangle? Rect, PdfPage? Page) PlaceOf(SignatureField field)
    {
        var kid = WidgetOf(field.Dictionary);
        var widget = kid is { } id ? (PdfDictionary)Changes.Get(id) : field.Dictionary;
        if (PdfRectangle.Read(_view, widget["Rect"]) is not { IsEmpty: false } rectangle)
            return default;
        var self = new PdfReference(kid ?? field.Id!.Value);
        // /P is optional (table 164); the page's own list is what shows the widget.
        var page = PdfPages.Enumerate(_view).FirstOrDefault(p =>
            widget["P"] is PdfReference named ? p.Id == named.Id : _view.GetArray(p.Dictionary, "Annots")?.Contains(self) == true);
        return (rectangle, page);
    }

    // EN 319 142-1 5.6: a PDF 1.x file says that it uses the ETSI extension; PDF 2.0 has it built in.
    public void DeclareExtension()
    {
        if (string.CompareOrdinal(_view.Version, "2.0") >= 0)
            return;
        var extensions = Changes.Resolve(Catalog["Extensions"]) as PdfDictionary ?? PdfDictionary.Of();
        if (extensions["ESIC"] is not null)
            return;
        extensions = extensions.With("ESIC", PdfDictionary.Of(("BaseVersion", new PdfName("1.7")), ("ExtensionLevel", new PdfInteger(1))));
        if (Catalog["Extensions"] is PdfReference indirect)
            Changes.Put(indirect.Id, extensions);
        else
            Catalog = Catalog.With("Extensions", extensions);
    }

    private ObjectId? WidgetOf(PdfDictionary field) =>
        field.Is("Subtype", "Widget") ? null
        : Changes.Resolve(field["Kids"]) is PdfArray { Count: > 0 } kids && kids[0] is PdfReference kid && Changes.Get(kid.Id) is PdfDictionary ? kid.Id
        : null;

    private void AddToPage(PdfPage page, PdfReference widget)
    {
        var dictionary = Changes.Get(page.Id) as PdfDictionary ?? page.Dictionary;
        var annotations = Changes.Resolve(dictionary["Annots"]) as PdfArray;
        var extended = new PdfArray([.. annotations ?? PdfArray.Of(), widget]);
        if (dictionary["Annots"] is PdfReference indirect && annotations is not null)
            Changes.Put(indirect.Id, extended);
        else
            Changes.Put(page.Id, dictionary.With("Annots", extended));
    }

    private void AddToForm(PdfReference field)
    {
        var form = Changes.Resolve(Catalog["AcroForm"]) as PdfDictionary ?? PdfDictionary.Of();
        var fields = Changes.Resolve(form["Fields"]) as PdfArray;
        var extended = new PdfArray([.. fields ?? PdfArray.Of(), field]);
        if (form["Fields"] is PdfReference indirect && fields is not null)
        {
            Changes.Put(indirect.Id, extended);
            RaiseSigFlags();
        }
        else
        {
            PutForm(form.With("Fields", extended).With("SigFlags", new PdfInteger(SigFlags)));
        }
    }

    private void RaiseSigFlags()
    {
        if (Changes.Resolve(Catalog["AcroForm"]) is not PdfDictionary form)
            throw new SigningException(SigningRefusal.DamagedForm);
        var flags = (Changes.Resolve(form["SigFlags"]) as PdfInteger)?.Value ?? 0;
        if ((flags & SigFlags) != SigFlags)
            PutForm(form.With("SigFlags", new PdfInteger(flags | SigFlags)));
    }

    private void PutForm(PdfDictionary form)
    {
        if (Catalog["AcroForm"] is PdfReference indirect && Changes.Get(indirect.Id) is PdfDictionary)
            Changes.Put(indirect.Id, form);
        else
            Catalog = Catalog.With("AcroForm", Catalog["AcroForm"] is PdfDictionary ? form : Changes.Add(form));
    }

    private static PdfStream EmptyAppearance(PdfRectangle rect) => new(
        PdfDictionary.Of(
            ("Type", new PdfName("XObject")),
            ("Subtype", new PdfName("Form")),
            ("BBox", new PdfArray([new PdfInteger(0), new PdfInteger(0), new PdfReal(rect.Width), new PdfReal(rect.Height)])),
            ("Resources", PdfDictionary.Of())),
        ReadOnlyMemory<byte>.Empty);
}
