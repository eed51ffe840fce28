using System.Globalization;
using System.Text;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Pdf;

/// <summary>Bytes whose value is known only after the rest is written; where they come to lie is noted.</summary>
internal sealed class PdfHole(int length, byte fill) : PdfObject
{
    public int Length => length;

    public byte Fill => fill;

    /// <summary>Offset in what the writer wrote.</summary>
    public int WrittenAt { get; set; } = -1;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => length;
}

/// <summary>Writes values as ISO 32000-1 7.3 spells them.</summary>
internal sealed class PdfWriter
{
    private readonly MemoryStream _output = new();

    public int Length => (int)_output.Length;

    /// <summary>Enciphers the strings and the stream of the object that is written; null where nothing is to be enciphered.</summary>
    public ObjectCipher? Cipher { get; set; }

    public byte[] ToArray() => _output.ToArray();

    public void Text(string ascii) => _output.Write(Encoding.ASCII.GetBytes(ascii));

    public void Bytes(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    public void Value(PdfObject value)
    {
        switch (value)
        {
            case PdfNull:
                Text("null");
                break;
            case PdfBoolean boolean:
                Text(boolean.Value ? "true" : "false");
                break;
            case PdfInteger integer:
                Text(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PdfReal real:
                Text(Real(real.Value));
                break;
            case PdfName name:
                Name(name.Value);
                break;
            case PdfString text:
                String(text);
                break;
            case PdfReference reference:
                Text(reference.Id.ToString());
                break;
            case PdfArray array:
                Array(array);
                break;
            case PdfDictionary dictionary:
                Dictionary(dictionary);
                break;
            case PdfStream stream:
                Stream(stream);
                break;
            case PdfHole hole:
                hole.WrittenAt = Length;
                var filler = new byte[hole.Length];
                filler.AsSpan().Fill(hole.Fill);
                Bytes(filler);
                break;
        }
    }

    private void Stream(PdfStream stream)
    {
        var data = stream.ReadRaw(PdfLimits.Default);
        if (Cipher is not null)
            data = Cipher.EncipherStream(stream.Dictionary, data);
        Dictionary(stream.Dictionary["Length"] is PdfInteger { Value: var stated } && stated == data.Length ? stream.Dictionary : stream.Dictionary.With("Length", new PdfInteger(data.Length)));
        Text("\nstream\n");
        Bytes(data);
        Text("\nendstream");
    }

    // 7.3.3: no exponent. Five decimals are finer than any device.
    private static string Real(double value) =>
        double.IsFinite(value) ? value.ToString("0.#####", CultureInfo.InvariantCulture) : "0";

    private void Name(string name)
    {
        var text = new StringBuilder("/");
        foreach (var c in name)
        {
            if (ByteCursor.IsRegular(c) && c is > ' ' and <= '~' and not '#')
                text.Append(c);
            else
                text.Append(CultureInfo.InvariantCulture, $"#{(int)c:X2}");
        }
        Text(text.ToString());
    }

    private void String(PdfString value)
    {
        if (Cipher is not null)
        {
            Text("<" + Convert.ToHexString(Cipher.EncipherString(value.Bytes.Span)) + ">");
            return;
        }
        if (value.IsHex)
        {
            Text("<" + Convert.ToHexString(value.Bytes.Span) + ">");
            return;
        }
        _output.WriteByte((byte)'(');
        foreach (var b in value.Bytes.Span)
        {
            switch (b)
            {
                case (byte)'(' or (byte)')' or (byte)'\\':
                    _output.WriteByte((byte)'\\');
                    _output.WriteByte(b);
                    break;
                case (byte)'\r':
                    // A bare CR would be read back as LF (7.3.4.2).
                    Text("\\r");
                    break;
                case (byte)'\n':
                    Text("\\n");
                    break;
                default:
                    _output.WriteByte(b);
                    break;
            }
        }
        _output.WriteByte((byte)')');
    }

    private void Array(PdfArray array)
    {
        Text("[");
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0)
                Text(" ");
            Value(array[i]);
        }
        Text("]");
    }

    private void Dictionary(PdfDictionary dictionary)
    {
        Text("<<");
        foreach (var (key, value) in dictionary)
        {
            Name(key);
            Text(" ");
            // 7.6.2: /Contents of a signature dictionary is never enciphered.
            var cipher = Cipher;
            if (cipher is not null && key == "Contents" && dictionary["ByteRange"] is not null)
                Cipher = null;
            Value(value);
            Cipher = cipher;
        }
        Text(">>");
    }
}
