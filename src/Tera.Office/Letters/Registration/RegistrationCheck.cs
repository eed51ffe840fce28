using System.Net.Mail;
using System.Text;
using Tera.Office.Archive;
using Tera.Office.Letters.Templates;

namespace Tera.Office.Letters.Registration;

/// <summary>The registration form at the door: everything that can be said without the database.</summary>
internal static class RegistrationCheck
{
    public static readonly string[] Sifat = ["Biasa", "Terbatas", "Rahasia", "Sangat Rahasia"];
    public static readonly string[] Urgensi = ["Biasa", "Segera", "Amat Segera"];

    public static LetterAnswer.Refused? Check(LetterRegistration form)
    {
        if (!LetterTemplates.IsKind(form.Kind))
        {
            return Invalid("kind", "Pilih jenis naskah: surat, undangan, nota_dinas, atau sk.");
        }

        if (!Sifat.Contains(form.Sifat, StringComparer.Ordinal))
        {
            return Invalid("sifat", $"Pilih sifat: {string.Join(", ", Sifat)}.");
        }

        if (!Urgensi.Contains(form.Urgensi, StringComparer.Ordinal))
        {
            return Invalid("urgensi", $"Pilih urgensi: {string.Join(", ", Urgensi)}.");
        }

        if (form.Mark is not ("qr" or "none"))
        {
            return Invalid("mark", "Pilih tampilan tanda tangan: qr atau none.");
        }

        if (ClassificationTable.Find(form.Classification) is null)
        {
            return new LetterAnswer.Refused(LetterRefusalReason.UnknownClassification, $"Kode klasifikasi {Short(form.Classification)} tidak ada dalam Permendagri 83/2022.", "classification");
        }

        return CheckText("hal", form.Hal, 300, required: true)
            ?? CheckText("ringkas", form.Ringkas, 2_000, required: false)
            ?? CheckText("lampiran", form.Lampiran, 100, required: false)
            ?? CheckLists(form);
    }

    private static LetterAnswer.Refused? CheckLists(LetterRegistration form)
    {
        if (form.Destinations.Count is 0 or > 200)
        {
            return Invalid("destinations", "Isi tujuan surat, paling banyak 200.");
        }

        if (form.Tembusan.Count > 50 || form.Verifiers.Count > 10 || form.Verifiers.Distinct().Count() != form.Verifiers.Count)
        {
            return Invalid(form.Tembusan.Count > 50 ? "tembusan" : "verifiers", "Daftar terlalu panjang atau memuat nama yang sama dua kali.");
        }

        foreach (LetterDestination destination in form.Destinations)
        {
            if (CheckText("destinations", destination.Name, 200, required: true) is { } problem)
            {
                return problem;
            }

            bool valid = destination.Kind switch
            {
                "internal" or "group" => Guid.TryParse(destination.Target, out _),
                "external" => IsMailAddress(destination.Target),
                _ => false,
            };
            if (!valid)
            {
                return Invalid("destinations", $"Tujuan “{Short(destination.Name)}” tidak sah: pilih pejabat atau grup dari daftar, atau tulis alamat surel yang benar.");
            }
        }

        return form.Tembusan.Select(line => CheckText("tembusan", line, 200, required: true)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>One plain address: no display name, no list, nothing that could start another header.</summary>
    internal static bool IsMailAddress(string text) =>
        text.Length <= 254 && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
        && MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text && address.Host.Contains('.');

    // What is printed may hold no control character (XML has no place for it), no half surrogate and nothing that looks like a placeholder.
    private static LetterAnswer.Refused? CheckText(string field, string? text, int max, bool required)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return required ? Invalid(field, $"Isian {field} belum diisi.") : null;
        }

        if (text.Length > max)
        {
            return Invalid(field, $"Isian {field} paling panjang {max} karakter.");
        }

        bool printable = text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && (!Rune.IsControl(rune) || rune.Value == '\n'));
        return printable && !text.Contains("${", StringComparison.Ordinal)
            ? null
            : Invalid(field, $"Isian {field} memuat karakter yang tidak dapat dicetak atau tanda variabel.");
    }

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static LetterAnswer.Refused Invalid(string field, string message) => new(LetterRefusalReason.InvalidField, message, field);
}
