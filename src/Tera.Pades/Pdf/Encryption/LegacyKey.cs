using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>
/// From a password to the file's key in revisions 2 to 4 of the standard security handler (ISO 32000-1 7.6.3.3 and 7.6.3.4). MD5 and
/// RC4 are what the files are made with; nothing new is protected by them that was not so before.
/// </summary>
internal sealed class LegacyKey
{
    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    private readonly EncryptionDictionary _dictionary;
    private readonly byte[] _fileId;

    public LegacyKey(EncryptionDictionary dictionary, ReadOnlySpan<byte> fileId)
    {
        _dictionary = dictionary;
        _fileId = fileId.ToArray();
    }

    /// <summary>The key for a user or owner password; null where it is neither.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> password)
    {
        foreach (var length in KeyLengths())
        {
            if (TryUser(Padded(password), length) is { } key || (key = TryUser(UserPasswordOf(password, length), length)) is not null)
                return key;
        }
        return null;
    }

    // A wrong /Length is met; the check of the password tells.
    private IEnumerable<int> KeyLengths()
    {
        if (_dictionary.Revision == 2)
            return [5];
        var stated = _dictionary.KeyBits is >= 40 and <= 128 && _dictionary.KeyBits % 8 == 0 ? _dictionary.KeyBits / 8 : 16;
        return ((int[])[stated, 16, 5]).Distinct();
    }

    // Algorithm 2.
    private byte[]? TryUser(ReadOnlySpan<byte> padded, int length)
    {
        Span<byte> permissions = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, _dictionary.Permissions);
        ReadOnlySpan<byte> plainMetadata = _dictionary.Revision >= 4 && !_dictionary.EncryptsMetadata ? [255, 255, 255, 255] : [];
        var key = MD5.HashData([.. padded, .. _dictionary.Owner, .. permissions, .. _fileId, .. plainMetadata]);
        for (var i = 0; i < 50 && _dictionary.Revision >= 3; i++)
            key = MD5.HashData(key.AsSpan(0, length));
        key = key[..length];
        return IsUserKey(key) ? key : null;
    }

    // Algorithms 4, 5 and 6.
    private bool IsUserKey(byte[] key)
    {
        if (_dictionary.Revision == 2)
            return Rc4.Apply(key, Padding).AsSpan().SequenceEqual(_dictionary.User);
        var check = MD5.HashData([.. Padding, .. _fileId]);
        for (var i = 0; i < 20; i++)
            check = Rc4.Apply(Xored(key, i), check);
        return check.AsSpan().SequenceEqual(_dictionary.User.AsSpan(0, 16));
    }

    // Algorithm 7: what /O holds is the user's password under the owner's.
    private byte[] UserPasswordOf(ReadOnlySpan<byte> owner, int length)
    {
        var key = MD5.HashData(Padded(owner));
        for (var i = 0; i < 50 && _dictionary.Revision >= 3; i++)
            key = MD5.HashData(key);
        key = key[..length];
        var user = _dictionary.Owner;
        for (var i = _dictionary.Revision == 2 ? 0 : 19; i >= 0; i--)
            user = Rc4.Apply(Xored(key, i), user);
        return user;
    }

    private static byte[] Padded(ReadOnlySpan<byte> password)
    {
        var count = Math.Min(password.Length, 32);
        return [.. password[..count], .. Padding.AsSpan(0, 32 - count)];
    }

    private static byte[] Xored(byte[] key, int value) => Array.ConvertAll(key, b => (byte)(b ^ value));
}
