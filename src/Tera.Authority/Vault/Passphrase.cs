using System.Security.Cryptography;
using System.Text;

namespace Tera.Authority.Vault;

/// <summary>
/// What the owner typed: UTF-8 after NFKC (NIST SP 800-63B 5.1.1.2), so that a full-width or decomposed letter of one
/// keyboard equals that of another. Lives in one pinned buffer, cleared when disposed; it is never a string.
/// </summary>
internal sealed class Passphrase : IDisposable
{
    /// <summary>Above this no honest passphrase lies; it bounds the work before anything is checked.</summary>
    public const int MaximumBytes = 4096;

    private readonly byte[] buffer;
    private readonly int length;

    private Passphrase(byte[] buffer, int length)
    {
        this.buffer = buffer;
        this.length = length;
    }

    public ReadOnlySpan<byte> Utf8 => buffer.AsSpan(0, length);

    /// <summary>Null when the bytes are no text in UTF-8, empty or too long.</summary>
    public static Passphrase? TryCreate(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8.Length > MaximumBytes)
        {
            return null;
        }

        // NFKC can lengthen: the longest expansion of one code unit is 18.
        var typed = GC.AllocateUninitializedArray<char>(utf8.Length, pinned: true);
        var normalized = GC.AllocateUninitializedArray<char>(checked(utf8.Length * 18), pinned: true);
        try
        {
            if (!Encoding.UTF8.TryGetChars(utf8, typed, out var typedLength)
                || typed.AsSpan(0, typedLength).Contains('\uFFFD')
                || !typed.AsSpan(0, typedLength).TryNormalize(normalized, out var normalizedLength, NormalizationForm.FormKC))
            {
                return null;
            }

            var text = normalized.AsSpan(0, normalizedLength);
            var bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
            return new Passphrase(bytes, Encoding.UTF8.GetBytes(text, bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(typed.AsSpan()));
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(normalized.AsSpan()));
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(buffer);
}
