using System.Globalization;
using System.Text;
using Tera.Pades.Tests.Pdf;

namespace Tera.Pades.Tests.Baseline;

/// <summary>A signed file of one revision, written byte by byte, with a fault on request.</summary>
internal sealed record ForgedSignature
{
    private const int Hole = 8000;
    private const string Numbers = "0000000000 0000000000 0000000000";

    public ForgedCms Cms { get; init; } = new();

    public string Filter { get; init; } = "/Filter/Adobe.PPKLite";

    public string SubFilter { get; init; } = "ETSI.CAdES.detached";

    public string Time { get; init; } = "/M(D:20261122101500+08'00')";

    public string More { get; init; } = "";

    public string Extensions { get; init; } = "/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>";

    /// <summary>What follows the structure in /Contents, in hexadecimal.</summary>
    public string Behind { get; init; } = "";

    /// <summary>Bytes that the second range falls short of the file's end.</summary>
    public int Short { get; init; }

    /// <summary>A second field with the same dictionary.</summary>
    public bool IsShared { get; init; }

    /// <summary>Bytes changed after signing.</summary>
    public bool IsChanged { get; init; }

    public byte[] Build()
    {
        var second = IsShared ? "102 0 R" : "";
        var pdf = SmallPdf.Make(
            catalogExtra: $"/AcroForm<</Fields[100 0 R {second}]/SigFlags 3>>{Extensions}",
            more:
            [
                "<</Type/Annot/Subtype/Widget/FT/Sig/T(Bupati)/F 132/Rect[0 0 0 0]/V 101 0 R>>",
                $"<</Type/Sig{Filter}/SubFilter/{SubFilter}{Time}{More}/ByteRange[0 {Numbers}]/Contents<{new string('0', Hole)}>>>",
                .. IsShared ? new[] { "<</Type/Annot/Subtype/Widget/FT/Sig/T(Lain)/F 132/Rect[0 0 0 0]/V 101 0 R>>" } : [],
            ]);
        var at = pdf.AsSpan().IndexOf("/Contents<0"u8) + "/Contents".Length;
        var end = at + Hole + 2;
        var range = string.Create(CultureInfo.InvariantCulture, $"{at:D10} {end:D10} {pdf.Length - end - Short:D10}");
        Encoding.ASCII.GetBytes(range).CopyTo(pdf.AsSpan(pdf.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Numbers))));
        var cms = Cms.Build([.. pdf.AsSpan(0, at), .. pdf.AsSpan(end, pdf.Length - end - Short)]);
        Encoding.ASCII.GetBytes(Convert.ToHexString(cms) + Behind).CopyTo(pdf.AsSpan(at + 1));
        if (IsChanged)
            pdf[pdf.AsSpan().IndexOf("72 700"u8)] = (byte)'8';
        return pdf;
    }
}
