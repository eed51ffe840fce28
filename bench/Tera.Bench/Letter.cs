using System.Globalization;
using System.Text;

namespace Tera.Bench;

/// <summary>Made-up letters of any size: a few pages of text operators, fonts, and pictures of noise that fill the size up.</summary>
internal static class Letter
{
    private const int Pages = 2;

    /// <summary>Pictures are this long, as a scan's are, so that a large file has many objects.</summary>
    private const int Picture = 500_000;

    public static byte[] Make(int size)
    {
        var output = new MemoryStream(size + 4096);
        Write(output, size);
        return output.ToArray();
    }

    public static void Write(Stream output, long size)
    {
        var noise = new Random(20_261_122);
        var offsets = new List<long>();
        var pictures = (int)Math.Max(1, (size - 6000) / Picture);
        long at = 0;
        void Text(string text)
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            output.Write(bytes);
            at += bytes.Length;
        }
        void Object(string body, byte[]? data = null)
        {
            offsets.Add(at);
            Text(string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}"));
            if (data is not null)
            {
                Text("\nstream\n");
                output.Write(data);
                at += data.Length;
                Text("\nendstream");
            }
            Text("\nendobj\n");
        }

        Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        Object("<</Type/Catalog/Pages 2 0 R/Lang(id-ID)/MarkInfo<</Marked true>>>>");
        Object($"<</Type/Pages/Count {Pages}/Kids[3 0 R 5 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F1 7 0 R/F2 8 0 R>>/XObject<</I 10 0 R>>>>>>");
        for (var page = 0; page < Pages; page++)
        {
            Object(string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent 2 0 R/Contents {4 + (2 * page)} 0 R/StructParents {page}>>"));
            var lines = string.Concat(Enumerable.Range(0, 30).Select(l => $"1 0 0 1 72 {770 - (20 * l)} Tm (Dengan hormat bersama ini kami sampaikan) Tj\n"));
            var content = Encoding.ASCII.GetBytes($"BT /F1 11 Tf\n{lines}ET q 100 0 0 100 72 72 cm /I Do Q");
            Object($"<</Length {content.Length}>>", content);
        }
        Object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        Object("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>");
        Object("<</Title(Undangan rapat)/Producer(Tera.Bench)/CreationDate(D:20261122101500+07'00')>>");
        for (var i = 0; i < pictures; i++)
        {
            var data = new byte[(int)Math.Min(Picture, Math.Max(16, size - at - 600 - (20L * pictures)))];
            noise.NextBytes(data);
            Object($"<</Type/XObject/Subtype/Image/Width 400/Height 400/BitsPerComponent 8/ColorSpace/DeviceGray/Length {data.Length}>>", data);
        }
        var xref = at;
        Text(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets)
            Text(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R/Info 9 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]>>\nstartxref\n{xref}\n%%EOF\n"));
    }
}
