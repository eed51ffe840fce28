using System.Security.Cryptography;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>
/// The standard security handler of an encrypted file, opened with a password (ISO 32000-2 7.6.4): what deciphers the file's strings
/// and streams and enciphers new ones. A file that is not encrypted has none.
/// </summary>
internal sealed class SecurityHandler
{
    private readonly EncryptionDictionary _dictionary;
    private readonly int _dictionaryNumber;

    private SecurityHandler(EncryptionDictionary dictionary, byte[] fileKey, int dictionaryNumber)
    {
        _dictionary = dictionary;
        _dictionaryNumber = dictionaryNumber;
        FileKey = fileKey;
        Strings = dictionary.Strings!.Value;
        if (dictionary.Version >= 5 && dictionary.MacSalt is { Length: > 0 } salt)
            IntegrityCode = new IntegrityCode(fileKey, salt);
    }

    /// <summary>The file encryption key.</summary>
    public byte[] FileKey { get; }

    public CryptMethod Strings { get; }

    /// <summary>Makes and checks integrity codes; null where the file has no salt for it.</summary>
    public IntegrityCode? IntegrityCode { get; }

    /// <summary>ISO/TS 32004: bit 13 of the permissions is clear in a file that must have an integrity code.</summary>
    public bool WantsIntegrityCode => _dictionary.Version >= 5 && (_dictionary.Permissions & 0x1000) == 0;

    /// <summary>Opens the handler; the empty user password is tried when none is given or the given one fails.</summary>
    /// <param name="encrypt">The trailer's /Encrypt.</param>
    /// <param name="fileId">The first string of the trailer's /ID; empty where there is none.</param>
    /// <param name="resolve">Follows references; nothing is deciphered yet.</param>
    /// <param name="password">The password; empty for none.</param>
    /// <param name="handler">The handler; null where the answer is a reason.</param>
    /// <returns>The reason why not, or <see cref="PdfRefusal.None"/>.</returns>
    public static PdfRefusal TryOpen(PdfObject encrypt, ReadOnlySpan<byte> fileId, Func<PdfObject?, PdfObject> resolve, ReadOnlyMemory<char> password, out SecurityHandler? handler)
    {
        handler = null;
        var refusal = EncryptionDictionary.TryRead(resolve(encrypt), resolve, out var dictionary);
        if (refusal != PdfRefusal.None)
            return refusal;
        if ((password.IsEmpty ? null : KeyFor(dictionary, fileId, password)) is not { } key && (key = KeyFor(dictionary, fileId, default)) is null)
            return PdfRefusal.WrongPassword;
        handler = new SecurityHandler(dictionary, key, (encrypt as PdfReference)?.Id.Number ?? 0);
        return PdfRefusal.None;
    }

    /// <summary>What deciphers and enciphers the strings and the stream of one object; null for one that is never enciphered.</summary>
    public ObjectCipher? For(ObjectId id) => id.Number == _dictionaryNumber ? null : new ObjectCipher(this, id);

    /// <summary>How a stream is enciphered, by its dictionary (7.6.2, 7.6.6).</summary>
    public CryptMethod MethodOf(PdfDictionary stream)
    {
        if (stream.Is("Type", "XRef"))
            return CryptMethod.Identity;
        if (NamedFilter(stream) is { } named)
            return _dictionary.FilterNamed(named) ?? CryptMethod.Identity;
        if (stream.Is("Type", "Metadata") && !_dictionary.EncryptsMetadata)
            return CryptMethod.Identity;
        return (stream.Is("Type", "EmbeddedFile") ? _dictionary.EmbeddedFiles : _dictionary.Streams)!.Value;
    }

    // 7.4.10: the filter /Crypt comes first, its parameters name a crypt filter, Identity where they do not.
    private static string? NamedFilter(PdfDictionary stream)
    {
        if ((stream["Filter"] is PdfArray { Count: > 0 } filters ? filters[0] : stream["Filter"]) is not PdfName { Value: "Crypt" })
            return null;
        var parameters = stream["DecodeParms"] is PdfArray { Count: > 0 } several ? several[0] : stream["DecodeParms"];
        return ((parameters as PdfDictionary)?["Name"] as PdfName)?.Value ?? "Identity";
    }

    private static byte[]? KeyFor(EncryptionDictionary dictionary, ReadOnlySpan<byte> fileId, ReadOnlyMemory<char> password)
    {
        var isLegacy = dictionary.Revision < 5;
        var legacy = isLegacy ? new LegacyKey(dictionary, fileId) : null;
        var unicode = isLegacy ? null : new UnicodeKey(dictionary);
        foreach (var form in isLegacy ? PasswordForms.Legacy(password) : PasswordForms.Unicode(password))
        {
            var key = legacy?.TryOpen(form) ?? unicode?.TryOpen(form);
            CryptographicOperations.ZeroMemory(form);
            if (key is not null)
                return key;
        }
        return null;
    }
}
