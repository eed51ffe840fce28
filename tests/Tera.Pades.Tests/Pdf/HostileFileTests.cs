using System.IO.Compression;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Pdf;

public sealed class HostileFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2_000)]
    public void An_object_stream_whose_filter_lies_in_an_object_stream_does_not_take_the_stack_with_it(int streams)
    {
        // Stream 10 + i names as its filter the object 5000 + i, which lies in the next stream, and the last one's in the first.
        const string Head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5000 0 R>>\nendobj\n";
        const string Pages = "2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n";
        var pdf = new StringBuilder(Head + Pages);
        var offsets = new List<int>();
        for (var i = 0; i < streams; i++)
        {
            offsets.Add(pdf.Length);
            var body = $"{5000 + ((i + streams - 1) % streams)} 0 /FlateDecode";
            pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"{10 + i} 0 obj\n<</Type/ObjStm/N 1/First {body.IndexOf('/', StringComparison.Ordinal)}/Filter {5000 + i} 0 R/Length {body.Length}>>\nstream\n{body}\nendstream\nendobj\n");
        }
        var rows = new StringBuilder();
        Row(rows, 1, 9, 0);
        Row(rows, 1, Head.Length, 0);
        offsets.ForEach(o => Row(rows, 1, o, 0));
        for (var i = 0; i < streams; i++)
            Row(rows, 2, 10 + ((i + 1) % streams), 0);
        var start = pdf.Length;
        pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"9999 0 obj\n<</Type/XRef/Root 1 0 R/Size 10000/W[1 4 2]/Index[1 2 10 {streams} 5000 {streams}]/Filter/ASCIIHexDecode/Length {rows.Length + 1}>>\nstream\n{rows}>\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n");

        var bytes = Encoding.Latin1.GetBytes(pdf.ToString());
        var file = PdfFile.Open(bytes);
        Assert.False(file.WasRepaired);
        // Without a bound this is the end of the process.
        Assert.NotEqual(FileVerdict.TotalPassed, PadesValidator.Validate(PdfBytes.From(bytes), new ValidationPolicy { At = Identity.Now }).Verdict);

        static void Row(StringBuilder rows, int kind, int field, int extra) => rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"{kind:X2}{field:X8}{extra:X4}");
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("xref stream")]
    [InlineData("object streams")]
    [InlineData("hybrid")]
    public void A_mutated_file_is_signed_or_refused_and_nothing_else(string kind)
    {
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var original = identity.Sign(SmallPdf.Make(kind, pages: 3), "Kabag", r => r with { Certify = DocMdpPermission.FormFilling });
        var random = new Random(20261122);
        var refused = 0;
        for (var round = 0; round < 500; round++)
        {
            var pdf = Mutate(original, random);
            try
            {
                var file = PdfFile.Open(pdf);
                Assert.NotNull(SignatureField.Read(file.Latest));
                foreach (var revision in file.Revisions)
                {
                    foreach (var entry in revision.Objects.Take(100))
                    {
                        if (file.TryGetObject(entry.Id, revision.Index, out var value) == PdfRefusal.None && value is PdfStream stream)
                            file.TryDecode(stream, revision.Index, out _);
                    }
                }
                DocumentToSign.Prepare(file, identity.Request("Bupati"), Stream.Null);
            }
            catch (Exception exception) when (exception is PdfException or SigningException)
            {
                refused++;
            }
        }
        // Neither answer would prove anything if it were the only one.
        Assert.InRange(refused, 1, 499);
    }

    [Fact]
    public void Foreign_files_cut_anywhere_are_opened_or_refused_and_nothing_else()
    {
        var random = new Random(7);
        foreach (var row in Corpus.Rows("unsigned.tsv").Where((_, i) => i % 4 == 0))
        {
            var pdf = File.ReadAllBytes(Corpus.Require(Path.Combine("unsigned", row["file"])));
            try
            {
                var file = PdfFile.Open(pdf.AsMemory(0, random.Next(pdf.Length)));
                Assert.True(PdfPages.Enumerate(file.Latest).Take(1000).Count() <= 1000);
            }
            catch (PdfException refused)
            {
                Assert.NotEqual(PdfRefusal.None, refused.Refusal);
            }
        }
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var i = 0; i < 100; i++)
                zlib.Write(new byte[1_000_000]);
        }
        var data = Encoding.Latin1.GetString(packed.ToArray());
        var file = PdfFile.Open(SmallPdf.Make(more: [$"<</Filter/FlateDecode/Length {data.Length}>>\nstream\n{data}\nendstream"]));
        var stream = (PdfStream)file.Latest.Get(new ObjectId(100));
        Assert.Equal(PdfRefusal.TooLarge, file.TryDecode(stream, 0, out _));
    }

    // Each of these ran for hours before it had a bound; now each ends at once.
    [Theory]
    [InlineData("1 0 obj<</A(")]
    [InlineData("1 0 obj<</A ")]
    [InlineData("trailer<</A(")]
    [InlineData("1 0 obj<</Type/ObjStm/N 1/First 4>>stream\n")]
    public void A_file_of_beginnings_without_an_end_is_refused(string beginning) =>
        Assert.Contains(Assert.Throws<PdfException>(() => PdfFile.Open(Encoding.ASCII.GetBytes("%PDF-1.7\n" + string.Concat(Enumerable.Repeat(beginning, 300_000))))).Refusal, (PdfRefusal[])[PdfRefusal.NoCatalog, PdfRefusal.TooLarge]);

    [Fact]
    public void Objects_that_all_reach_to_the_end_of_the_file_are_refused()
    {
        var text = new StringBuilder("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n");
        var offsets = new List<int> { text.ToString().IndexOf("1 0 obj", StringComparison.Ordinal), text.ToString().IndexOf("2 0 obj", StringComparison.Ordinal) };
        for (var i = 3; i < 100_000; i++)
        {
            offsets.Add(text.Length);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i} 0 obj (");
        }
        var xref = text.Length;
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer<</Size 100000/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n");
        var file = PdfFile.Open(Encoding.ASCII.GetBytes(text.ToString()));
        Assert.False(file.WasRepaired);
        var refused = Assert.Throws<PdfException>(() => Enumerable.Range(3, 99_000).Count(i => file.TryGetObject(new ObjectId(i), null, out _) != PdfRefusal.MalformedObject));
        Assert.Equal(PdfRefusal.TooLarge, refused.Refusal);
    }

    [Fact]
    public void Many_fields_in_many_revisions_are_refused_and_not_left_out()
    {
        var fields = Enumerable.Range(0, 5000).Select(i => $"<</FT/Sig/T(f{i})>>").ToArray();
        var kids = string.Join(' ', Enumerable.Range(100, fields.Length).Select(i => $"{i} 0 R"));
        var pdf = new MemoryStream();
        pdf.Write(SmallPdf.Make(catalogExtra: $"/AcroForm<</Fields[{kids}]>>", more: fields));
        var signed = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf.ToArray(), "Bupati");
        var file = PdfFile.Open(signed);
        pdf = new MemoryStream();
        pdf.Write(signed);
        var previous = file.Revisions[^1].XrefOffset;
        for (var i = 0; i < 1000; i++)
        {
            var at = pdf.Length;
            pdf.Write(Encoding.ASCII.GetBytes($"100 0 obj<</FT/Sig/T(f0)/X {i}>>endobj\n"));
            var xref = pdf.Length;
            pdf.Write(Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"xref\n100 1\n{at:D10} 00000 n \ntrailer<</Size 9000/Root {file.Latest.CatalogId}/Prev {previous}>>\nstartxref\n{xref}\n%%EOF\n")));
            previous = xref;
        }
        var evidence = PadesValidator.Collect(PdfBytes.From(pdf.ToArray()));
        Assert.Equal(new PdfException(PdfRefusal.TooLarge).Message, evidence.Unreadable);
    }

    // What is appended hides the form: in each case the signature's bytes are there, and "nobody signed" would be untrue.
    [Theory]
    [InlineData("900 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Size 901/Root 900 0 R>>\nstartxref\n7\n%%EOF\n")]
    [InlineData("900 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\nxref\n0 3\n0000000000 65535 f \n@@@@@@@@@@ 00000 n \n0000000099 00000 n \ntrailer<</Size 901/Root 900 0 R>>\nstartxref\n99999999\n%%EOF\n")]
    [InlineData("1 0 obj<</Type/Catalog/Pages 2 0 R")]
    public void A_signature_that_the_form_no_longer_leads_to_gets_a_verdict(string appended)
    {
        byte[] pdf = [.. Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(SmallPdf.Make(), "Bupati"), .. Encoding.ASCII.GetBytes(appended)];
        var report = PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = Identity.Now });
        Assert.Equal(FileVerdict.TotalFailed, report.Verdict);
        Assert.NotEmpty(report.Signatures);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var file = PdfFile.Open(SmallPdf.Make(more: [new string('[', 100_000) + new string(']', 100_000)]));
        Assert.Equal(PdfRefusal.TooDeep, Assert.Throws<PdfException>(() => file.GetObject(new ObjectId(100))).Refusal);
    }

    [Fact]
    public void A_chain_of_sections_that_bites_its_tail_ends()
    {
        var pdf = Encoding.Latin1.GetString(SmallPdf.Make());
        var xref = pdf.LastIndexOf("xref\n0", StringComparison.Ordinal);
        var file = PdfFile.Open(Encoding.Latin1.GetBytes(pdf.Replace("/Root 1 0 R", $"/Root 1 0 R/Prev {xref}", StringComparison.Ordinal)));
        Assert.Single(file.Revisions);
        Assert.False(file.WasRepaired);
    }

    [Fact]
    public void Pages_and_references_in_circles_end()
    {
        var file = PdfFile.Open(SmallPdf.Make(more: ["101 0 R", "100 0 R"], pageExtra: "/Kids[2 0 R 3 0 R]"));
        Assert.True(file.Latest.Get(new ObjectId(100)).IsNull);
        Assert.Single(PdfPages.Enumerate(file.Latest));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var pdf = original.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return pdf[..random.Next(pdf.Length)];
            case 1:
                // Digits are where the lengths, offsets and counts are.
                for (var i = 0; i < 20; i++)
                {
                    var at = random.Next(pdf.Length);
                    while (at < pdf.Length && !char.IsAsciiDigit((char)pdf[at]))
                        at++;
                    if (at < pdf.Length)
                        pdf[at] = (byte)('0' + random.Next(10));
                }
                return pdf;
            case 2:
                for (var i = 0; i < 10; i++)
                    pdf[random.Next(pdf.Length)] = (byte)random.Next(256);
                return pdf;
            default:
                var from = random.Next(pdf.Length);
                var count = Math.Min(random.Next(200), pdf.Length - from);
                return [.. pdf[..from], .. pdf[(from + count)..]];
        }
    }
}
