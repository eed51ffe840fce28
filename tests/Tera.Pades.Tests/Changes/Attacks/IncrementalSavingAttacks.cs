using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// Content put behind the signed revision (Mladenov, Mainka and others, "1 Trillion Dollar Refund", CCS 2019: incremental saving
/// attack, ISA), with every part of an update that a lenient reader does not need left out in turn.
/// </summary>
internal static class IncrementalSavingAttacks
{
    public const string Forged = "BT /F1 12 Tf 72 700 Td (Bupati membayar kepada Budi) Tj ET";

    public static IEnumerable<Attack> All =>
    [
        Attack.By("other content", u => u.Set(Content1, Attacker.Stream(Forged))),
        Attack.By("other content of the second page", u => u.Set(Content2, Attacker.Stream(Forged))),
        Attack.By("the page names another content", u => u.With(Page1, "Contents", u.New(Attacker.Stream(Forged)) + " 0 R")),
        Attack.By("the page's content becomes a list", u => u.With(Page1, "Contents", $"[4 0 R {u.New(Attacker.Stream(Forged))} 0 R]")),
        Attack.By("another page tree", u => u.With(Catalog, "Pages", u.New($"<</Type/Pages/Count 2/Kids[{u.New(PageOf(u))} 0 R 5 0 R]/MediaBox[0 0 595 842]/Resources 6 0 R>>") + " 0 R")),
        Attack.By("another first page", u => u.With(Pages, "Kids", $"[{u.New(PageOf(u))} 0 R 5 0 R]")),
        Attack.By("the content taken away", u => u.Free(Content1)),
        new("another catalog", signed =>
        {
            var update = new Update(signed);
            var page = update.New(PageOf(update));
            var pages = update.New($"<</Type/Pages/Count 1/Kids[{page} 0 R]/MediaBox[0 0 595 842]/Resources 6 0 R>>");
            return update.Write(root: update.New($"<</Type/Catalog/Pages {pages} 0 R>>") + " 0 R");
        }),
        new("another catalog that keeps the form", signed =>
        {
            var update = new Update(signed);
            update.With(Catalog, "Pages", update.New($"<</Type/Pages/Count 1/Kids[{update.New(PageOf(update))} 0 R]/MediaBox[0 0 595 842]/Resources 6 0 R>>") + " 0 R");
            var catalog = update.New(update[Catalog]);
            return update.Set(Catalog, Spelling.Of(update.View.Catalog!)).Write(root: catalog + " 0 R");
        }),
        new("body only", signed => Tail(signed, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\n")),
        new("body and trailer, no section", signed => Tail(signed, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\ntrailer\n<</Root 1 0 R/Size 99>>\n%%EOF\n")),
        new("body and startxref to the old section", signed => Tail(signed, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\nstartxref\n{PdfFile.Open(signed).Revisions[^1].XrefOffset}\n%%EOF\n")),
        new("body and startxref into nothing", signed => Tail(signed, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\nstartxref\n0\n%%EOF\n")),
        new("no end-of-file marker", signed => Without(Changed(signed), "%%EOF\n")),
        new("no startxref", signed => Without(Changed(signed), "startxref\n")),
        new("no trailer keyword", signed => Without(Changed(signed), "trailer\n")),
        new("no previous section", signed => new Update(signed).Set(Content1, Attacker.Stream(Forged)).Write(keepsPrevious: false)),
        new("previous section beyond the file", signed => new Update(signed).Set(Content1, Attacker.Stream(Forged)).Write(previous: 99_999_999)),
        new("previous section is itself", signed => new Update(signed).Set(Content1, Attacker.Stream(Forged)).Write(previous: Behind(signed, Content1))),
        new("a change hidden before an honest update", signed => new Update(Changed(signed)).Set(Unused, "<</Ada(lain)>>").Write()),
        new("a signature copied behind the change", CopySignature),
        new("an unlisted object before an honest update", signed => new Update(Tail(signed, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\n")).With(TextField, "V", "(Sari)").Write()),
        new("an unlisted object within an honest update", signed => Insert(new Update(signed).Set(Unused, "<</Ada(lain)>>").Write(), signed.Length, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\n")),
        new("junk between startxref and the end-of-file marker", signed => Insert(new Update(signed).Set(Unused, "<</Ada(lain)>>").Write(), null, $"4 0 obj\n{Attacker.Stream(Forged)}\nendobj\n")),
    ];

    private static string PageOf(Update update) => $"<</Type/Page/Parent 2 0 R/Contents {update.New(Attacker.Stream(Forged))} 0 R/Resources 6 0 R/Annots 9 0 R>>";

    private static byte[] Changed(byte[] signed) => new Update(signed).Set(Content1, Attacker.Stream(Forged)).Write();

    private static byte[] Tail(byte[] signed, string text) => [.. signed, .. Encoding.Latin1.GetBytes(text)];

    private static long Behind(byte[] signed, int number)
    {
        var text = Encoding.Latin1.GetString(new Update(signed).Set(number, Attacker.Stream(Forged)).Write());
        return text.LastIndexOf("xref\n0 1", StringComparison.Ordinal);
    }

    // Puts text where the update begins, or before its %%EOF, and moves the offsets behind it.
    private static byte[] Insert(byte[] file, int? at, string text)
    {
        var whole = Encoding.Latin1.GetString(file);
        if (at is null)
            return Encoding.Latin1.GetBytes(whole.Insert(whole.LastIndexOf("%%EOF", StringComparison.Ordinal), text));
        whole = whole.Insert(at.Value, text);
        var start = whole.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        var offset = int.Parse(whole[start..whole.IndexOf('\n', start)], CultureInfo.InvariantCulture);
        whole = whole[..start] + (offset + text.Length).ToString(CultureInfo.InvariantCulture) + whole[whole.IndexOf('\n', start)..];
        return Encoding.Latin1.GetBytes(whole.Replace($"{at:D10} 00000 n", $"{at + text.Length:D10} 00000 n", StringComparison.Ordinal));
    }

    private static byte[] Without(byte[] file, string what)
    {
        var text = Encoding.Latin1.GetString(file);
        return Encoding.Latin1.GetBytes(text.Remove(text.LastIndexOf(what, StringComparison.Ordinal), what.Length));
    }

    private static byte[] CopySignature(byte[] signed)
    {
        var update = new Update(signed).Set(Content1, Attacker.Stream(Forged));
        var field = update.View.Resolve(update.View.GetArray(update.View.GetDictionary(update.View.Catalog, "AcroForm"), "Fields")![^1]);
        var number = ((PdfReference)((PdfDictionary)field)["V"]!).Id.Number;
        return update.Set(number, update[number]).Write();
    }
}
