using System.IO.Compression;
using System.Text;
using Tera.Office.Letters;
using Tera.Office.Letters.Docx;

namespace Tera.Office.Tests.Letters.Docx;

/// <summary>Every file here is made by code; none must reach the converter.</summary>
public sealed class HostileDocxTests
{
    private const string OfficeRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private static readonly Dictionary<string, (string Name, byte[] File, LetterRefusalReason Reason)> Cases = new(StringComparer.Ordinal)
    {
        ["a PDF called .docx"] = ("a.docx", "%PDF-1.7\n"u8.ToArray().Concat(new byte[100]).ToArray(), LetterRefusalReason.NotDocx),
        ["an old .doc called .docx"] = ("a.docx", [0xD0, 0xCF, 0x11, 0xE0, .. new byte[600]], LetterRefusalReason.NotDocx),
        ["the ending .docm"] = ("a.docm", Sample(), LetterRefusalReason.Macros),
        ["the ending .odt"] = ("a.odt", Sample(), LetterRefusalReason.NotDocx),
        ["an empty file"] = ("a.docx", [], LetterRefusalReason.NotDocx),
        ["something before the zip"] = ("a.docx", [.. "%PDF-1.4"u8, .. Sample()], LetterRefusalReason.NotDocx),
        ["a zip cut in the middle"] = ("a.docx", Sample()[..^400], LetterRefusalReason.BrokenPackage),
        ["a zip of pictures"] = ("a.docx", Zip(("x.png", [1, 2, 3])), LetterRefusalReason.NotDocx),
        ["a spreadsheet"] = ("a.docx", With("[Content_Types].xml", text => text.Replace("wordprocessingml.document.main", "spreadsheetml.sheet.main", StringComparison.Ordinal)), LetterRefusalReason.EmbeddedObjects),
        ["a macro-enabled main part"] = ("a.docx", With("[Content_Types].xml", text => text.Replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml", StringComparison.Ordinal)), LetterRefusalReason.Macros),
        ["a vbaProject"] = ("a.docx", Plus(("word/vbaProject.bin", new byte[64])), LetterRefusalReason.Macros),
        ["a zip bomb"] = ("a.docx", Plus(("word/media/bomb.png", new byte[40 << 20])), LetterRefusalReason.TooLarge),
        ["a bomb below the entry limit"] = ("a.docx", Plus(("word/media/bomb.png", new byte[20 << 20])), LetterRefusalReason.TooLarge),
        ["too many entries"] = ("a.docx", Plus(Enumerable.Range(0, 1_200).Select(index => ($"word/x{index}.xml", "<a/>"u8.ToArray())).ToArray()), LetterRefusalReason.TooLarge),
        ["a path that climbs"] = ("a.docx", Plus(("../../etc/cron.d/x.xml", "<a/>"u8.ToArray())), LetterRefusalReason.BrokenPackage),
        ["an absolute path"] = ("a.docx", Plus(("/etc/x.xml", "<a/>"u8.ToArray())), LetterRefusalReason.BrokenPackage),
        ["the same part twice"] = ("a.docx", Plus(("word/DOCUMENT.xml", "<a/>"u8.ToArray())), LetterRefusalReason.BrokenPackage),
        ["a billion laughs"] = ("a.docx", With("word/document.xml", text => "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" + text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..]), LetterRefusalReason.BrokenPackage),
        ["an entity that reads a file"] = ("a.docx", With("word/settings.xml", _ => "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"), LetterRefusalReason.BrokenPackage),
        ["XML 10,000 levels deep"] = ("a.docx", With("word/settings.xml", _ => string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000))), LetterRefusalReason.TooLarge),
        ["XML that does not end"] = ("a.docx", With("word/document.xml", text => text[..^30]), LetterRefusalReason.BrokenPackage),
        ["a picture from outside"] = ("a.docx", Rel("image", "http://198.51.100.7/x.png"), LetterRefusalReason.ExternalLinks),
        ["a remote template"] = ("a.docx", Rel("attachedTemplate", "https://198.51.100.7/evil.dotm"), LetterRefusalReason.ExternalLinks),
        ["a linked OLE object"] = ("a.docx", Rel("oleObject", "file:///C:/x.xlsx"), LetterRefusalReason.ExternalLinks),
        ["a mail merge source"] = ("a.docx", Rel("mailMergeSource", "file:///etc/passwd"), LetterRefusalReason.ExternalLinks),
        ["a link to a file share"] = ("a.docx", Rel("hyperlink", "file://198.51.100.7/share"), LetterRefusalReason.ExternalLinks),
        ["a script link"] = ("a.docx", Rel("hyperlink", "javascript:alert(1)"), LetterRefusalReason.ExternalLinks),
        ["an embedded workbook"] = ("a.docx", Plus(("word/embeddings/book.xlsx", new byte[64])), LetterRefusalReason.EmbeddedObjects),
        ["an altChunk"] = ("a.docx", Body($"<w:altChunk {Word}/>"), LetterRefusalReason.EmbeddedObjects),
        ["an OLE object in the text"] = ("a.docx", Body("<o:OLEObject xmlns:o=\"urn:schemas-microsoft-com:office:office\"/>"), LetterRefusalReason.EmbeddedObjects),
        ["INCLUDEPICTURE split over runs"] = ("a.docx", Body(
            $"<w:p {Word}><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE \"http://198.51.100.7\" </w:instrText></w:r></w:p>"), LetterRefusalReason.ExternalLinks),
        ["DDEAUTO"] = ("a.docx", Body($"<w:p {Word}><w:fldSimple w:instr=\" DDEAUTO cmd \"/></w:p>"), LetterRefusalReason.ExternalLinks),
        ["a VML picture by address"] = ("a.docx", Body("<v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\" src=\"http://198.51.100.7/x.png\"/>"), LetterRefusalReason.ExternalLinks),
        ["changes nobody accepted"] = ("a.docx", Body($"<w:p {Word}><w:ins w:id=\"1\"><w:r><w:t>x</w:t></w:r></w:ins></w:p>"), LetterRefusalReason.TrackedChanges),
        ["a picture of 2 gigapixels"] = ("a.docx", Plus(("word/media/huge.png", Png(50_000, 50_000))), LetterRefusalReason.TooLarge),
        ["a picture that is none"] = ("a.docx", Plus(("word/media/x.png", "<svg/>"u8.ToArray())), LetterRefusalReason.BrokenPackage),
        ["a relationship to nothing"] = ("a.docx", With("word/_rels/document.xml.rels", text => text.Replace("styles.xml", "gone.xml", StringComparison.Ordinal)), LetterRefusalReason.BrokenPackage),
        ["a picture fetched through what calls itself a link"] = ("a.docx", BodyAndRel(
            "<a:blip xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:link=\"rIdX\"/>",
            "hyperlink", "http://198.51.100.7/x.png"), LetterRefusalReason.ExternalLinks),
        ["relationships that call themselves printer settings"] = ("a.docx", Typed(
            "word/_rels/document.xml.rels", "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings", Rel("image", "http://198.51.100.7/x.png")), LetterRefusalReason.BrokenPackage),
        ["a header that calls itself printer settings"] = ("a.docx", Typed("word/header9.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings", Zip(
            [.. Parts().Select(entry => entry.Name == "word/_rels/document.xml.rels"
                ? (entry.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Content).Replace(
                    "</Relationships>", $"<Relationship Id=\"rIdH\" Type=\"{OfficeRel}header\" Target=\"header9.xml\"/></Relationships>", StringComparison.Ordinal)))
                : entry), ("word/header9.xml", Encoding.UTF8.GetBytes($"<w:hdr {Word}><w:altChunk/></w:hdr>"))])), LetterRefusalReason.BrokenPackage),
        ["a font of its own"] = ("a.docx", Typed(
            "word/fonts/font1.odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont", Plus(("word/fonts/font1.odttf", new byte[64]))), LetterRefusalReason.EmbeddedObjects),
        ["a tracked change in the strict namespace"] = ("a.docx", Body($"<s:p xmlns:s=\"{WordNames.StrictW}\"><s:ins s:id=\"1\"><s:r><s:t>x</s:t></s:r></s:ins></s:p>"), LetterRefusalReason.NotDocx),
        ["Strict Open XML"] = ("a.docx", With("word/document.xml", text => text.Replace(WordNames.W.NamespaceName, WordNames.StrictW.NamespaceName, StringComparison.Ordinal)), LetterRefusalReason.NotDocx),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_with_its_reason(string what)
    {
        (string name, byte[] file, LetterRefusalReason reason) = Cases[what];
        DocxProblem problem = Assert.IsType<DocxReading.Refused>(DocxDoor.Read(name, file)).Problem;
        Assert.Equal(reason, problem.Reason);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_link_and_the_word_link_in_its_address_are_fine() =>
        Assert.IsType<DocxReading.Accepted>(DocxDoor.Read("a.docx", Rel("hyperlink", "https://arunika.example/print?link=1")));

    private static byte[] Sample() => SampleLetters.Template("pd-surat");

    private static byte[] Rel(string type, string target) => With("word/_rels/document.xml.rels", text => text.Replace(
        "</Relationships>", $"<Relationship Id=\"rIdX\" Type=\"{OfficeRel}{type}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>", StringComparison.Ordinal));

    private static byte[] BodyAndRel(string xml, string type, string target) => Zip([.. SampleLetters.Package(Rel(type, target)).Parts.Select(part => part.Key == "word/document.xml"
        ? (part.Key, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(part.Value).Replace("<w:sectPr>", xml + "<w:sectPr>", StringComparison.Ordinal)))
        : (part.Key, part.Value))]);

    /// <summary>The file with another content type for one of its parts.</summary>
    private static byte[] Typed(string part, string type, byte[] docx)
    {
        using var archive = new ZipArchive(new MemoryStream(docx), ZipArchiveMode.Read);
        return Zip([.. archive.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            return entry.FullName == "[Content_Types].xml"
                ? (entry.FullName, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content.ToArray()).Replace("</Types>", $"<Override PartName=\"/{part}\" ContentType=\"{type}\"/></Types>", StringComparison.Ordinal)))
                : (entry.FullName, content.ToArray());
        })]);
    }

    private static byte[] Body(string xml) => With("word/document.xml", text => text.Replace("<w:sectPr>", xml + "<w:sectPr>", StringComparison.Ordinal));

    private static byte[] With(string part, Func<string, string> change) =>
        Zip(Parts().Select(entry => entry.Name == part ? (entry.Name, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(entry.Content)))) : entry).ToArray());

    private static byte[] Plus(params (string Name, byte[] Content)[] more) => Zip([.. Parts(), .. more]);

    private static (string Name, byte[] Content)[] Parts() => SampleLetters.Package(Sample()).Parts.Select(part => (part.Key, part.Value)).ToArray();

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    private static byte[] Png(int width, int height)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[20]];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }
}
