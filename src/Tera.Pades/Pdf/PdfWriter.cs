using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
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

/// <summary>Writes values as ISO 32000-1 7.3 spells them, into a borrowed buffer: dispose it.</summary>
internal sealed class PdfWriter : IDisposable
{
    private readonly List<PdfHole> _holes = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _length;

    public int Length => _length;

    /// <summary>Enciphers the strings and the stream of the object that is written; null where nothing is to be enciphered.</summary>
    public ObjectCipher? Cipher { get; set; }

    public byte[] ToArray()
    {
        var copy = GC.AllocateUninitializedArray<byte>(_length);
        _bytes.AsSpan(0, _length).CopyTo(copy);
        return copy;
    }

    /// <summary>A digest of what was written; of a hole counts that it is there.</summary>
    public byte[] Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var at = 0;
        foreach (var hole in _holes)
        {
            hash.AppendData(_bytes.AsSpan(at..(hole.WrittenAt + 1)));
            at = hole.WrittenAt + hole.Length;
        }
        hash.AppendData(_bytes.AsSpan(at.._length));
        return hash.GetHashAndReset();
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    public void Text(ReadOnlySpan<char> ascii) => Encoding.ASCII.GetBytes(ascii, Extend(ascii.Length));

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Extend(bytes.Length));

    /// <summary>A decimal number, with zeros before it up to a number of digits.</summary>
    public void Number(long value, int digits = 1)
    {
        Span<byte> text = stackalloc byte[24];
        value.TryFormat(text, out var written, digits == 1 ? default : $"D{digits}", CultureInfo.InvariantCulture);
        Bytes(text[..written]);
    }

    public void Value(PdfObject value)
    {
        switch (value)
        {
            case PdfNull:
                Bytes("null"u8);
                break;
            case PdfBoolean boolean:
                Bytes(boolean.Value ? "true"u8 : "false"u8);
                break;
            case PdfInteger integer:
                Number(integer.Value);
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
                Number(reference.Id.Number);
                Byte((byte)' ');
                Number(reference.Id.Generation);
                Bytes(" R"u8);
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
                Extend(hole.Length).Fill(hole.Fill);
                _holes.Add(hole);
                break;
        }
    }

    private void Byte(byte value) => Extend(1)[0] = value;

    private Span<byte> Extend(int more)
    {
        var needed = _length + more;
        if (needed > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, (int)Math.Min(2L * _bytes.Length, System.Array.MaxLength)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        var place = _bytes.AsSpan(_length, more);
        _length = needed;
        return place;
    }

    private void Stream(PdfStream stream)
    {
        var data = stream.ReadRaw(PdfLimits.Default);
        if (Cipher is not null)
            data = Cipher.EncipherStream(stream.Dictionary, data);
        Dictionary(stream.Dictionary["Length"] is PdfInteger { Value: var stated } && stated == data.Length ? stream.Dictionary : stream.Dictionary.With("Length", new PdfInteger(data.Length)));
        Bytes("\nstream\n"u8);
        Bytes(data);
        Bytes("\nendstream"u8);
    }

    // 7.3.3: no exponent. Five decimals are finer than any device.
    private static string Real(double value) =>
        double.IsFinite(value) ? value.ToString("0.#####", CultureInfo.InvariantCulture) : "0";

    private void Name(string name)
    {
        Byte((byte)'/');
        foreach (var c in name)
        {
            if (ByteCursor.IsRegular(c) && c is > ' ' and <= '~' and not '#')
                Byte((byte)c);
            else
                Text(string.Create(CultureInfo.InvariantCulture, $"#{(int)c:X2}"));
        }
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
        Byte((byte)'(');
        foreach (var b in value.Bytes.Span)
        {
            switch (b)
            {
                case (byte)'(' or (byte)')' or (byte)'\\':
                    Byte((byte)'\\');
                    Byte(b);
                    break;
                case (byte)'\r':
                    // A bare CR would be read back as LF (7.3.4.2).
                    Bytes("\\r"u8);
                    break;
                case (byte)'\n':
                    Bytes("\\n"u8);
                    break;
                default:
                    Byte(b);
                    break;
            }
        }
        Byte((byte)')');
    }

    private void Array(PdfArray array)
    {
        Bytes("["u8);
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0)
                Bytes(" "u8);
            Value(array[i]);
        }
        Bytes("]"u8);
    }

    private void Dictionary(PdfDictionary dictionary)
    {
        Bytes("<<"u8);
        foreach (var (key, value) in dictionary)
        {
            Name(key);
            Bytes(" "u8);
            // 7.6.2: /Contents of a signature dictionary is never enciphered.
            var cipher = Cipher;
            if (cipher is not null && key == "Contents" && dictionary["ByteRange"] is not null)
                Cipher = null;
            Value(value);
            Cipher = cipher;
        }
        Bytes(">>"u8);
    }
}
