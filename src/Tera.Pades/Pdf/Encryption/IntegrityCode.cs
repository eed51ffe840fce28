using System.Security.Cryptography;
using Tera.Pades.Cms;
using Tera.Pki.Keys;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>Makes and checks the integrity code of one encrypted file (ISO/TS 32004): whoever knows the password can, nobody else.</summary>
internal sealed class IntegrityCode
{
    /// <summary>Room for a code beside a signature: 380 bytes with SHA-512, and its attribute.</summary>
    public const int Allowance = 512;

    private readonly byte[] _fileKey;
    private readonly byte[] _wrappingKey;

    public IntegrityCode(byte[] fileKey, byte[] salt)
    {
        _fileKey = fileKey;
        _wrappingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, salt, "PDFMAC"u8.ToArray());
    }

    /// <summary>The encoded code over a digest of the file's bytes.</summary>
    /// <param name="algorithm">The hash of the digest.</param>
    /// <param name="documentDigest">The digest.</param>
    /// <param name="signature">The signature value it belongs to; empty for a code of its own.</param>
    public byte[] Make(HashAlgorithmName algorithm, ReadOnlySpan<byte> documentDigest, ReadOnlySpan<byte> signature)
    {
        var content = IntegrityToken.EncodeContent(documentDigest, signature.IsEmpty ? [] : CryptographicOperations.HashData(algorithm, signature));
        // The same file and the same signature make the same code: its key comes from the file's key and not from chance.
        var key = HMACSHA256.HashData(_fileKey, (byte[])[.. "integrity code"u8, .. content]);
        var oid = HashAlgorithms.OidOf(algorithm);
        var attributes = IntegrityToken.EncodeAttributes(oid, CryptographicOperations.HashData(algorithm, content));
        var code = IntegrityToken.Encode(oid, AesKeyWrap.Wrap(_wrappingKey, key), content, attributes, HMACSHA256.HashData(key, attributes));
        CryptographicOperations.ZeroMemory(key);
        return code;
    }

    /// <summary>Whether a code was made with this file's key and says what it should.</summary>
    /// <param name="token">The code.</param>
    /// <param name="documentDigest">The digest of the file's bytes by the code's algorithm.</param>
    /// <param name="signature">The signature value it belongs to; null for a code of its own.</param>
    public bool Holds(IntegrityToken token, ReadOnlySpan<byte> documentDigest, ReadOnlyMemory<byte>? signature)
    {
        if (AesKeyWrap.Unwrap(_wrappingKey, token.WrappedKey) is not { } key)
            return false;
        var mac = HMACSHA256.HashData(key, token.Attributes);
        CryptographicOperations.ZeroMemory(key);
        return CryptographicOperations.FixedTimeEquals(mac, token.Mac)
            && DigestOf(token.DigestAlgorithm, token.Content).AsSpan().SequenceEqual(token.MessageDigest)
            && documentDigest.SequenceEqual(token.DocumentDigest)
            && (signature is { } value ? token.SignatureDigest is { } stated && DigestOf(token.DigestAlgorithm, value.Span).AsSpan().SequenceEqual(stated) : token.SignatureDigest is null);
    }

    private static byte[]? DigestOf(AlgorithmId algorithm, ReadOnlySpan<byte> data)
    {
        using var digest = RunningDigest.Create(algorithm);
        digest?.Append(data);
        return digest?.Finish();
    }
}
