using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace Tera.Pki.Asn1;

/// <summary>Small readings and writings that the base class library's reader and writer leave to us.</summary>
internal static class Der
{
    internal static Asn1Tag Context(int number, bool constructed = false) => new(TagClass.ContextSpecific, number, constructed);

    /// <summary>Runs a parser and turns its exception into a text that says what and where, so that hostile bytes never throw at a caller.</summary>
    internal static bool TryRead<T>(string what, Func<T> read, [NotNullWhen(true)] out T? result, [NotNullWhen(false)] out string? error)
        where T : class
    {
        try
        {
            result = read();
            error = null;
            return true;
        }
        catch (AsnContentException e)
        {
            result = null;
            error = $"{what}: {e.Message}";
            return false;
        }
    }

    /// <summary>Time of RFC 5280 4.1.2.5: UTCTime or GeneralizedTime, in whole seconds.</summary>
    internal static DateTimeOffset ReadTime(AsnReader reader) => reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
        ? reader.ReadUtcTime(twoDigitYearMax: 2049)
        : reader.ReadGeneralizedTime() is var time && time.Ticks % TimeSpan.TicksPerSecond == 0 ? time : throw new AsnContentException("a time has fractional seconds");

    /// <summary>RFC 5280 4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050; whole seconds.</summary>
    internal static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        if (utc.Year is >= 1950 and < 2050)
        {
            writer.WriteUtcTime(utc);
        }
        else
        {
            writer.WriteGeneralizedTime(utc, omitFractionalSeconds: true);
        }
    }

    internal static bool IsContext(this AsnReader reader, int number) =>
        reader.HasData && reader.PeekTag() is { TagClass: TagClass.ContextSpecific } tag && tag.TagValue == number;

    internal static bool IsUniversal(this AsnReader reader, UniversalTagNumber number) =>
        reader.HasData && reader.PeekTag() is { TagClass: TagClass.Universal } tag && tag.TagValue == (int)number;

    /// <summary>An AlgorithmIdentifier whose outer shape is right; its bytes stay as they came.</summary>
    internal static ReadOnlyMemory<byte> ReadAlgorithmIdentifier(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        reader.ReadSequence().ReadObjectIdentifier();
        return encoded;
    }

    internal static byte[] ReadBitString(AsnReader reader)
    {
        var bits = reader.ReadBitString(out var unused);
        return unused == 0 ? bits : throw new AsnContentException("a bit string that holds bytes has unused bits");
    }

    internal static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
