using System.Globalization;
using System.Text;
using Tera.Pades.Tests.Validation;

namespace Tera.Pades.Tests.Changes;

/// <summary>Writes a revision behind a file: objects, cross-reference section, startxref. A null object is a freed number.</summary>
internal sealed class RevisionText(byte[] file, SortedDictionary<int, string?> objects, int next)
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, (int Type, long Field, int Extra)> _entries = [];

    private long Position => file.Length + _text.Length;

    public byte[] Write(XrefStyle style, string trailer)
    {
        if (style == XrefStyle.ObjectStream)
            PutObjectStream();
        foreach (var (number, body) in objects.Where(o => !_entries.ContainsKey(o.Key)))
        {
            _entries[number] = body is null ? (0, 0, 1) : (1, Position, 0);
            if (body is not null)
                _text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }
        var start = Position;
        switch (style)
        {
            case XrefStyle.Table:
                PutTable(_entries, trailer);
                break;
            case XrefStyle.Hybrid:
                PutStream(trailer);
                var companion = start;
                start = Position;
                PutTable([], trailer + string.Create(CultureInfo.InvariantCulture, $"/XRefStm {companion}"));
                break;
            default:
                PutStream(trailer);
                break;
        }
        _text.Append(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n");
        return [.. file, .. Encoding.Latin1.GetBytes(_text.ToString())];
    }

    private void PutTable(SortedDictionary<int, (int Type, long Field, int Extra)> entries, string trailer)
    {
        _text.Append("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, entry) in entries)
            _text.Append(CultureInfo.InvariantCulture, $"{number} 1\n{entry.Field:D10} {entry.Extra:D5} {(entry.Type == 0 ? 'f' : 'n')} \n");
        _text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {next + 2}{trailer}>>\n");
    }

    private void PutStream(string trailer)
    {
        _entries[next] = (1, Position, 0);
        var data = new StringBuilder();
        foreach (var (type, field, extra) in _entries.Values)
            data.Append((char)type).Append((char)(field >> 24 & 255)).Append((char)(field >> 16 & 255)).Append((char)(field >> 8 & 255)).Append((char)(field & 255)).Append((char)extra);
        var index = string.Join(' ', _entries.Keys.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n} 1")));
        _text.Append(CultureInfo.InvariantCulture, $"{next} 0 obj\n{Attacker.Stream(data.ToString(), $"/Type/XRef/Size {next + 2}/W[1 4 1]/Index[{index}]{trailer}")}\nendobj\n");
    }

    private void PutObjectStream()
    {
        var inside = objects.Where(o => o.Value is { } body && !body.EndsWith("endstream", StringComparison.Ordinal)).ToList();
        var (header, body) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < inside.Count; i++)
        {
            header.Append(CultureInfo.InvariantCulture, $"{inside[i].Key} {body.Length} ");
            body.Append(inside[i].Value).Append('\n');
            _entries[inside[i].Key] = (2, next + 1, i);
        }
        _entries[next + 1] = (1, Position, 0);
        _text.Append(CultureInfo.InvariantCulture, $"{next + 1} 0 obj\n{Attacker.Stream(header.ToString() + body, $"/Type/ObjStm/N {inside.Count}/First {header.Length}")}\nendobj\n");
    }
}
