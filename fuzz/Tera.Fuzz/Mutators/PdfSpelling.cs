using System.Globalization;
using System.Text;
using Tera.Pades.Pdf;

namespace Tera.Fuzz.Mutators;

/// <summary>Writes values in one of the many ways ISO 32000 allows, so that the reader meets them all.</summary>
internal static class PdfSpelling
{
    public static byte[] Spell(PdfObject value, Random random, PdfLimits limits)
    {
        var output = new MemoryStream();
        Write(output, value, random, limits, depth: 0);
        return output.ToArray();
    }

    private static void Write(MemoryStream output, PdfObject value, Random random, PdfLimits limits, int depth)
    {
        if (depth > 400)
            return;
        switch (value)
        {
            case PdfBoolean boolean:
                Text(output, boolean.Value ? "true" : "false");
                break;
            case PdfInteger integer:
                Text(output, integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PdfReal real:
                Text(output, double.IsFinite(real.Value) ? real.Value.ToString("0.#####", CultureInfo.InvariantCulture) : "0");
                break;
            case PdfName name:
                Name(output, name.Value, random);
                break;
            case PdfString text:
                String(output, text, random);
                break;
            case PdfReference reference:
                Text(output, reference.ToString());
                break;
            case PdfArray array:
                Text(output, "[");
                foreach (var item in array)
                {
                    Space(output, random);
                    Write(output, item, random, limits, depth + 1);
                }
                Text(output, "]");
                break;
            case PdfDictionary dictionary:
                Dictionary(output, dictionary, random, limits, depth);
                break;
            case PdfStream stream:
                var data = stream.ReadRaw(limits);
                Dictionary(output, stream.Dictionary, random, limits, depth);
                Text(output, random.Next(2) == 0 ? "\nstream\n" : "\r\nstream\r\n");
                output.Write(data);
                Text(output, "\nendstream");
                break;
            default:
                Text(output, "null");
                break;
        }
    }

    private static void Dictionary(MemoryStream output, PdfDictionary dictionary, Random random, PdfLimits limits, int depth)
    {
        Text(output, "<<");
        foreach (var (key, value) in dictionary)
        {
            Name(output, key, random);
            Space(output, random);
            Write(output, value, random, limits, depth + 1);
        }
        Text(output, ">>");
    }

    private static void Name(MemoryStream output, string name, Random random)
    {
        Text(output, "/");
        foreach (var c in name)
        {
            var plain = c is > ' ' and <= '~' and not ('#' or '(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%');
            if (plain && random.Next(50) != 0)
                output.WriteByte((byte)c);
            else
                Text(output, "#" + ((int)c & 0xFF).ToString("x2", CultureInfo.InvariantCulture));
        }
    }

    private static void String(MemoryStream output, PdfString text, Random random)
    {
        if (random.Next(10) == 0 ? !text.IsHex : text.IsHex)
        {
            Text(output, "<" + Convert.ToHexString(text.Bytes.Span) + ">");
            return;
        }
        Text(output, "(");
        foreach (var b in text.Bytes.Span)
        {
            if (b is (byte)'(' or (byte)')' or (byte)'\\' or (byte)'\r' || random.Next(60) == 0)
                Text(output, "\\" + Convert.ToString(b, 8).PadLeft(3, '0'));
            else
                output.WriteByte(b);
        }
        Text(output, ")");
    }

    private static void Space(MemoryStream output, Random random) => Text(output, random.Next(30) switch
    {
        0 => "\r\n",
        1 => "%x\n",
        2 => "\t",
        3 => "\0",
        _ => " ",
    });

    private static void Text(MemoryStream output, string text) => output.Write(Encoding.Latin1.GetBytes(text));
}
