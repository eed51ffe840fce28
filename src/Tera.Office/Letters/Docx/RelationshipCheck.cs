using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>
/// Relationships of a package: nothing may be fetched when the letter is opened, so the only thing outside is a link a reader may click.
/// A picture, template, mail merge source or OLE link outside would also let the converter be used to reach inside the agency's network.
/// </summary>
internal static class RelationshipCheck
{
    private static readonly XNamespace Ns = "http://schemas.openxmlformats.org/package/2006/relationships";

    // The last word of the relationship's type says what it is for.
    private static readonly HashSet<string> ObjectTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument", "frame", "video", "audio", "media", "vbaProject", "wordVbaData",
        "ctrlProp", "customUI", "ui", "extensibility", "chart", "webextension", "webextensiontaskpanes", "taskpanes",
    };

    public static DocxProblem? Check(string relationshipsPart, XDocument document, IReadOnlyDictionary<string, byte[]> parts, ContentTypes types)
    {
        string owner = Owner(relationshipsPart);
        foreach (XElement relationship in document.Root!.Elements(Ns + "Relationship"))
        {
            string type = (string?)relationship.Attribute("Type") ?? "";
            string kind = type[(type.LastIndexOf('/') + 1)..];
            string target = (string?)relationship.Attribute("Target") ?? "";
            bool external = string.Equals((string?)relationship.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase);
            if (external)
            {
                if (!kind.Equals("hyperlink", StringComparison.OrdinalIgnoreCase) || !IsPlainLink(target))
                {
                    return new DocxProblem(
                        LetterRefusalReason.ExternalLinks,
                        $"Berkas mengambil isi dari luar ({Words(kind)}). Sematkan isinya ke dalam berkas atau hapus tautannya, lalu unggah lagi.");
                }

                continue;
            }

            if (ObjectTypes.Contains(kind))
            {
                return new DocxProblem(
                    LetterRefusalReason.EmbeddedObjects, $"Berkas memuat objek sisipan ({kind}). Hapus objek itu atau tempel sebagai gambar PNG, lalu unggah lagi.");
            }

            if (kind.Equals("hyperlink", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            string? name = Resolve(owner, target);
            if (name is not null && types.IsPrinterSettings(name) && !kind.Equals("printerSettings", StringComparison.Ordinal))
            {
                // Readers go by the relationship: a header of that content type would be drawn, and nobody looked into it.
                return new DocxProblem(LetterRefusalReason.BrokenPackage, $"Bagian {target} dinyatakan dengan jenis yang salah. Simpan ulang di pengolah kata, lalu unggah lagi.");
            }

            if (name is null || !parts.ContainsKey(name))
            {
                return new DocxProblem(LetterRefusalReason.BrokenPackage, $"Berkas .docx merujuk bagian {target} yang tidak ada. Simpan ulang di pengolah kata, lalu unggah lagi.");
            }
        }

        return null;
    }

    /// <summary>The part that the package says is the document.</summary>
    public static string? MainPart(XDocument packageRelationships) =>
        packageRelationships.Root!.Elements(Ns + "Relationship")
            .Where(relationship => ((string?)relationship.Attribute("Type") ?? "").EndsWith("/officeDocument", StringComparison.Ordinal))
            .Select(relationship => Resolve("", (string?)relationship.Attribute("Target") ?? ""))
            .FirstOrDefault();

    public static bool IsRelationships(XDocument document) => document.Root?.Name == Ns + "Relationships";

    private static string Owner(string relationshipsPart)
    {
        int marker = relationshipsPart.IndexOf("_rels/", StringComparison.OrdinalIgnoreCase);
        return marker < 0 ? "" : relationshipsPart[..marker];
    }

    private static string? Resolve(string folder, string target)
    {
        string path = target.StartsWith('/') ? target[1..] : folder + target;
        var segments = new List<string>();
        foreach (string segment in path.Split('/'))
        {
            switch (segment)
            {
                case "" or ".":
                    break;
                case "..":
                    if (segments.Count == 0)
                    {
                        return null;
                    }

                    segments.RemoveAt(segments.Count - 1);
                    break;
                default:
                    segments.Add(segment);
                    break;
            }
        }

        return segments.Count == 0 ? null : string.Join('/', segments);
    }

    private static bool IsPlainLink(string target) =>
        Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" or "mailto";

    private static string Words(string kind) => kind.ToLowerInvariant() switch
    {
        "image" => "gambar bertaut",
        "attachedtemplate" => "templat jarak jauh",
        "oleobject" or "package" => "objek OLE bertaut",
        "mailmergesource" or "mailmergeheadersource" => "sumber data mail merge",
        "hyperlink" => "tautan yang bukan http, https, atau mailto",
        "subdocument" => "subdokumen",
        _ => kind,
    };
}
