using System.Globalization;
using System.Text.RegularExpressions;
using Tera.Office.Shell;

namespace Tera.Office.Tests.Shell;

/// <summary>The colours of the design, light and dark, against WCAG 2.2 (1.4.3: 4.5:1 for text, 1.4.11: 3:1 for controls).</summary>
public sealed partial class ContrastTests
{
    private static readonly string Css = Read("tokens.css");

    public static TheoryData<string, string, double> Pairs => new()
    {
        { "ink", "paper", 4.5 }, { "ink", "surface", 4.5 }, { "ink", "sunken", 4.5 }, { "ink", "brand-tint", 4.5 },
        { "ink-soft", "paper", 4.5 }, { "ink-soft", "surface", 4.5 }, { "ink-soft", "sunken", 4.5 }, { "ink-soft", "brand-tint", 4.5 }, { "ink-soft", "ok-tint", 4.5 },
        { "brand", "paper", 4.5 }, { "brand", "surface", 4.5 }, { "on-brand", "brand", 4.5 }, { "brand-strong", "brand-tint", 4.5 },
        { "on-deep", "deep", 4.5 }, { "on-deep-soft", "deep", 4.5 }, { "on-deep", "deep-raised", 4.5 },
        { "ok", "ok-tint", 4.5 }, { "warn", "warn-tint", 4.5 }, { "bad", "bad-tint", 4.5 }, { "info", "info-tint", 4.5 }, { "bad", "surface", 4.5 },
        { "line-strong", "surface", 3 }, { "focus", "paper", 3 }, { "focus", "surface", 3 },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_and_controls_stand_out_in_both_looks(string front, string ground, double least)
    {
        Dictionary<string, string> light = Tokens(Css.IndexOf(":root {", StringComparison.Ordinal));
        Dictionary<string, string> dark = new(light, StringComparer.Ordinal);
        foreach ((string name, string colour) in Tokens(Css.IndexOf(":root[data-look=\"gelap\"]", StringComparison.Ordinal)))
        {
            dark[name] = colour;
        }

        Assert.InRange(Contrast(light[front], light[ground]), least, 21);
        Assert.InRange(Contrast(dark[front], dark[ground]), least, 21);
    }

    [Fact]
    public void Dark_by_choice_and_dark_by_device_are_the_same() =>
        Assert.Equal(
            Tokens(Css.IndexOf(":root[data-look=\"gelap\"]", StringComparison.Ordinal)),
            Tokens(Css.IndexOf(":root[data-look=\"sistem\"]", StringComparison.Ordinal)));

    private static Dictionary<string, string> Tokens(int from) =>
        Token().Matches(Css[from..Css.IndexOf('}', from)]).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["colour"].Value, StringComparer.Ordinal);

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Relative luminance of WCAG 2.2.</summary>
    private static double Luminance(string colour)
    {
        string hex = colour.Length == 3 ? string.Concat(colour.Select(digit => new string(digit, 2))) : colour;
        double[] parts = [.. Enumerable.Range(0, 3)
            .Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(Visit).Assembly.GetManifestResourceStream("Tera.Office.Shell.Assets." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("--(?<name>[a-z-]+): #(?<colour>[0-9a-f]{6}|[0-9a-f]{3});")]
    private static partial Regex Token();
}
