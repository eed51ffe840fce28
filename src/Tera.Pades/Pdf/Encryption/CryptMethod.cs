namespace Tera.Pades.Pdf.Encryption;

/// <summary>How strings or streams are enciphered (ISO 32000-2 table 25, /CFM; ISO/TS 32003).</summary>
internal enum CryptMethod
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>RC4 with a key for each object (7.6.3.1).</summary>
    Rc4,

    /// <summary>AES-128 in CBC mode with a key for each object (AESV2).</summary>
    Aes128,

    /// <summary>AES-256 in CBC mode with the file's key (AESV3).</summary>
    Aes256,

    /// <summary>AES-256 in GCM mode with the file's key (AESV4, ISO/TS 32003).</summary>
    Aes256Gcm,
}
