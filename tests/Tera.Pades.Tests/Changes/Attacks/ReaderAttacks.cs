using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Validation;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// Files that different reader programs take apart differently: two answers to where an object lies (ISO 32000-2 7.5.4, 7.5.8.4),
/// sections out of order, objects within the signed bytes that become others (parser differentials; Rohlmann, Mladenov and others,
/// "Processing Dangerous Paths", NDSS 2021).
/// </summary>
internal static class ReaderAttacks
{
    public static IEnumerable<Attack> All =>
    [
        new("table and stream beside it disagree", signed =>
        {
            var forged = Attacker.Stream(IncrementalSavingAttacks.Forged);
            var text = $"4 0 obj\n{forged}\nendobj\n";
            return Append(signed, text, p => (string.Create(CultureInfo.InvariantCulture, $"xref\n0 1\n0000000000 65535 f \n91 1\n{Unused91(signed):D10} 00000 n \n"), [(Unused, 1, p)]));
        }),
        new("table names an object twice", signed => Append(signed, "91 0 obj\n<</Ada(lain)>>\nendobj\n",
            p => (string.Create(CultureInfo.InvariantCulture, $"xref\n91 1\n{Unused91(signed):D10} 00000 n \n91 1\n{p:D10} 00000 n \n"), []))),
        new("content in another generation", signed => Append(signed, $"4 1 obj\n{Attacker.Stream(IncrementalSavingAttacks.Forged)}\nendobj\n",
            p => (string.Create(CultureInfo.InvariantCulture, $"xref\n4 1\n{p:D10} 00001 n \n"), []))),
        new("an entry that points at another object", signed => Append(signed, "", _ => (string.Create(CultureInfo.InvariantCulture, $"xref\n4 1\n{OffsetOf(signed, Content2):D10} 00000 n \n"), []))),
        new("an entry that points into a stream", signed => Append(signed, "", _ => (string.Create(CultureInfo.InvariantCulture, $"xref\n4 1\n{OffsetOf(signed, Content2) + 9:D10} 00000 n \n"), []))),
        new("an older section behind a newer one", signed =>
        {
            var last = PdfFile.Open(signed).Revisions[^1];
            var first = signed.Length;
            var newer = $"xref\n91 1\n{Unused91(signed):D10} 00000 n \ntrailer\n<</Size 2000/Root 1 0 R/Prev 7777777777>>\nstartxref\n{first}\n%%EOF\n";
            var older = $"4 0 obj\n{Attacker.Stream(IncrementalSavingAttacks.Forged)}\nendobj\n";
            var section = first + newer.Length + older.Length;
            var table = $"xref\n4 1\n{first + newer.Length:D10} 00000 n \ntrailer\n<</Size 2000/Root 1 0 R/Prev {last.XrefOffset}>>\nstartxref\n{first}\n%%EOF\n";
            return [.. signed, .. Encoding.Latin1.GetBytes(newer.Replace("7777777777", section.ToString("D10", CultureInfo.InvariantCulture), StringComparison.Ordinal) + older + table)];
        }),
        new("a second file behind the first", signed => [.. signed, .. Unsigned()]),
        new("the signed file behind another", signed => [.. Unsigned(), .. signed]),
        new("a trailer with two catalogs", signed => new Update(signed).Set(Unused, "<</Ada(lain)>>").Write(trailer: "/Root 90 0 R")),
        new("a startxref that leads to the old section", signed =>
        {
            var changed = Encoding.Latin1.GetString(new Update(signed).Set(Content1, Attacker.Stream(IncrementalSavingAttacks.Forged)).Write());
            var at = changed.LastIndexOf("startxref\n", StringComparison.Ordinal);
            return Encoding.Latin1.GetBytes($"{changed[..at]}startxref\n{PdfFile.Open(signed).Revisions[^1].XrefOffset}\n%%EOF\n");
        }),
        new("an object stream written again", signed => new Update(signed).Set(Undefined, Attacker.Stream("4 0 <</Length 0>>", "/Type/ObjStm/N 1/First 4")).Write(XrefStyle.Stream)),
        new("an object stream that holds a number twice", signed => Attacker.Replace(new Update(signed).Set(Unused, "<</Ada(lain)>>").Set(TextField, "<</Type/Annot>>").Write(XrefStyle.ObjectStream), "/N 2", "/N 2")),
    ];

    private static long OffsetOf(byte[] file, int number) => PdfFile.Open(file).Locate(number)!.Value.Offset;

    // The unused object, or for a file that keeps it in a stream, whatever lies at an offset.
    private static long Unused91(byte[] file) => Math.Max(OffsetOf(file, Unused), 15);

    private static byte[] Append(byte[] signed, string objects, Func<long, (string Table, (int Number, int Type, long Field)[] Beside)> section)
    {
        var pdf = PdfFile.Open(signed);
        var (table, beside) = section(signed.Length);
        var text = new StringBuilder(objects);
        var companion = "";
        if (beside.Length > 0)
        {
            companion = string.Create(CultureInfo.InvariantCulture, $"/XRefStm {signed.Length + text.Length}");
            var data = string.Concat(beside.Select(b => new string([(char)b.Type, (char)(b.Field >> 16 & 255), (char)(b.Field >> 8 & 255), (char)(b.Field & 255), '\0'])));
            text.Append("1990 0 obj\n").Append(Attacker.Stream(data, $"/Type/XRef/Size 2000/W[1 3 1]/Index[{string.Join(' ', beside.Select(b => $"{b.Number} 1"))}]/Root 1 0 R")).Append("\nendobj\n");
        }
        var start = signed.Length + text.Length;
        text.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 2000/Root 1 0 R/Prev {pdf.Revisions[^1].XrefOffset}{companion}>>\nstartxref\n{start}\n%%EOF\n");
        return [.. signed, .. Encoding.Latin1.GetBytes(text.ToString())];
    }
}
