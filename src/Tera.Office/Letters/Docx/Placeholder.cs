using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tera.Office.Letters.Docx;

/// <summary>One <c>${name}</c> as it stands in the letter.</summary>
internal sealed record Placeholder(string Name, XElement Paragraph, int Start, int Length);

/// <summary>Finds SRIKANDI's placeholders in the parts that are printed, and says which ones a draft must and may have.</summary>
internal static partial class Placeholders
{
    public const string Number = "nomor_naskah";
    public const string Date = "tanggal_naskah";
    public const string Mark = "ttd_pengirim";

    /// <summary>Without these three a letter cannot be numbered, dated or signed (SRIKANDI's template rules).</summary>
    public static IReadOnlyList<string> Required { get; } = [Number, Date, Mark];

    /// <summary>All names that get a value; SRIKANDI's first, then ours.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        Number, Date, Mark, "nama_pengirim", "jabatan_pengirim", "pangkat_pengirim", "nip_pengirim",
        "hal", "sifat", "lampiran", "tujuan", "tembusan", "klasifikasi", "alamat_periksa",
    ];

    /// <summary>Names in the letter's own order. Text boxes stand twice in a file (picture and its older form); the older form is left out.</summary>
    public static IReadOnlyList<Placeholder> Find(XDocument document, bool withFallback)
    {
        var found = new List<Placeholder>();
        foreach (XElement paragraph in document.Descendants(WordNames.W + "p"))
        {
            if (!withFallback && paragraph.Ancestors(WordNames.Mc + "Fallback").Any())
            {
                continue;
            }

            string text = new ParagraphText(paragraph).Text;
            found.AddRange(Pattern().Matches(text).Select(match => new Placeholder(Plain(match.Groups["name"].Value), paragraph, match.Index, match.Length)));
        }

        return found;
    }

    public static bool IsPrinted(XDocument document) =>
        document.Root is { } root && root.Name.Namespace == WordNames.W && root.Name.LocalName is "document" or "hdr" or "ftr" or "footnotes" or "endnotes";

    // SRIKANDI numbers the signers of a letter with several; the first is the one we know.
    private static string Plain(string name) => name is "ttd_pengirim1" or "nama_pengirim1" or "jabatan_pengirim1" or "pangkat_pengirim1" or "nip_pengirim1" ? name[..^1] : name;

    // An opening without its closing brace is reported with what follows it.
    [GeneratedRegex(@"\$\{(?<name>[^}]{0,60})(\}|$)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Pattern();
}
