using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Pades.Appearances;

/// <summary>
/// Letters by an embedded font: a composite font whose codes are the glyph numbers (ISO 32000-1 9.7, Identity-H), with the
/// glyphs that were drawn, their widths and a ToUnicode map, as ISO 19005-2 6.2.11.4 and 6.2.11.7 want.
/// </summary>
internal sealed class EmbeddedFace(MarkFont font) : MarkFace
{
    private readonly SortedDictionary<int, Rune> _used = [];
    private PdfReference? _added;

    // Some fonts leave room above and below for the accents of all scripts; a mark has lines of 1.2.
    public override double Descent => Math.Clamp(-font.Descent / 1000.0, 0.15, 0.3);

    public override int WidthOf(string text) => text.EnumerateRunes().Sum(letter => font.WidthOf(font.GlyphOf(letter)));

    public override void AppendLine(StringBuilder content, string text, double x, double y, double size)
    {
        content.Append(CultureInfo.InvariantCulture, $"BT /F0 {size:0.###} Tf {x:0.###} {y:0.###} Td <");
        foreach (var letter in text.EnumerateRunes())
        {
            var glyph = font.GlyphOf(letter);
            _used.TryAdd(glyph, letter);
            content.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }
        content.Append("> Tj ET\n");
    }

    // Every drawing of a mark shows the same letters: the first has used them all.
    public override PdfReference? AddTo(IncrementalUpdate changes) => _added ??= _used.Count == 0 ? null : Embed(changes);

    private PdfReference Embed(IncrementalUpdate changes)
    {
        var program = font.IsCff ? font.Tables.Require("CFF ").ToArray() : FontSubset.Make(font, _used.Keys);
        var embedded = changes.Add(Deflated(program, font.IsCff ? ("Subtype", new PdfName("CIDFontType0C")) : ("Length1", new PdfInteger(program.Length))));
        // 9.6.4: a subset has a tag of six letters before its name; here it tells subsets apart by what is in them.
        var tag = string.Concat(SHA256.HashData(program).Take(6).Select(b => (char)('A' + (b % 26))));
        var name = new PdfName(font.IsCff ? font.PostScriptName : $"{tag}+{font.PostScriptName}");
        var descriptor = changes.Add(PdfDictionary.Of(
            ("Type", new PdfName("FontDescriptor")),
            ("FontName", name),
            ("Flags", new PdfInteger(4)),
            ("FontBBox", new PdfArray([.. font.Box.Select(n => new PdfInteger(n))])),
            ("ItalicAngle", new PdfInteger(0)),
            ("Ascent", new PdfInteger(font.Ascent)),
            ("Descent", new PdfInteger(font.Descent)),
            ("CapHeight", new PdfInteger(font.Ascent)),
            ("StemV", new PdfInteger(80)),
            (font.IsCff ? "FontFile3" : "FontFile2", embedded)));
        var descendant = changes.Add(PdfDictionary.Of(
            ("Type", new PdfName("Font")),
            ("Subtype", new PdfName(font.IsCff ? "CIDFontType0" : "CIDFontType2")),
            ("BaseFont", name),
            ("CIDSystemInfo", PdfDictionary.Of(("Registry", PdfText.Encode("Adobe")), ("Ordering", PdfText.Encode("Identity")), ("Supplement", new PdfInteger(0)))),
            ("FontDescriptor", descriptor),
            ("DW", new PdfInteger(0)),
            ("W", new PdfArray([.. _used.Keys.SelectMany(g => (PdfObject[])[new PdfInteger(g), PdfArray.Of(font.WidthOf(g))])])),
            ("CIDToGIDMap", font.IsCff ? null : new PdfName("Identity"))));
        return changes.Add(PdfDictionary.Of(
            ("Type", new PdfName("Font")),
            ("Subtype", new PdfName("Type0")),
            ("BaseFont", name),
            ("Encoding", new PdfName("Identity-H")),
            ("DescendantFonts", new PdfArray([descendant])),
            ("ToUnicode", changes.Add(Deflated(Encoding.ASCII.GetBytes(ToUnicode()))))));
    }

    // 9.10.3; at most a hundred letters a block.
    private string ToUnicode()
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """);
        foreach (var block in _used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, letter) in block)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(letter.ToString()))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private static PdfStream Deflated(byte[] data, params ReadOnlySpan<(string Key, PdfObject? Value)> entries)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(data);
        return new PdfStream(PdfDictionary.Of([.. entries, ("Filter", new PdfName("FlateDecode"))]), output.ToArray());
    }
}
