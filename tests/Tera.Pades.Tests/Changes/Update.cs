using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Changes;

/// <summary>One appended revision, put together as an attacker or an honest program would, and written in any style.</summary>
internal sealed class Update
{
    private readonly byte[] _file;
    private readonly PdfFile _pdf;
    private readonly SortedDictionary<int, string?> _objects = [];
    private int _next;

    public Update(byte[] file)
    {
        _file = file;
        _pdf = PdfFile.Open(file);
        _next = 1000 + _pdf.Revisions.Max(r => (int)((r.Trailer["Size"] as PdfInteger)?.Value ?? 0));
    }

    public PdfView View => _pdf.Latest;

    /// <summary>The object as it will be, spelled out.</summary>
    public string this[int number] => _objects.TryGetValue(number, out var text) ? text ?? "null" : Spelling.Of(View.Get(new ObjectId(number)));

    public Update Set(int number, string body)
    {
        _objects[number] = body;
        return this;
    }

    public Update Free(int number)
    {
        _objects[number] = null;
        return this;
    }

    /// <summary>Adds an object and tells its number.</summary>
    public int New(string body)
    {
        _objects[++_next] = body;
        return _next;
    }

    /// <summary>Gives an entry of a dictionary another value, spelled out; null takes it out.</summary>
    public Update With(int number, string key, string? value)
    {
        var dictionary = Dictionary(number);
        var text = new StringBuilder("<<");
        foreach (var (name, old) in dictionary)
        {
            if (name != key)
                text.Append('/').Append(name).Append(' ').Append(Spelling.Of(old));
        }
        if (value is not null)
            text.Append('/').Append(key).Append(' ').Append(value);
        return Set(number, text.Append(">>").ToString());
    }

    /// <summary>Puts an item at the end of an array object.</summary>
    public Update Append(int number, string item) => Set(number, this[number][..^1] + " " + item + "]");

    /// <summary>Puts an item at the end of an array entry of a dictionary.</summary>
    public Update Append(int number, string key, string item) => With(number, key, Spelling.Of(Dictionary(number)[key]!)[..^1] + " " + item + "]");

    public string Entry(int number, string key) => Spelling.Of(Dictionary(number)[key] ?? PdfNull.Instance);

    /// <summary>Number of the object that an entry of the form's field of this name refers to.</summary>
    public int NumberIn(int number, string key) => ((PdfReference)Dictionary(number)[key]!).Id.Number;

    public byte[] Write(XrefStyle style = XrefStyle.Table, string trailer = "", string? root = null, long? previous = null, bool keepsPrevious = true)
    {
        var last = _pdf.Revisions[^1];
        var entries = $"/Root {root ?? Spelling.Of(last.Trailer["Root"]!)}{(last.Trailer["ID"] is { } id ? "/ID " + Spelling.Of(id) : "")}" +
            (keepsPrevious ? string.Create(CultureInfo.InvariantCulture, $"/Prev {previous ?? last.XrefOffset}") : "") + trailer;
        return new RevisionText(_file, _objects, _next + 10).Write(style, entries);
    }

    private PdfDictionary Dictionary(int number) => _objects.TryGetValue(number, out var text)
        ? (PdfDictionary)Spelling.Read(text!)
        : View.Get(new ObjectId(number)) switch { PdfStream stream => stream.Dictionary, var other => (PdfDictionary)other };
}
