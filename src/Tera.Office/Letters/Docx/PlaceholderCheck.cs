using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>A draft that may be registered: every placeholder has a value, and the three obligatory ones are there, the mark exactly once.</summary>
public static class PlaceholderCheck
{
    public static DocxProblem? Check(DocxPackage package)
    {
        List<string> names = Names(package);
        List<string> unknown = names.Where(name => !Placeholders.Known.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return new DocxProblem(
                LetterRefusalReason.UnresolvedPlaceholders,
                $"Variabel berikut tidak dikenal dan akan tampil mentah di surat: {string.Join(", ", unknown.Take(10).Select(Shown))}. Perbaiki atau hapus, lalu unggah lagi.");
        }

        List<string> missing = Placeholders.Required.Where(name => !names.Contains(name)).ToList();
        if (missing.Count > 0)
        {
            return new DocxProblem(
                LetterRefusalReason.MissingPlaceholder,
                $"Variabel wajib belum ada di naskah: {string.Join(", ", missing.Select(Shown))}. Tambahkan sesuai templat, lalu unggah lagi.");
        }

        int marks = names.Count(name => name == Placeholders.Mark);
        return marks == 1
            ? null
            : new DocxProblem(
                LetterRefusalReason.UnresolvedPlaceholders, $"Variabel {Shown(Placeholders.Mark)} muncul {marks} kali; tempat tanda tangan harus satu.");
    }

    private static List<string> Names(DocxPackage package)
    {
        var names = new List<string>();
        foreach ((string part, byte[] content) in package.Parts)
        {
            if (part.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
                && BoundedXml.Load(part, content, DocxLimits.Default, out XDocument document) is null
                && Placeholders.IsPrinted(document))
            {
                names.AddRange(Placeholders.Find(document, withFallback: false).Select(placeholder => placeholder.Name));
            }
        }

        return names;
    }

    private static string Shown(string name) => "${" + name + "}";
}
