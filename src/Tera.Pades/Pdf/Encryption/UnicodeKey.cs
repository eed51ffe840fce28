using System.Security.Cryptography;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>
/// From a password to the file's key in revision 5 (Adobe's extension level 3), 6 (ISO 32000-2 7.6.4.3.3, algorithms 2.A and 2.B)
/// and 7 (ISO/TS 32003, which keeps the algorithms of 6).
/// </summary>
internal sealed class UnicodeKey(EncryptionDictionary dictionary)
{
    private const int HashLength = 32;

    private const int SaltLength = 8;

    /// <summary>The key for a user or owner password; null where it is neither.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> password) =>
        TryOpen(password, dictionary.Owner, dictionary.OwnerKey, dictionary.User.AsSpan(0, 48)) ??
        TryOpen(password, dictionary.User, dictionary.UserKey, []);

    private byte[]? TryOpen(ReadOnlySpan<byte> password, byte[] verifier, byte[] wrapped, ReadOnlySpan<byte> user)
    {
        var validation = verifier.AsSpan(HashLength, SaltLength);
        if (!CryptographicOperations.FixedTimeEquals(Hash(password, validation, user), verifier.AsSpan(0, HashLength)))
            return null;
        var unwrapping = Hash(password, verifier.AsSpan(HashLength + SaltLength, SaltLength), user);
        using var aes = Aes.Create();
        aes.Key = unwrapping;
        CryptographicOperations.ZeroMemory(unwrapping);
        return aes.DecryptCbc(wrapped, new byte[16], PaddingMode.None);
    }

    private byte[] Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> user)
    {
        var hash = SHA256.HashData([.. password, .. salt, .. user]);
        return dictionary.Revision == 5 ? hash : Harden(hash, password, user);
    }

    // Algorithm 2.B: at least 64 rounds, then until the last byte is low enough; it always is by round 287.
    private static byte[] Harden(byte[] hash, ReadOnlySpan<byte> password, ReadOnlySpan<byte> user)
    {
        using var aes = Aes.Create();
        for (var round = 1; ; round++)
        {
            byte[] once = [.. password, .. hash, .. user];
            var repeated = new byte[once.Length * 64];
            for (var i = 0; i < 64; i++)
                once.CopyTo(repeated, i * once.Length);
            aes.Key = hash[..16];
            var enciphered = aes.EncryptCbc(repeated, hash.AsSpan(16, 16), PaddingMode.None);
            CryptographicOperations.ZeroMemory(repeated);
            CryptographicOperations.ZeroMemory(once);
            // The first 16 bytes as a number modulo 3: 256 is 1 modulo 3, so the sum of the bytes has the same remainder.
            var sum = 0;
            foreach (var b in enciphered.AsSpan(0, 16))
                sum += b;
            hash = (sum % 3) switch { 0 => SHA256.HashData(enciphered), 1 => SHA384.HashData(enciphered), _ => SHA512.HashData(enciphered) };
            if (round >= 64 && enciphered[^1] <= round - 32)
                return hash[..HashLength];
        }
    }
}
