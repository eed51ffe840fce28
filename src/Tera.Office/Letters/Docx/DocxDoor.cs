using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>
/// The door for drafts: only .docx, and the whole package is looked at before the converter or any other library opens it.
/// The order goes from cheap to dear, so that a hostile file is refused before it costs anything.
/// </summary>
public static class DocxDoor
{
    public static DocxReading Read(string fileName, byte[] file) => Read(fileName, file, DocxLimits.Default);

    public static DocxReading Read(string fileName, byte[] file, DocxLimits limits)
    {
        DocxProblem? problem = CheckFile(fileName, file, limits);
        if (problem is not null)
        {
            return new DocxReading.Refused(problem);
        }

        problem = BoundedZip.Unpack(file, limits, out Dictionary<string, byte[]> parts);
        if (problem is not null)
        {
            return new DocxReading.Refused(problem);
        }

        problem = CheckParts(parts, limits, out string mainPart);
        return problem is null ? new DocxReading.Accepted(new DocxPackage(parts, mainPart)) : new DocxReading.Refused(problem);
    }

    private static DocxProblem? CheckFile(string fileName, byte[] file, DocxLimits limits)
    {
        if (file.LongLength > limits.FileBytes)
        {
            return new DocxProblem(LetterRefusalReason.TooLarge, $"Berkas lebih besar daripada {limits.FileBytes >> 20} MB.");
        }

        string extension = Path.GetExtension(fileName);
        if (extension.Equals(".docm", StringComparison.OrdinalIgnoreCase) || extension.Equals(".dotm", StringComparison.OrdinalIgnoreCase))
        {
            return new DocxProblem(LetterRefusalReason.Macros, "Berkas bermakro tidak diterima. Simpan sebagai “Dokumen Word (.docx)”, lalu unggah lagi.");
        }

        if (!extension.Equals(".docx", StringComparison.OrdinalIgnoreCase))
        {
            return new DocxProblem(LetterRefusalReason.NotDocx, "Hanya berkas .docx yang diterima. Simpan konsep sebagai “Dokumen Word (.docx)”, lalu unggah lagi.");
        }

        if (BoundedZip.LooksLikeZip(file))
        {
            return null;
        }

        // MS-CFB: an encrypted docx and an old .doc both begin so.
        return file.AsSpan().StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 })
            ? new DocxProblem(LetterRefusalReason.NotDocx, "Berkas ini .doc lama atau dikunci kata sandi. Simpan sebagai .docx tanpa kata sandi, lalu unggah lagi.")
            : new DocxProblem(LetterRefusalReason.NotDocx, "Isi berkas bukan .docx, walau namanya begitu. Simpan ulang di pengolah kata, lalu unggah lagi.");
    }

    private static DocxProblem? CheckParts(Dictionary<string, byte[]> parts, DocxLimits limits, out string mainPart)
    {
        mainPart = "";
        DocxProblem notWord = new(LetterRefusalReason.NotDocx, "Berkas ini bukan dokumen pengolah kata. Simpan konsep sebagai “Dokumen Word (.docx)”, lalu unggah lagi.");
        if (!parts.TryGetValue(ContentTypes.PartName, out byte[]? typesPart) || !parts.TryGetValue("_rels/.rels", out byte[]? packageRels))
        {
            return notWord;
        }

        DocxProblem? problem = BoundedXml.Load(ContentTypes.PartName, typesPart, limits, out XDocument typesDocument)
            ?? BoundedXml.Load("_rels/.rels", packageRels, limits, out _);
        if (problem is not null)
        {
            return problem;
        }

        if (ContentTypes.Read(typesDocument) is not { } types)
        {
            return notWord;
        }

        foreach ((string part, byte[] content) in parts)
        {
            problem = types.Check(part) ?? CheckPart(part, types, content, parts, limits);
            if (problem is not null)
            {
                return problem;
            }
        }

        _ = BoundedXml.Load("_rels/.rels", packageRels, limits, out XDocument relationships);
        string? main = RelationshipCheck.IsRelationships(relationships) ? RelationshipCheck.MainPart(relationships) : null;
        if (main is null || !parts.ContainsKey(main) || types.Of(main) != ContentTypes.MainDocument)
        {
            return notWord;
        }

        mainPart = parts.Keys.Single(name => name.Equals(main, StringComparison.OrdinalIgnoreCase));
        return CheckMain(parts[mainPart], mainPart, limits) ? null : notWord with
        {
            Message = "Isi berkas bukan naskah. Simpan sebagai “Dokumen Word (.docx)” biasa, lalu unggah lagi.",
        };
    }

    private static DocxProblem? CheckPart(string part, ContentTypes types, byte[] content, Dictionary<string, byte[]> parts, DocxLimits limits)
    {
        if ((types.Of(part) ?? "").StartsWith("image/", StringComparison.OrdinalIgnoreCase))
        {
            return ImageCheck.Check(part, content, limits);
        }

        if (types.IsPrinterSettings(part))
        {
            return null;
        }

        DocxProblem? problem = BoundedXml.Load(part, content, limits, out XDocument document);
        if (problem is not null)
        {
            return problem;
        }

        if (!ContentTypes.IsRelationships(part))
        {
            return MarkupCheck.Check(part, document);
        }

        return RelationshipCheck.IsRelationships(document)
            ? RelationshipCheck.Check(part, document, parts, types)
            : new DocxProblem(LetterRefusalReason.BrokenPackage, $"Bagian {part} rusak. Simpan ulang di pengolah kata, lalu unggah lagi.");
    }

    private static bool CheckMain(byte[] content, string part, DocxLimits limits) =>
        BoundedXml.Load(part, content, limits, out XDocument document) is null
        && document.Root is { } root && root.Name == WordNames.W + "document" && root.Element(WordNames.W + "body") is not null;
}
