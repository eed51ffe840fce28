using System.Globalization;
using System.Text;
using Tera.Fuzz.Mutators;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;
using static Tera.Fuzz.Hostile.Forge;

namespace Tera.Fuzz.Hostile;

/// <summary>Files under 10 MB, each laid out so that some plain way of reading it would take for ever or all memory.</summary>
internal static class HostileFiles
{
    private const string Form = "/AcroForm<</Fields[4 0 R]/SigFlags 3>>";

    private static readonly Dictionary<string, Func<byte[]>> Files = new(StringComparer.Ordinal)
    {
        ["objects without an end, each searched to the end"] = () => new Forge(page: $"/Annots[{References(100, 60_000)}]").Objects(100, 60_000, _ => "<</Length 9>>\nstream\n")
            .Text(new string(' ', 5_000_000)).File(),
        ["strings without an end, each read to the end"] = () => new Forge(page: $"/Annots[{References(100, 60_000)}]").Objects(100, 60_000, _ => "<</A(").Text(new string(' ', 5_000_000)).File(),
        ["strings without an end, found by repair"] = () => Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" + Repeat("1 0 obj<</A(", 800_000)),
        ["trailers without an end"] = () => Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" + Repeat("trailer<</A(", 800_000)),
        ["hex strings without an end, found by repair"] = () => Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" + Repeat("1 0 obj<</A<0", 700_000)),
        ["names of megabytes"] = () => Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" + Repeat("1 0 obj<</A/B", 1) + new string('a', 9_000_000)),
        ["comments without an end, found by repair"] = () => Encoding.Latin1.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" + Repeat("1 0 obj<<%", 900_000)),
        ["100,000 object streams of one object"] = () => ObjectStreams(40_000, 1),
        ["wrong indexes in a large object stream"] = () => WrongIndexes(400_000),
        ["4,000 revisions and a million references"] = () => Revisions(4000, new Forge(page: $"/Annots[{Repeat("9 0 R ", 1_000_000)}]"), "").File(),
        ["4,000 revisions of 10,000 fields"] = () => Revisions(4000, Fields(10_000, i => $"<</FT/Tx/T(f{i})>>"), "").File(),
        ["4,000 revisions of a security store of 100,000 entries"] = () => Revisions(4000, new Forge(catalog: $"/DSS<</Certs[{Repeat("3 0 R ", 100_000)}]>>"), "").File(),
        ["1,000 revisions of 3,000 pages behind a signature"] = () => BehindSignature(ManyPages(3000), 1000),
        ["1,000 revisions of 3,000 fields behind a signature"] = () => BehindSignature(Fields(3000, i => $"<</FT/Tx/T(f{i})/V(x)>>").File(), 1000),
        ["8 million entries in a cross-reference stream"] = () => WideXref(8_000_000, "[0 8000000]"),
        ["a million blocks in a cross-reference stream"] = () => WideXref(1_000_000, "[" + string.Join(' ', Enumerable.Range(0, 600_000).Select(i => $"{i * 3} 1")) + "]"),
        ["10,000 fields that share 10,000 objects"] = () => Fields(10_000, i => $"<</FT/Tx/T(f{i})/AP 20000 0 R>>").Object(20000, $"[{References(20001, 10_000)}]").Objects(20001, 10_000, i => $"<</N {i}>>").File(),
        ["fields that share objects, behind a signature"] = () => BehindSignature(Fields(10_000, i => $"<</FT/Tx/T(f{i})/AP 20000 0 R>>").Object(20000, $"[{References(20001, 10_000)}]").Objects(20001, 10_000, i => $"<</N {i}>>").File(), 1),
        ["50,000 kids below a name of a megabyte"] = () => new Forge(catalog: Form).Object(4, $"<</FT/Sig/T({new string('a', 1_000_000)})/Kids[{References(100, 50_000)}]>>").Objects(100, 50_000, i => $"<</T(k{i})/V 5 0 R>>").Object(5, Signature()).File(),
        ["60 levels of names of 100 KB"] = () => Levels(60, 100_000, 30_000),
        ["10,000 widgets of one field"] = () => new Forge(catalog: Form, page: $"/Annots[{References(100, 10_000)}]").Object(4, $"<</FT/Sig/T(a)/V 5 0 R/Kids[{References(100, 10_000)}]>>").Objects(100, 10_000, i => "<</Subtype/Widget/Parent 4 0 R/Rect[0 0 9 9]/AP<</N 6 0 R>>>>").Object(5, Signature()).Object(6, "<<>>").File(),
        ["10,000 widgets of one field, behind a signature"] = () => BehindSignature(new Forge(catalog: Form, page: $"/Annots[{References(100, 10_000)}]").Object(4, $"<</FT/Sig/T(a)/Kids[{References(100, 10_000)}]>>").Objects(100, 10_000, i => "<</Subtype/Widget/Parent 4 0 R/Rect[0 0 9 9]/AP<</N 6 0 R>>>>").Object(6, "<<>>").File(), 1),
        ["60,000 direct fields, behind a signature"] = () => BehindSignature(new Forge(catalog: $"/AcroForm<</Fields[{string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<</FT/Sig/T(f{i})>>"))}]>>").File(), 1),
        ["100,000 direct annotations, behind a signature"] = () => BehindSignature(new Forge(page: $"/Annots[{string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<</Subtype/Text/Contents({i})>>"))}]").File(), 1),
        ["a security store of 100,000 entries"] = () => new Forge(catalog: $"/DSS<</Certs[{References(100, 60_000)}]/CRLs[{References(100, 60_000)}]/OCSPs[{References(100, 60_000)}]>>").Objects(100, 60_000, i => "<</Length 3>>\nstream\nabc\nendstream").File(),
        ["a security store of bombs"] = () => Bombs("CRLs", 100),
        ["a security store of bombs that just fit"] = () => Bombs("CRLs", 30),
        ["LZW bombs"] = () => Bombs("CRLs", 100, Lzw(32_000_000), "LZWDecode"),
        ["an array of 4 million numbers"] = () => new Forge(page: "/Annots 100 0 R").Object(100, $"[{Repeat("1 ", 4_900_000)}]").File(),
        ["a dictionary of a million keys"] = () => new Forge(page: "/Annots 100 0 R/A 100 0 R").Object(100, $"<<{string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"/{i:x} 1"))}>>").File(),
        ["arrays of 10 MB, packed"] = () => PackedValues(Repeat("1 ", 15_000_000)),
        ["1,000 signatures that cover the whole file"] = () => Signatures(1000, 9_000),
        ["150 signatures with 64 time stamps each"] = () => TimeStamped(140),
        ["1,000 good signatures in a row"] = () => GoodSignatures(150),
        ["repeated stores and certificates"] = () => StoreOfCertificates(4000),
        ["chains that fan out"] = () => FanOut(12, 12),
        ["a CRL of a million entries in the store"] = () => LargeCrl(700_000),
        ["a lock that names 100,000 fields"] = () => Lock(100_000),
        ["a structure tree of 100,000 elements, changed"] = () => StructureTree(100_000),
        ["object streams one in the other"] = () => Nested(20_000),
        ["lengths that lead to lengths"] = () => new Forge(page: $"/Annots[{References(100, 50_000)}]").Objects(100, 50_000, i => $"<</Length {101 + i} 0 R>>\nstream\nabc\nendstream").File(),
        ["50,000 pages that share 100 kilobytes of resources, signed"] = () => BehindSignature(new Forge(kids: References(100, 50_000)).Objects(100, 50_000, _ => "<</Type/Page/Parent 2 0 R/Resources 5 0 R>>").Object(5, $"[{Repeat("<<>>", 25_000)}]").File(), 1),
    };

    public static IEnumerable<string> Names => Files.Keys;

    public static byte[] Make(string name) => Files[name]();

    private static string Signature(string contents = "3000", string range = "[0 10 20 10]") => $"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange{range}/Contents<{contents}>>>";

    private static Forge Fields(int count, Func<int, string> field) =>
        new Forge(catalog: $"/AcroForm<</Fields[{References(100, count)}]>>").Objects(100, count, field);

    private static byte[] ManyPages(int count) => new Forge(kids: References(100, count)).Objects(100, count, _ => "<</Type/Page/Parent 2 0 R>>").File();

    private static Forge Revisions(int count, Forge file, string trailer)
    {
        for (var i = 0; i < count; i++)
            file.Section(trailer).Object(90_000, "null");
        return file;
    }

    // Signed, and then appended to: what came after the signature has to be compared.
    private static byte[] BehindSignature(byte[] pdf, int revisions)
    {
        var signed = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf, "Bupati");
        for (var i = 0; i < revisions; i++)
        {
            var update = new IncrementalUpdate(PdfFile.Open(signed));
            // The catalog, the page tree and the form are put again as they are, so that nothing can be skipped.
            var view = update.File.Latest;
            update.Put(view.CatalogId!.Value, view.Catalog!.With("Z", new PdfInteger(i)));
            if (revisions == 1)
            {
                foreach (var entry in update.File.Revisions[0].Objects.Where(o => o.Placement == ObjectPlacement.Offset).ToList())
                {
                    if (update.Get(entry.Id) is PdfDictionary dictionary && entry.Id != view.CatalogId)
                        update.Put(entry.Id, dictionary.With("Zz", new PdfInteger(1)));
                    else if (update.Get(entry.Id) is PdfArray array)
                        update.Put(entry.Id, new PdfArray([.. array, PdfNull.Instance]));
                }
            }
            var tail = update.Build();
            signed = [.. signed, .. tail];
            if (signed.Length > 9_900_000)
                break;
        }
        return signed;
    }

    private static byte[] ObjectStreams(int streams, int each)
    {
        var file = new Forge(page: $"/Annots[{References(100, streams * each)}]");
        var entries = new List<(int Number, int Stream, int Index)>();
        for (var s = 0; s < streams; s++)
        {
            var header = new StringBuilder();
            for (var i = 0; i < each; i++)
            {
                header.Append(CultureInfo.InvariantCulture, $"{100 + (s * each) + i} 0 ");
                entries.Add((100 + (s * each) + i, 500_000 + s, i));
            }
            file.Stream(500_000 + s, $"/Type/ObjStm/N {each}/First {header.Length}", Encoding.ASCII.GetBytes(header + "<</Subtype/Text>>"));
        }
        return WithStreamXref(file, 500_000 + streams, entries);
    }

    private static byte[] WrongIndexes(int count)
    {
        var header = new StringBuilder();
        for (var i = 0; i < count; i++)
            header.Append(CultureInfo.InvariantCulture, $"{100 + i} 0 ");
        var file = new Forge(page: $"/Annots[{References(100, count)}]");
        file.Stream(900_000, $"/Type/ObjStm/N {count}/First {header.Length}/Filter/FlateDecode", Zip(Encoding.ASCII.GetBytes(header + "<</Subtype/Text>>")));
        return WithStreamXref(file, 900_001, [.. Enumerable.Range(0, count).Select(i => (100 + i, 900_000, i == 0 ? 1 : 0))]);
    }

    private static byte[] Nested(int count)
    {
        // Every object stream is said to lie in the one before it.
        var file = new Forge(page: $"/Annots[{References(100, count)}]").Stream(99, "/Type/ObjStm/N 1/First 6", "100 0 <</Type/ObjStm/N 1/First 6>>"u8.ToArray());
        return WithStreamXref(file, 900_001, [.. Enumerable.Range(0, count).Select(i => (100 + i, 99 + i, 0))]);
    }

    // A further revision whose cross-reference stream lists compressed objects.
    private static byte[] WithStreamXref(Forge file, int self, List<(int Number, int Stream, int Index)> entries)
    {
        file.Section();
        var xref = file.Length;
        var data = new MemoryStream();
        foreach (var (_, stream, index) in entries)
            data.Write([2, (byte)(stream >> 16), (byte)((stream >> 8) & 255), (byte)(stream & 255), (byte)((index >> 16) & 255), (byte)((index >> 8) & 255), (byte)(index & 255)]);
        var previous = Encoding.Latin1.GetString(file.Bytes().AsSpan((int)Math.Max(0, xref - 40))).Split("startxref\n")[1].Split('\n')[0];
        file.Stream(self, $"/Type/XRef/Size {self + 1}/W[1 3 3]/Index[{entries[0].Number} {entries.Count}]/Root 1 0 R/Prev {previous}/Filter/FlateDecode", Zip(data.ToArray()));
        return file.Text($"startxref\n{xref}\n%%EOF\n").Bytes();
    }

    private static byte[] WideXref(int entries, string index)
    {
        var file = new Forge();
        var xref = file.Length;
        var rows = new byte[entries * 3];
        for (var i = 0; i < entries; i++)
            (rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2]) = (1, 0, 9);
        file.Section();
        var previous = xref;
        xref = file.Length;
        file.Stream(99, $"/Type/XRef/Size {entries}/W[1 2 0]/Index{index}/Root 1 0 R/Prev {previous}/Filter/FlateDecode", Zip(rows));
        return file.Text($"startxref\n{xref}\n%%EOF\n").Bytes();
    }

    private static byte[] Levels(int levels, int name, int leaves)
    {
        var file = new Forge(catalog: Form);
        for (var i = 0; i < levels; i++)
            file.Object(4 + i, $"<</T({new string('a', name)})/Kids[{5 + i} 0 R]>>");
        return file.Object(4 + levels, $"<</T(z)/FT/Sig/Kids[{References(1000, leaves)}]>>").Objects(1000, leaves, i => $"<</T(k{i})/V 900 0 R>>").Object(900, Signature()).File();
    }

    private static byte[] Bombs(string list, int count, byte[]? packed = null, string filter = "FlateDecode")
    {
        packed ??= Zip(new byte[count < 50 ? 8_000_000 : 40_000_000]);
        var file = new Forge(catalog: $"/DSS<</{list}[{References(100, count)}]>>");
        for (var i = 0; i < count; i++)
            file.Stream(100 + i, $"/Filter/{filter}", packed);
        return file.File();
    }

    private static byte[] Lzw(int length)
    {
        var output = new List<byte>();
        long bits = 0;
        var held = 0;
        var width = 9;
        Add(256);
        var next = 258;
        for (long made = 0; made < length;)
        {
            Add(0);
            made++;
            for (var run = 2; next < 4095; run++, next++)
            {
                width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9;
                Add(next);
                made += run;
            }
            for (var i = 0; i < 200; i++, made += 3000)
                Add(4000);
            Add(256);
            (next, width) = (258, 9);
        }
        Add(257);
        Add(0);
        return [.. output];

        void Add(int code)
        {
            bits = (bits << width) | (uint)code;
            held += width;
            while (held >= 8)
            {
                output.Add((byte)((bits >> (held - 8)) & 255));
                held -= 8;
            }
            bits &= (1L << held) - 1;
        }
    }

    private static byte[] PackedValues(string values)
    {
        var data = Encoding.ASCII.GetBytes($"100 0 [{values}]");
        var file = new Forge(page: "/Annots 100 0 R").Stream(99, "/Type/ObjStm/N 1/First 6/Filter/FlateDecode", Zip(data));
        return WithStreamXref(file, 900_001, [(100, 99, 0)]);
    }

    private static byte[] Signatures(int count, int contents)
    {
        var container = Convert.ToHexString(DerOfLength(contents / 2));
        return new Forge(catalog: $"/AcroForm<</Fields[{References(100, count)}]>>")
            .Objects(100, count, i => $"<</FT/Sig/T(f{i})/V {10_000 + i} 0 R>>")
            .Objects(10_000, count, i => Signature(container, "[0 100 200 9000000]")).File();
    }

    private static byte[] DerOfLength(int length)
    {
        var token = new Seeds.OwnAuthority().StampResponses[0];
        var inner = DerNode.ReadAll(token)![0].Children[1];
        var output = new MemoryStream();
        inner.WriteTo(output);
        var bytes = output.ToArray();
        return bytes.Length < length ? [.. bytes, .. new byte[length - bytes.Length]] : bytes;
    }

    // Every signature's unsigned attributes hold one time stamp sixty-four times.
    private static byte[] TimeStamped(int count)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var signed = identity.Sign(PdfFile.Open(SmallPdf.Make()), identity.Request("Bupati"), new MemoryStream());
        var cms = DerNode.ReadAll(signed.Cms.Span)![0];
        var token = DerNode.ReadAll(DerOfLength(0))![0];
        var signer = cms.Children[1].Children[0].Children[^1].Children[0];
        var attribute = DerNode.ReadAll(Convert.FromHexString("060B2A864886F70D010910020E"))![0];
        signer.Children.Add(new DerNode([0xA1], [], [.. Enumerable.Range(0, 32).Select(_ => new DerNode([0x30], [], [attribute.Copy(), new DerNode([0x31], [], [token.Copy()])]))]));
        var output = new MemoryStream();
        cms.WriteTo(output);
        var container = Convert.ToHexString(output.ToArray());
        count = Math.Min(count, 9_500_000 / container.Length);
        return new Forge(catalog: $"/AcroForm<</Fields[{References(100, count)}]>>")
            .Objects(100, count, i => $"<</FT/Sig/T(f{i})/V {10_000 + i} 0 R>>")
            .Objects(10_000, count, i => Signature(container, $"[0 {100 + i} {200 + i} {9000 + i}]")).File();
    }

    private static byte[] GoodSignatures(int count)
    {
        var pdf = SmallPdf.Make(pages: 20);
        for (var i = 0; i < count; i++)
            pdf = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf, $"Pejabat{i}");
        return pdf;
    }

    private static byte[] StoreOfCertificates(int count)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var certificate = identity.Chain[^1].ToArray();
        var file = new Forge(catalog: $"/DSS<</Certs[{References(100, count)}]>>");
        for (var i = 0; i < count; i++)
            file.Stream(100 + i, "", certificate);
        return identity.Sign(identity.Sign(file.File(), "Kabag"), "Bupati");
    }

    // Layers of authorities, all of one name a layer, each of which could have issued every one of the layer below.
    private static byte[] FanOut(int layers, int each)
    {
        var certificates = FanOutAuthorities.Make(layers, each, out var signer);
        var file = new Forge(catalog: $"/DSS<</Certs[{References(100, certificates.Count)}]>>");
        for (var i = 0; i < certificates.Count; i++)
            file.Stream(100 + i, "", certificates[i]);
        return signer.Sign(file.File(), "Bupati");
    }

    private static byte[] LargeCrl(int count)
    {
        var crl = FanOutAuthorities.Crl(count);
        var packed = Zip(crl);
        var file = new Forge(catalog: "/DSS<</CRLs[100 0 R]>>").Stream(100, "/Filter/FlateDecode", packed);
        return Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(file.File(), "Bupati");
    }

    private static byte[] Lock(int count)
    {
        var names = string.Concat(Enumerable.Range(0, count).Select(i => $"(g{i})"));
        var file = new Forge(catalog: $"/AcroForm<</Fields[4 0 R {References(1000, 10_000)}]>>").Object(4, $"<</FT/Sig/T(Bupati)/Lock<</Type/SigFieldLock/Action/Include/Fields[{names}]>>>>")
            .Objects(1000, 10_000, i => $"<</FT/Tx/T(f{i})/V(x)>>");
        return BehindSignature(file.File(), 1);
    }

    private static byte[] StructureTree(int count)
    {
        var file = new Forge(catalog: "/StructTreeRoot 4 0 R").Object(4, $"<</Type/StructTreeRoot/K[{References(100, count)}]/ParentTree<</Nums[{string.Concat(Enumerable.Range(0, count).Select(i => $"{i}[{100 + i} 0 R]"))}]>>>>")
            .Objects(100, count / 2, i => $"<</S/P/P 4 0 R/K {i}>>");
        return BehindSignature(file.File(), 1);
    }
}
