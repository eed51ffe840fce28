using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.TimeStamping;

/// <summary>TimeStampResp of RFC 3161 2.4.2.</summary>
public sealed class TimeStampResponse
{
    private TimeStampResponse(ReadOnlyMemory<byte> encoded)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.BER);
        var response = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var status = response.ReadSequence();
        IsGranted = status.TryReadInt32(out var number) && number is 0 or 1;
        if (status.IsUniversal(UniversalTagNumber.Sequence))
        {
            var texts = status.ReadSequence();
            StatusText = texts.HasData ? texts.ReadCharacterString(UniversalTagNumber.UTF8String) : null;
        }
        if (status.IsUniversal(UniversalTagNumber.BitString))
        {
            Failure = ReadFailure(status.ReadBitString(out _));
        }
        Token = response.HasData ? response.ReadEncodedValue() : (ReadOnlyMemory<byte>?)null;
        response.ThrowIfNotEmpty();
    }

    /// <summary>True for granted (0) and grantedWithMods (1).</summary>
    public bool IsGranted { get; }

    /// <summary>The first text of statusString, or null.</summary>
    public string? StatusText { get; }

    /// <summary>The reason of a rejection, or null.</summary>
    public TimeStampFailure? Failure { get; }

    /// <summary>The encoded token, or null.</summary>
    public ReadOnlyMemory<byte>? Token { get; }

    /// <summary>Reads a response.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="response">The response; its token is not read yet.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no response.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out TimeStampResponse? response, [NotNullWhen(false)] out string? error) =>
        Der.TryRead("time-stamp response", () => new TimeStampResponse(encoded), out response, out error);

    internal static byte[] Granted(ReadOnlyMemory<byte> token) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }
            writer.WriteEncodedValue(token.Span);
        }
    });

    internal static byte[] Rejected(TimeStampFailure failure, string text) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(2);
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
            }
            // A named bit list: bit 0 is the top bit of the first octet, trailing zero bits are cut (X.690 11.2.2).
            var bit = (int)failure;
            var bits = new byte[(bit / 8) + 1];
            bits[^1] = (byte)(0x80 >> (bit % 8));
            writer.WriteBitString(bits, 7 - (bit % 8));
        }
    });

    private static TimeStampFailure? ReadFailure(byte[] bits)
    {
        foreach (var failure in Enum.GetValues<TimeStampFailure>())
        {
            var bit = (int)failure;
            if (bit / 8 < bits.Length && (bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return failure;
            }
        }
        return null;
    }
}
