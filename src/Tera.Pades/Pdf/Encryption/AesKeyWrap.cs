using System.Security.Cryptography;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>AES Key Wrap (RFC 3394), which the platform has only in its padded form (RFC 5649).</summary>
internal static class AesKeyWrap
{
    private const int Half = 8;

    private const byte InitialValue = 0xA6;

    public static byte[] Wrap(byte[] wrappingKey, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Key = wrappingKey;
        var count = key.Length / Half;
        var result = new byte[key.Length + Half];
        result.AsSpan(0, Half).Fill(InitialValue);
        key.CopyTo(result.AsSpan(Half));
        for (var step = 1; step <= 6 * count; step++)
        {
            var place = result.AsSpan(Half * (((step - 1) % count) + 1), Half);
            var block = aes.EncryptEcb([.. result.AsSpan(0, Half), .. place], PaddingMode.None);
            Count(block, step);
            block.AsSpan(0, Half).CopyTo(result);
            block.AsSpan(Half).CopyTo(place);
        }
        return result;
    }

    /// <summary>The key; null where it was not wrapped with this one.</summary>
    public static byte[]? Unwrap(byte[] wrappingKey, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < 3 * Half || wrapped.Length % Half != 0 || wrapped.Length > 1024)
            return null;
        using var aes = Aes.Create();
        aes.Key = wrappingKey;
        var count = (wrapped.Length / Half) - 1;
        var state = wrapped.ToArray();
        for (var step = 6 * count; step >= 1; step--)
        {
            var place = state.AsSpan(Half * (((step - 1) % count) + 1), Half);
            Count(state, step);
            var block = aes.DecryptEcb([.. state.AsSpan(0, Half), .. place], PaddingMode.None);
            block.AsSpan(0, Half).CopyTo(state);
            block.AsSpan(Half).CopyTo(place);
        }
        return state.AsSpan(0, Half).IndexOfAnyExcept(InitialValue) < 0 ? state[Half..] : null;
    }

    // The step's number goes into the first half, high byte first; it stays under 65536.
    private static void Count(byte[] block, int step)
    {
        block[6] ^= (byte)((step >> 8) & 255);
        block[7] ^= (byte)(step & 255);
    }
}
