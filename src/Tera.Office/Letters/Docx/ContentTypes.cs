using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>[Content_Types].xml: what each part says it is (ECMA-376 part 2, 7.2).</summary>
internal sealed class ContentTypes
{
    public const string PartName = "[Content_Types].xml";

    public const string MainDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    private static readonly XNamespace Ns = "http://schemas.openxmlformats.org/package/2006/content-types";

    private const string RelationshipsType = "application/vnd.openxmlformats-package.relationships+xml";

    private const string PrinterSettingsType = "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings";

    private static readonly string[] MacroMarks = ["macroenabled", "vbaproject", "vbadata", "keymapcustomizations", "attachedtoolbars"];

    // Prefixes of types whose readers we have looked at. Anything else is an object somebody put in.
    private static readonly string[] Allowed =
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.",
        "application/vnd.openxmlformats-officedocument.theme",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "application/vnd.openxmlformats-officedocument.customxmlproperties+xml",
        "application/vnd.openxmlformats-officedocument.drawingml.diagram",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-package.relationships+xml",
        "application/vnd.ms-word.styleswitheffects+xml",
        "application/vnd.ms-office.drawingml.diagramdrawing+xml",
        "application/xml",
        "image/png", "image/jpeg", "image/jpg", "image/gif", "image/bmp",
    ];

    private readonly Dictionary<string, string> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _overrides = new(StringComparer.OrdinalIgnoreCase);

    private ContentTypes(XDocument document)
    {
        foreach (XElement element in document.Root!.Elements())
        {
            string type = ((string?)element.Attribute("ContentType") ?? "").Trim();
            if (element.Name == Ns + "Default" && (string?)element.Attribute("Extension") is { } extension)
            {
                _defaults[extension] = type;
            }
            else if (element.Name == Ns + "Override" && (string?)element.Attribute("PartName") is { } part)
            {
                _overrides[part.TrimStart('/')] = type;
            }
        }
    }

    public static ContentTypes? Read(XDocument document) => document.Root?.Name == Ns + "Types" ? new ContentTypes(document) : null;

    public string? Of(string part) =>
        _overrides.GetValueOrDefault(part) ?? _defaults.GetValueOrDefault(Path.GetExtension(part).TrimStart('.'));

    public static bool IsRelationships(string part) => part.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    /// <summary>Bytes for a printer's driver: the one kind of part that is neither XML nor a picture. The converter ignores it.</summary>
    public bool IsPrinterSettings(string part) => PrinterSettingsType.Equals(Of(part), StringComparison.OrdinalIgnoreCase);

    public DocxProblem? Check(string part)
    {
        if (part.Equals(PartName, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string type = (Of(part) ?? "").ToLowerInvariant();
        if (MacroMarks.Any(type.Contains) || part.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
        {
            return new DocxProblem(LetterRefusalReason.Macros, "Berkas memuat makro. Simpan sebagai “Dokumen Word (.docx)” tanpa makro, lalu unggah lagi.");
        }

        // Readers take relationships by their name, so a part of that name cannot claim to be something that nobody looks into.
        if (IsRelationships(part) && type != RelationshipsType)
        {
            return new DocxProblem(LetterRefusalReason.BrokenPackage, $"Bagian {part} dinyatakan dengan jenis yang salah. Simpan ulang di pengolah kata, lalu unggah lagi.");
        }

        // A font decides what the reader sees for every character around a date, while the text below stays the same; approvals could not be carried.
        if (type.Contains("font", StringComparison.Ordinal) && !type.EndsWith("fonttable+xml", StringComparison.Ordinal))
        {
            return new DocxProblem(
                LetterRefusalReason.EmbeddedObjects, "Berkas memuat fon sisipan. Matikan “Sematkan fon dalam file” pada opsi penyimpanan pengolah kata, simpan ulang, lalu unggah lagi.");
        }

        if (type is "image/x-emf" or "image/emf" or "image/x-wmf" or "image/wmf" or "image/svg+xml" or "image/tiff")
        {
            return new DocxProblem(LetterRefusalReason.EmbeddedObjects, $"Berkas memuat gambar {Path.GetExtension(part)}. Ganti dengan gambar PNG atau JPEG, lalu unggah lagi.");
        }

        return Allowed.Any(allowed => type.StartsWith(allowed, StringComparison.Ordinal))
            ? null
            : new DocxProblem(
                LetterRefusalReason.EmbeddedObjects,
                $"Berkas memuat objek sisipan ({part}). Hapus objek itu atau tempel sebagai gambar PNG, lalu unggah lagi.");
    }
}
