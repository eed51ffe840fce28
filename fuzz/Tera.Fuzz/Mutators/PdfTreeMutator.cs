using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Fuzz.Mutators;

/// <summary>Changes one place in a value: a number, a name, a reference, an entry, or the data of a stream.</summary>
internal sealed class PdfTreeMutator(Random random, PdfFile file, IReadOnlyList<ObjectId> known)
{
    private static readonly string[] Keys =
    [
        "Type", "Subtype", "Kids", "Parent", "Count", "Pages", "Root", "AcroForm", "Fields", "FT", "T", "V", "DV", "Ff", "Annots", "Rect", "AP", "N", "Contents",
        "Resources", "MediaBox", "Rotate", "Perms", "DocMDP", "FieldMDP", "UR3", "Reference", "TransformMethod", "TransformParams", "P", "Lock", "Action",
        "SigFlags", "SubFilter", "Filter", "ByteRange", "M", "DSS", "Certs", "CRLs", "OCSPs", "VRI", "TU", "Extensions", "Length", "DecodeParms", "Predictor",
        "Columns", "Colors", "BitsPerComponent", "EarlyChange", "First", "Extends", "Size", "Prev", "XRefStm", "W", "Index", "ID", "Encrypt", "StructTreeRoot", "K",
        "ParentTree", "Nums", "Names", "Limits", "Dests", "Metadata", "OCProperties", "XFA", "NeedAppearances", "CO", "DA", "DR", "Font", "XObject", "Popup", "IRT",
        "A", "AA", "OpenAction", "JS", "URI", "S", "D", "F", "Cert", "Reason", "Name", "Location", "Version", "Lang", "MarkInfo", "Opt", "MaxLen", "TI", "I",
    ];

    private static readonly string[] Names =
    [
        "Catalog", "Pages", "Page", "Sig", "DocTimeStamp", "Annot", "Widget", "Tx", "Btn", "Ch", "XRef", "ObjStm", "FlateDecode", "LZWDecode", "ASCII85Decode",
        "ASCIIHexDecode", "RunLengthDecode", "Crypt", "DCTDecode", "DocMDP", "FieldMDP", "UR3", "Identity", "All", "Include", "Exclude", "ETSI.CAdES.detached",
        "ETSI.RFC3161", "adbe.pkcs7.detached", "adbe.pkcs7.sha1", "adbe.x509.rsa_sha1", "Adobe.PPKLite", "SigFieldLock", "TransformParams", "SigRef", "DSS", "VRI",
        "Link", "Text", "FreeText", "Stamp", "Popup", "Form", "Image", "Off", "Yes", "1.7", "2.0", "Standard", "Metadata", "XML", "StructElem",
    ];

    public PdfObject Mutate(PdfObject value) => value switch
    {
        PdfStream stream => Stream(stream),
        PdfDictionary { Count: > 0 } dictionary when random.Next(8) != 0 => Dictionary(dictionary),
        PdfArray { Count: > 0 } array when random.Next(8) != 0 => Array(array),
        _ => Leaf(value),
    };

    public PdfObject Fresh(int depth = 0) => random.Next(depth > 2 ? 8 : 11) switch
    {
        0 or 1 => new PdfInteger(EdgeNumbers.Pick(random)),
        2 => new PdfName(Names[random.Next(Names.Length)]),
        3 or 4 when known.Count > 0 => new PdfReference(known[random.Next(known.Count)]),
        5 => PdfNull.Instance,
        6 => new PdfReal(random.NextDouble() * Math.Pow(10, random.Next(-6, 20))),
        7 => new PdfString(Encoding.Latin1.GetBytes(random.Next(3) switch { 0 => "D:20261122101500+08'00'", 1 => "\u00FE\u00FF\0a\u00D8\0", _ => "Kabag.Bupati" })),
        8 => new PdfArray([.. Enumerable.Range(0, random.Next(6)).Select(_ => Fresh(depth + 1))]),
        9 => new PdfDictionary(Enumerable.Range(0, random.Next(6)).Select(_ => KeyValuePair.Create(Keys[random.Next(Keys.Length)], Fresh(depth + 1)))),
        _ => new PdfBoolean(random.Next(2) == 0),
    };

    private PdfObject Leaf(PdfObject value) => random.Next(6) switch
    {
        0 => new PdfArray([value]),
        1 => new PdfArray([value, value]),
        2 => PdfDictionary.Of((Keys[random.Next(Keys.Length)], value)),
        3 when value is PdfString text => new PdfString(ByteMutator.Mutate(text.Bytes.ToArray(), [], random, []), text.IsHex),
        4 when value is PdfInteger integer => new PdfInteger(unchecked(integer.Value + random.Next(-3, 4))),
        _ => Fresh(),
    };

    private PdfDictionary Dictionary(PdfDictionary dictionary)
    {
        var entries = dictionary.ToList();
        var at = random.Next(entries.Count);
        var key = Keys[random.Next(Keys.Length)];
        switch (random.Next(8))
        {
            case 0:
                entries.RemoveAt(at);
                break;
            case 1:
                entries.Add(KeyValuePair.Create(key, Fresh()));
                break;
            case 2:
                entries[at] = KeyValuePair.Create(key, entries[at].Value);
                break;
            case 3:
                entries[at] = KeyValuePair.Create(entries[at].Key, entries[random.Next(entries.Count)].Value);
                break;
            default:
                entries[at] = KeyValuePair.Create(entries[at].Key, Mutate(entries[at].Value));
                break;
        }
        return new PdfDictionary(entries);
    }

    private PdfArray Array(PdfArray array)
    {
        var items = array.ToList();
        var at = random.Next(items.Count);
        switch (random.Next(8))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                items.Insert(at, Fresh());
                break;
            case 2:
                items.AddRange(Enumerable.Repeat(items[at], 1 << random.Next(10)));
                break;
            case 3:
                (items[at], items[^1]) = (items[^1], items[at]);
                break;
            default:
                items[at] = Mutate(items[at]);
                break;
        }
        return new PdfArray(items);
    }

    private PdfObject Stream(PdfStream stream)
    {
        if (random.Next(3) == 0)
            return new PdfStream(Dictionary(stream.Dictionary), stream.ReadRaw(file.Limits));
        byte[] data;
        try
        {
            data = file.Decode(stream);
        }
        catch (PdfException)
        {
            data = stream.ReadRaw(file.Limits);
        }
        data = ByteMutator.Mutate(data, [], random, PdfMutator.Words);
        var plain = stream.Dictionary.With("DecodeParms", null).With("Filter", null);
        return random.Next(3) switch
        {
            0 => new PdfStream(plain, data),
            1 => new PdfStream(plain.With("Filter", new PdfName("ASCIIHexDecode")), Encoding.ASCII.GetBytes(Convert.ToHexString(data) + ">")),
            _ => new PdfStream(plain.With("Filter", new PdfName("FlateDecode")), Deflate(data)),
        };
    }

    public static byte[] Deflate(byte[] data)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return output.ToArray();
    }
}
