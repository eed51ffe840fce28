namespace Tera.Pades.Pdf.Encryption;

/// <summary>The encryption dictionary of the standard security handler, checked (ISO 32000-2 tables 20, 21 and 25).</summary>
internal sealed class EncryptionDictionary
{
    private readonly PdfDictionary _dictionary;
    private readonly Func<PdfObject?, PdfObject> _resolve;

    private EncryptionDictionary(PdfDictionary dictionary, Func<PdfObject?, PdfObject> resolve)
    {
        _dictionary = dictionary;
        _resolve = resolve;
        Version = Integer("V") ?? 0;
        Revision = Integer("R") ?? 0;
        KeyBits = Integer("Length") ?? (Version <= 1 ? 40 : 128);
        // Some writers put the 32 bits down as an unsigned number.
        Permissions = resolve(dictionary["P"]) is PdfInteger p ? unchecked((int)p.Value) : 0;
        EncryptsMetadata = Version < 4 || resolve(dictionary["EncryptMetadata"]) is not PdfBoolean { Value: false };
        Owner = Bytes("O", Revision >= 5 ? 48 : 32);
        User = Bytes("U", Revision >= 5 ? 48 : 32);
        OwnerKey = Bytes("OE", 32);
        UserKey = Bytes("UE", 32);
        MacSalt = Bytes("KDFSalt", 1, whole: true);
    }

    /// <summary>/V: 1, 2 RC4; 4, 5, 6 crypt filters.</summary>
    public int Version { get; }

    /// <summary>/R: which way leads from the password to the key.</summary>
    public int Revision { get; }

    public int KeyBits { get; }

    public int Permissions { get; }

    public bool EncryptsMetadata { get; }

    public byte[] Owner { get; }

    public byte[] User { get; }

    public byte[] OwnerKey { get; }

    public byte[] UserKey { get; }

    /// <summary>The salt from which ISO/TS 32004 derives the key of its code; empty where there is none.</summary>
    public byte[] MacSalt { get; }

    public CryptMethod? Strings => Version < 4 ? CryptMethod.Rc4 : FilterNamed(Name("StrF") ?? "Identity");

    public CryptMethod? Streams => Version < 4 ? CryptMethod.Rc4 : FilterNamed(Name("StmF") ?? "Identity");

    /// <summary>Embedded files; as all streams where nothing is said.</summary>
    public CryptMethod? EmbeddedFiles => Version >= 4 && Name("EFF") is { } named ? FilterNamed(named) : Streams;

    /// <summary>Reads the dictionary; a reason other than <see cref="PdfRefusal.None"/> says why it cannot be used.</summary>
    public static PdfRefusal TryRead(PdfObject value, Func<PdfObject?, PdfObject> resolve, out EncryptionDictionary read)
    {
        read = null!;
        if (value is not PdfDictionary dictionary)
            return PdfRefusal.UnsupportedEncryption;
        if (resolve(dictionary["Filter"]) is PdfName filter && filter.Value != "Standard")
        {
            // Handlers for certificates: Adobe.PubSec and its forerunners (ISO 32000-2 7.6.5).
            return filter.Value is "Adobe.PubSec" or "Adobe.PPKLite" or "Entrust.PPKEF" or "Adobe.APS" or "Adobe.PPKMS"
                ? PdfRefusal.PublicKeyEncryption : PdfRefusal.UnsupportedEncryption;
        }
        read = new EncryptionDictionary(dictionary, resolve);
        return read.IsUsable() ? PdfRefusal.None : PdfRefusal.UnsupportedEncryption;
    }

    /// <summary>What a named crypt filter does; null where it is not known.</summary>
    public CryptMethod? FilterNamed(string name)
    {
        if (name == "Identity")
            return CryptMethod.Identity;
        if (_resolve(_dictionary["CF"]) is not PdfDictionary filters || _resolve(filters[name]) is not PdfDictionary filter)
            return null;
        return (_resolve(filter["CFM"]) as PdfName)?.Value switch
        {
            "None" or null => CryptMethod.Identity,
            "V2" when Version == 4 => CryptMethod.Rc4,
            "AESV2" when Version == 4 => CryptMethod.Aes128,
            "AESV3" when Version == 5 => CryptMethod.Aes256,
            "AESV4" when Version == 6 => CryptMethod.Aes256Gcm,
            _ => null,
        };
    }

    private bool IsUsable() =>
        (Version, Revision) is (1, 2) or (1, 3) or (2, 2) or (2, 3) or (4, 4) or (5, 5) or (5, 6) or (6, 7)
        && Owner.Length > 0 && User.Length > 0 && (Revision < 5 || (OwnerKey.Length > 0 && UserKey.Length > 0))
        && Strings is not null && Streams is not null && EmbeddedFiles is not null;

    private int? Integer(string key) => _resolve(_dictionary[key]) is PdfInteger { Value: >= 0 and <= int.MaxValue } found ? (int)found.Value : null;

    private string? Name(string key) => (_resolve(_dictionary[key]) as PdfName)?.Value;

    // Longer values are met: what is behind does not count. Shorter ones are of no use.
    private byte[] Bytes(string key, int length, bool whole = false) =>
        _resolve(_dictionary[key]) is PdfString text && text.Bytes.Length >= length ? (whole ? text.Bytes : text.Bytes[..length]).ToArray() : [];
}
