using System.IO.Compression;
using System.Text;

namespace Tera.EndToEnd.Hostile;

/// <summary>Makes docx files that nobody should send.</summary>
internal static class DocxForge
{
    private const string Document = "word/document.xml";
    private const string Relationships = "word/_rels/document.xml.rels";

    /// <summary>The template with its blanks filled: what an honest drafter uploads.</summary>
    public static byte[] Fill(byte[] template) => Edit(template, Document, xml => xml.Replace("…", "isi", StringComparison.Ordinal));

    public static byte[] Edit(byte[] docx, string entry, Func<string, string> edit)
    {
        using var buffer = new MemoryStream();
        buffer.Write(docx);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry old = zip.GetEntry(entry)!;
            string text;
            using (var reader = new StreamReader(old.Open()))
            {
                text = reader.ReadToEnd();
            }

            old.Delete();
            Write(zip, entry, Encoding.UTF8.GetBytes(edit(text)));
        }

        return buffer.ToArray();
    }

    public static byte[] Add(byte[] docx, string entry, byte[] content)
    {
        using var buffer = new MemoryStream();
        buffer.Write(docx);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            Write(zip, entry, content);
        }

        return buffer.ToArray();
    }

    public static byte[] Remove(byte[] docx, string entry)
    {
        using var buffer = new MemoryStream();
        buffer.Write(docx);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(entry)!.Delete();
        }

        return buffer.ToArray();
    }

    public static byte[] WithText(byte[] docx, string text) =>
        Edit(docx, Document, xml => xml.Replace("<w:body>", $"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>", StringComparison.Ordinal));

    public static byte[] WithRelationship(byte[] docx, string type, string target) =>
        Edit(docx, Relationships, xml => xml.Replace(
            "</Relationships>",
            $"<Relationship Id=\"rIdX\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>",
            StringComparison.Ordinal));

    /// <summary>A billion laughs in the main part.</summary>
    public static byte[] WithDtd(byte[] docx) =>
        Edit(docx, Document, xml => xml.Insert(xml.IndexOf("?>", StringComparison.Ordinal) + 2, "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"));

    /// <summary>So many nested elements that a recursive reader would run out of stack.</summary>
    public static byte[] Deep(byte[] docx) =>
        Edit(docx, Document, xml => xml.Replace("<w:body>", "<w:body>" + string.Concat(Enumerable.Repeat("<w:sdt><w:sdtContent>", 20_000)) + string.Concat(Enumerable.Repeat("</w:sdtContent></w:sdt>", 20_000)), StringComparison.Ordinal));

    /// <summary>400 MB of zeros in a few hundred kilobytes.</summary>
    public static byte[] Bomb(byte[] docx)
    {
        using var buffer = new MemoryStream();
        buffer.Write(docx);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("word/media/bomb.png", CompressionLevel.Fastest).Open();
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 400; i++)
            {
                entry.Write(block);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>A package with thousands of tiny parts.</summary>
    public static byte[] ManyParts(byte[] docx)
    {
        using var buffer = new MemoryStream();
        buffer.Write(docx);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            for (int i = 0; i < 20_000; i++)
            {
                Write(zip, $"word/media/{i}.png", [0]);
            }
        }

        return buffer.ToArray();
    }

    private static void Write(ZipArchive zip, string name, byte[] content)
    {
        using Stream stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(content);
    }
}
