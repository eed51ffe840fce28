using System.Globalization;
using QRCoder;
using QRCoder.Exceptions;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;

namespace Tera.Door.Sign;

/// <summary>The mark that a call asks for, and where; read once, placed in every file anew.</summary>
internal sealed class VisibleMark
{
    private static readonly string[] Contents = ["--image", "--text", "--qr"];

    private readonly MarkPlacement? _placement;

    private VisibleMark(MarkPlacement? placement, SignatureAppearance? appearance) => (_placement, Appearance) = (placement, appearance);

    public static string[] Options { get; } =
    [
        "--page", "--pages", "--rect", "--origin", "--tag", "--tag-size", "--tag-at", "--tag-anchor", "--tag-offset",
        .. Contents, "--font", "--layout", "--align", "--background", "--border",
    ];

    /// <summary>What is drawn; null leaves the field as it is.</summary>
    public SignatureAppearance? Appearance { get; }

    /// <exception cref="UsageException">The options do not go together, or a file cannot be used.</exception>
    public static VisibleMark Read(Arguments words)
    {
        if (words.Find("--rect") is not null && words.Find("--tag") is not null)
            throw new UsageException("--rect and --tag: one place at a time");
        if (words.Find("--page") is not null && words.Find("--pages") is not null)
            throw new UsageException("--page and --pages: one of them");
        if (words.Find("--rect") is null && words.Find("--tag") is null && words.Find("--page") is not null)
            throw new UsageException("--page needs --rect: a field without a place is invisible");
        Needs(words, "--rect", ["--origin"]);
        Needs(words, "--tag", ["--tag-size", "--tag-at", "--tag-anchor", "--tag-offset"]);
        var placement = words.Find("--rect") is { } rectangle
            ? new MarkAtRectangle(PagesOf(words, PageSelection.First), RectangleOf(rectangle), OriginOf(words.Find("--origin")))
            : words.Find("--tag") is { } tag ? TagOf(words, tag) : (MarkPlacement?)null;
        if (placement is null && words.Find("--pages") is not null)
            throw new UsageException("--pages needs --rect or --tag");
        var appearance = AppearanceOf(words, coversTag: placement is MarkAtText);
        if (appearance is not null && placement is null && words.Find("--field") is null)
            throw new UsageException("a mark needs its place: --rect, --tag, or --field with a visible field of the file");
        return new VisibleMark(placement, appearance);
    }

    /// <summary>The places in a file; none for an invisible field, or one that the file has.</summary>
    /// <exception cref="MarkException">A page or tag is not there, or the mark would lie outside the page.</exception>
    public IReadOnlyList<MarkPlace> PlacesIn(PdfFile file) => _placement?.Resolve(file.Latest) ?? [];

    private static MarkAtText TagOf(Arguments words, string tag) => new(string.IsNullOrWhiteSpace(tag) ? throw new UsageException("--tag: a text that stands on the page") : tag)
    {
        Pages = PagesOf(words, PageSelection.All),
        Size = words.Find("--tag-size") is { } size ? PairOf("--tag-size", size, "width,height in points, above 0", least: double.Epsilon) : null,
        Offset = words.Find("--tag-offset") is { } offset ? PairOf("--tag-offset", offset, "x,y in points, to the right and upwards", least: double.MinValue) : default,
        Occurrence = words.Find("--tag-at") switch
        {
            null => 1,
            "all" => null,
            "last" => -1,
            var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new UsageException($"--tag-at {text}: 1 for the first occurrence and so on, last, or all"),
        },
        Anchor = words.Find("--tag-anchor") switch
        {
            null or "top-left" => MarkAnchor.TopLeft,
            "bottom-left" => MarkAnchor.BottomLeft,
            "center" => MarkAnchor.Center,
            var text => throw new UsageException($"--tag-anchor {text}: top-left, bottom-left or center"),
        },
    };

