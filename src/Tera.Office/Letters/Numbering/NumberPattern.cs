using System.Globalization;
using System.Text.RegularExpressions;

namespace Tera.Office.Letters.Numbering;

/// <summary>
/// How a number is written: words in braces are replaced, everything else stands as it is. <c>{urut:4}</c> pads with zeros to four digits.
/// Known: klasifikasi, urut, unit, tahun, bulan (two digits), bulan_romawi.
/// </summary>
public readonly partial record struct NumberPattern
{
    private readonly string? _text;

    private NumberPattern(string text) => _text = text;

    public static NumberPattern DefaultOf(string kind) => kind switch
    {
        // Permendagri 1/2023, annex: a decision is numbered with its year alone.
        "sk" => new NumberPattern("NOMOR {urut} TAHUN {tahun}"),

        // Permendagri 83/2022 art. 3: the classification is the base of the number.
        _ => new NumberPattern("{klasifikasi}/{urut:3}/{unit}/{tahun}"),
    };

    public static bool TryParse(string? text, out NumberPattern pattern)
    {
        bool valid = text is { Length: > 0 and <= 120 }
            && Word().Replace(text, "") is { } rest && !rest.Contains('{') && !rest.Contains('}') && !rest.Contains('$')
            && text.Contains("{urut", StringComparison.Ordinal) && text.Contains("{tahun}", StringComparison.Ordinal);
        pattern = valid ? new NumberPattern(text!) : default;
        return valid;
    }

    public string Write(int seq, DateOnly on, string classification, string unit) => Word().Replace(_text ?? "{urut}", match => match.Groups["word"].Value switch
    {
        "klasifikasi" => classification,
        "unit" => unit,
        "tahun" => on.Year.ToString("0000", CultureInfo.InvariantCulture),
        "bulan" => on.Month.ToString("00", CultureInfo.InvariantCulture),
        "bulan_romawi" => Roman[on.Month - 1],
        _ => seq.ToString(CultureInfo.InvariantCulture).PadLeft(match.Groups["width"].Success ? int.Parse(match.Groups["width"].ValueSpan, CultureInfo.InvariantCulture) : 1, '0'),
    });

    public override string ToString() => _text ?? "";

    private static readonly string[] Roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

    [GeneratedRegex(@"\{(?<word>klasifikasi|unit|tahun|bulan_romawi|bulan|urut(:(?<width>[1-9]))?)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Word();
}
