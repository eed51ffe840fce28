using System.Text;
using System.Xml.Linq;
using Tera.Office.Letters.Docx;

namespace Tera.Office.Letters.Rendering;

/// <summary>
/// Proves that two renderings of a letter differ in number and date alone, in the merged docx and in the PDF that came out of it:
/// only then do approvals of the one count for the other. The answer is a text for the case's record, or what else differs.
/// </summary>
internal static class Equivalence
{
    // Private use characters: no letter has them.
    private const string NumberToken = "\uE000";
    private const string DateToken = "\uE001";

    public sealed record Answer(bool Same, string Text);

    public static Answer Prove(RenderedLetter before, LetterValues old, RenderedLetter after, LetterValues fresh)
    {
        if (CompareParts(before.Docx, old, after.Docx, fresh) is { } part)
        {
            return new Answer(false, $"Bagian {part} berbeda selain pada nomor dan tanggal.");
        }

        if (!before.Pages.SequenceEqual(after.Pages))
        {
            return new Answer(false, $"Jumlah atau ukuran halaman berubah ({before.Pages.Count} menjadi {after.Pages.Count}).");
        }

        for (int page = 0; page < before.Text.Count; page++)
        {
            if (Neutral(before.Text[page], old) != Neutral(after.Text[page], fresh))
            {
                return new Answer(false, $"Teks halaman {page + 1} berbeda selain pada nomor dan tanggal.");
            }
        }

        return new Answer(true,
            $"Hanya nomor dan tanggal yang berbeda: nomor “{old.Number}” menjadi “{fresh.Number}”, tanggal “{old.Date}” menjadi “{fresh.Date}”. "
            + $"Diperiksa: semua bagian docx (SHA-256 {Hash(before.Docx)} dan {Hash(after.Docx)}), teks {after.Pages.Count} halaman, jumlah dan ukuran halaman "
            + $"(PDF SHA-256 {Hash(before.Pdf)} dan {Hash(after.Pdf)}).");
    }

    private static string? CompareParts(byte[] before, LetterValues old, byte[] after, LetterValues fresh)
    {
        IReadOnlyDictionary<string, byte[]> left = Parts(before), right = Parts(after);
        if (!left.Keys.SequenceEqual(right.Keys, StringComparer.Ordinal))
        {
            return left.Keys.Except(right.Keys, StringComparer.Ordinal).Concat(right.Keys.Except(left.Keys, StringComparer.Ordinal)).First();
        }

        foreach ((string name, byte[] content) in left)
        {
            if (content.AsSpan().SequenceEqual(right[name]))
            {
                continue;
            }

            bool same = BoundedXml.Load(name, content, DocxLimits.Default, out XDocument one) is null
                && BoundedXml.Load(name, right[name], DocxLimits.Default, out XDocument two) is null
                && XNode.DeepEquals(Neutral(one, old), Neutral(two, fresh));
            if (!same)
            {
                return name;
            }
        }

        return null;
    }

    private static IReadOnlyDictionary<string, byte[]> Parts(byte[] docx) => DocxDoor.Read("naskah.docx", docx) is DocxReading.Accepted(var package)
        ? package.Parts
        : throw new InvalidDataException("A merged letter does not pass its own door.");

    private static XDocument Neutral(XDocument document, LetterValues values)
    {
        foreach (XElement text in document.Descendants(WordNames.W + "t"))
        {
            text.Value = Tokens(text.Value, values);
        }

        return document;
    }

    // White space of a layout moves when a date gets longer; a line may break in the middle of one.
    private static string Neutral(string page, LetterValues values)
    {
        var text = new StringBuilder(page.Length);
        foreach (string word in page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(word).Append(' ');
        }

        return Tokens(text.ToString(), values);
    }

    private static string Tokens(string text, LetterValues values) =>
        text.Replace(values.Number, NumberToken, StringComparison.Ordinal).Replace(values.Date, DateToken, StringComparison.Ordinal);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