    private static SignatureAppearance? AppearanceOf(Arguments words, bool coversTag)
    {
        if (words.Find("--image") is not null && words.Find("--qr") is not null)
            throw new UsageException("--image and --qr: one picture in a mark");
        if (!Array.Exists(Contents, c => words.Find(c) is not null))
        {
            // A tag that nothing covers stays to be read.
            if (words.Find("--tag") is not null)
                throw new UsageException("--tag needs something to show there: --image, --text or --qr");
            Needs(words, "--image, --text or --qr", ["--font", "--layout", "--align", "--background", "--border"]);
            return null;
        }
        Needs(words, "--text", ["--font", "--layout", "--align"]);
        return new SignatureAppearance(words.Find("--text") is { } text ? text.Replace("\\n", "\n", StringComparison.Ordinal).Split('\n') : [])
        {
            Picture = words.Find("--image") is { } image ? Load("--image", image, MarkImage.MaxBytes, bytes => (MarkPicture)MarkImage.Read(bytes))
                : words.Find("--qr") is { } code ? CodeOf(code) : null,
            Font = words.Find("--font") is { } font ? Load("--font", font, MarkFont.MaxBytes, bytes => MarkFont.Read(bytes)) : null,
            Layout = words.Find("--layout") switch
            {
                null => words.Find("--qr") is null ? MarkLayout.PictureLeft : MarkLayout.PictureAbove,
                "left" => MarkLayout.PictureLeft,
                "above" => MarkLayout.PictureAbove,
                "behind" => MarkLayout.PictureBehind,
                var layout => throw new UsageException($"--layout {layout}: left, above or behind"),
            },
            Alignment = words.Find("--align") switch
            {
                null => words.Find("--qr") is null ? TextAlignment.Left : TextAlignment.Center,
                "left" => TextAlignment.Left,
                "center" => TextAlignment.Center,
                "right" => TextAlignment.Right,
                var align => throw new UsageException($"--align {align}: left, center or right"),
            },
            Background = ColorOf("--background", words.Find("--background"), coversTag ? MarkColor.White : null),
            Border = ColorOf("--border", words.Find("--border"), null),
        };
    }

    private static MarkCode CodeOf(string text)
    {
        try
        {
            // M withstands the dirt of paper; more would make finer modules.
            using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
            return MarkCode.Of(code.ModuleMatrix.ConvertAll(row => (IReadOnlyList<bool>)row.Cast<bool>().ToList()));
        }
        catch (DataTooLongException)
        {
            throw new UsageException($"--qr: {text.Length.ToString(CultureInfo.InvariantCulture)} letters do not fit into a QR code");
        }
    }

    private static T Load<T>(string option, string file, long most, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            if (new FileInfo(file).Length > most)
                throw new UsageException($"{option} {file}: larger than {most.ToString(CultureInfo.InvariantCulture)} bytes");
            return read(File.ReadAllBytes(file));
        }
        catch (Exception unusable) when (unusable is MarkException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {file}: {unusable.Message}");
        }
    }

    private static void Needs(Arguments words, string what, string[] options)
    {
        if (words.Find(what) is null && Array.Find(options, o => words.Find(o) is not null) is { } lonely)
            throw new UsageException($"{lonely} goes with {what}");
    }

    private static PageSelection PagesOf(Arguments words, PageSelection otherwise)
    {
        if (words.Find("--page") is { } page)
        {
            return int.TryParse(page, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is not (0 or int.MinValue)
                ? PageSelection.Single(number)
                : throw new UsageException($"--page {page}: pages count from 1, or from the end: -1");
        }
        if (words.Find("--pages") is not { } pages)
            return otherwise;
        return PageSelection.TryParse(pages, out var selection) ? selection : throw new UsageException($"--pages {pages}: such as 1, -1, 2-5, 1,3 or all");
    }

    private static PageOrigin OriginOf(string? text) => text switch
    {
        null or "bottom-left" => PageOrigin.BottomLeft,
        "top-left" => PageOrigin.TopLeft,
        "user-space" => PageOrigin.UserSpace,
        _ => throw new UsageException($"--origin {text}: bottom-left, top-left or user-space"),
    };

    private static PdfRectangle RectangleOf(string text) =>
        NumbersOf(text) is [var x, var y, > 0 and var width, > 0 and var height]
            ? new PdfRectangle(x, y, width, height)
            : throw new UsageException($"--rect {text}: x,y,width,height in points, width and height above 0");

    private static (double, double) PairOf(string option, string text, string form, double least) =>
        NumbersOf(text) is [var first, var second] && first >= least && second >= least ? (first, second) : throw new UsageException($"{option} {text}: {form}");

    private static double[] NumbersOf(string text) =>
        [.. text.Split(',').Select(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : double.NaN)];

    private static MarkColor? ColorOf(string option, string? text, MarkColor? otherwise) =>
        text is null ? otherwise
        : text == "none" ? null
        : MarkColor.TryParse(text, out var color) ? color
        : throw new UsageException($"{option} {text}: #RRGGBB or none");
}
