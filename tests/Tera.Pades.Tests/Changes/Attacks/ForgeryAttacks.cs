using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// The signature itself is bent: universal signature forgery (USF) and signature wrapping (SWA; both Mladenov, Mainka and others,
/// CCS 2019), and the readings of /Contents on which verifiers disagree.
/// </summary>
internal static partial class ForgeryAttacks
{
    public static IEnumerable<Attack> All =>
    [
        // Universal forgery: an entry that a verifier needs is missing or makes no sense. The bytes stay where they are.
        Written("no byte range", ByteRangeKey(), "/ByteRamge ["),
        Written("no contents", ContentsKey(), "/Contemts <"),
        Written("no subfilter", SubFilterKey(), "/SubFilten"),
        Written("another subfilter", EtsiSubFilter(), "/adbe.pkcs7.sha1     "),
        Written("an unknown subfilter", EtsiSubFilter(), "/adbe.pkcs7.lengkap  "),
        Written("an older subfilter", EtsiSubFilter(), "/adbe.x509.rsa_sha1  "),
        Range("byte range null", _ => "null"),
        Range("byte range empty", _ => "[]"),
        Range("byte range of zeros", _ => "[0 0 0 0]"),
        Range("byte range of one range", r => $"[0 {r[1]}]"),
        Range("byte range of three", r => $"[0 {r[1]} {r[2]}]"),
        Range("byte range of six", r => $"[0 {r[1]} {r[2]} {r[3]} 0 0]"),
        Range("byte range negative", r => $"[0 -{r[1]} {r[2]} {r[3]}]"),
        Range("byte range with a negative second range", r => $"[0 {r[1]} -1 {r[3]}]"),
        Range("byte range that begins later", r => $"[1 {r[1] - 1} {r[2]} {r[3]}]"),
        Range("byte range that ends later", r => $"[0 {r[1]} {r[2]} {r[3] + 99999}]"),
        Range("byte range that ends earlier", r => $"[0 {r[1]} {r[2]} {r[3] - 7}]"),
        Range("byte range that overlaps itself", r => $"[0 {r[2] + 5} {r[2]} {r[3]}]"),
        Range("byte range with a larger hole", r => $"[0 {r[1] - 20} {r[2]} {r[3]}]"),
        Range("byte range with a smaller hole", r => $"[0 {r[1]} {r[2] - 2} {r[3]}]"),
        Range("byte range of strings", r => $"[(0) ({r[1]}) ({r[2]}) ({r[3]})]"),
        Range("byte range of fractions", r => $"[0 {r[1]}.0 {r[2]} {r[3]}]"),
        Range("byte range of a huge number", r => $"[0 {r[1]} 9223372036854775807 {r[3]}]"),
        Range("byte range that refers to itself", r => "99 0 R"),
        Filled("contents of zeros", c => new string('0', c.Length)),
        Filled("contents cut short", c => c[..40] + new string('0', c.Length - 40)),
        Filled("contents with bytes behind the structure", c => c.TrimEnd('0') + "00" + "DEADBEEF" + c[(c.TrimEnd('0').Length + 10)..]),
        Filled("contents with a second structure behind", c => c.TrimEnd('0').Length is var n && c.Length - n > n ? c[..(n + (n % 2))] + c[..(c.Length - n - (n % 2))] : c[..^8] + "DEADBEEF"),
        Filled("contents that are no digits in between", c => c[..^6] + "(/Z)!x"),
        Filled("contents that end and begin again", c => c[..^16] + ">/Contents <0000"[..16]),
        new("contents emptied, the rest moved", signed => Replace(signed, HoleOf(), _ => "<>")),

        // Wrapping: the second range is moved away, and something else is where it was.
        new("second range moved to the end", signed => Wrap(signed, "")),
        new("second range moved, malicious section in between", signed => Wrap(signed, "9999 0 obj\n<</Ada(benda)>>\nendobj\n")),
        new("second range moved, padded", signed => Wrap(signed, new string(' ', 500))),
        new("second range moved, another section and page", signed => Wrap(signed, "4 0 obj\n<</Length 60>>\nstream\nBT /F1 12 Tf 72 700 Td (Bupati membayar kepada Budi) Tj ET \nendstream\nendobj\n")),
        new("two ranges of one size, a comment within", signed => Range("", r => $"[0 %{r[1]}\n{r[1] - 1} {r[2]} {r[3]}]").Make(signed)),
    ];

    [GeneratedRegex(@"/ByteRange \[")]
    private static partial Regex ByteRangeKey();

    [GeneratedRegex(@"/ByteRange \[[^\]]*\] *")]
    private static partial Regex WholeByteRange();

    [GeneratedRegex("/Contents <(?=[0-9a-fA-F]{100})")]
    private static partial Regex ContentsKey();

    [GeneratedRegex("<[0-9a-fA-F]{100,}>")]
    private static partial Regex HoleOf();

    [GeneratedRegex("/SubFilter")]
    private static partial Regex SubFilterKey();

    [GeneratedRegex("/ETSI.CAdES.detached ?")]
    private static partial Regex EtsiSubFilter();

    private static Attack Written(string name, Regex what, string by) => new(name, signed => Replace(signed, what, _ => by));

    private static byte[] Replace(byte[] file, Regex what, Func<string, string> by)
    {
        var text = Encoding.Latin1.GetString(file);
        var match = what.Matches(text)[^1];
        Assert.True(match.Success, what.ToString());
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, match.Index), by(match.Value), text.AsSpan(match.Index + match.Length)));
    }

    private static long[] RangeOf(byte[] file)
    {
        var match = WholeByteRange().Matches(Encoding.Latin1.GetString(file))[^1].Value;
        return [.. match[(match.IndexOf('[', StringComparison.Ordinal) + 1)..match.IndexOf(']', StringComparison.Ordinal)]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
    }

    // What fits is padded to the old width, so that nothing moves; what does not moves the rest, which is an attack all the same.
    private static Attack Range(string name, Func<long[], string> by) =>
        new(name, signed => Replace(signed, WholeByteRange(), old => ("/ByteRange " + by(RangeOf(signed))).PadRight(old.Length)));

    private static Attack Filled(string name, Func<string, string> by) => new(name, signed => Replace(signed, HoleOf(), old => "<" + by(old[1..^1]) + ">"));

    // The old second range goes to the end of the file and /ByteRange names it there; what follows the hole now is the attacker's.
    private static byte[] Wrap(byte[] signed, string between)
    {
        var range = RangeOf(signed);
        var second = signed.AsSpan((int)range[2]).ToArray();
        var evil = Encoding.Latin1.GetString(second) + between;
        var moved = signed[..(int)range[2]].Concat(Encoding.Latin1.GetBytes(evil)).ToArray();
        var start = moved.Length;
        byte[] whole = [.. moved, .. second];
        return Range("", r => $"[0 {r[1]} {start} {r[3]}]").Make(whole);
    }
}
