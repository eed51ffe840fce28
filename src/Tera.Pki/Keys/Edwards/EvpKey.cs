using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tera.Pki.Keys.Edwards;

/// <summary>
/// A raw Ed25519 or Ed448 key in OpenSSL's libcrypto, where the platform has it: the base class library offers neither curve.
/// The functions are those of OpenSSL 3.0's EVP interface (evp.h); the numbers of the key types are its NIDs.
/// </summary>
internal sealed unsafe partial class EvpKey : SafeHandle
{
    private const string Library = "libcrypto.so.3";
    private const int Ed25519 = 1087;
    private const int Ed448 = 1088;

    private EvpKey()
        : base(0, ownsHandle: true)
    {
    }

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    public override bool IsInvalid => handle == 0;

    /// <summary>An Ed25519 private key of 32 bytes; the caller clears them.</summary>
    public static EvpKey OpenPrivate(ReadOnlySpan<byte> seed)
    {
        if (!IsAvailable)
            throw new CryptographicException("Ed25519 needs OpenSSL's libcrypto, which this machine does not have.");
        var key = new EvpKey();
        fixed (byte* start = seed)
            key.SetHandle(EVP_PKEY_new_raw_private_key(Ed25519, 0, start, (nuint)seed.Length));
        return key.IsInvalid ? throw new CryptographicException("An Ed25519 private key has 32 bytes.") : key;
    }

    /// <summary>A public key of 32 (Ed25519) or 57 (Ed448) bytes; null where it is none or libcrypto is not there.</summary>
    public static EvpKey? OpenPublic(ReadOnlySpan<byte> point)
    {
        if (!IsAvailable || point.Length is not (32 or 57))
            return null;
        var key = new EvpKey();
        fixed (byte* start = point)
            key.SetHandle(EVP_PKEY_new_raw_public_key(point.Length == 32 ? Ed25519 : Ed448, 0, start, (nuint)point.Length));
        return key.IsInvalid ? null : key;
    }

    public byte[] ExportPublic()
    {
        var point = new byte[32];
        var length = (nuint)point.Length;
        fixed (byte* start = point)
            Require(EVP_PKEY_get_raw_public_key(this, start, ref length));
        return point;
    }

    public byte[] ExportSeed()
    {
        var seed = new byte[32];
        var length = (nuint)seed.Length;
        fixed (byte* start = seed)
            Require(EVP_PKEY_get_raw_private_key(this, start, ref length));
        return seed;
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var context = EVP_MD_CTX_new();
        try
        {
            Require(EVP_DigestSignInit(context, 0, 0, 0, this));
            var signature = new byte[64];
            var length = (nuint)signature.Length;
            fixed (byte* value = signature, start = message)
                Require(EVP_DigestSign(context, value, ref length, start, (nuint)message.Length));
            return signature;
        }
        finally
        {
            EVP_MD_CTX_free(context);
        }
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var context = EVP_MD_CTX_new();
        try
        {
            Require(EVP_DigestVerifyInit(context, 0, 0, 0, this));
            fixed (byte* value = signature, start = message)
                return EVP_DigestVerify(context, value, (nuint)signature.Length, start, (nuint)message.Length) == 1;
        }
        finally
        {
            EVP_MD_CTX_free(context);
            // A signature that does not hold leaves its reason in the thread's queue, where the platform would find it.
            ERR_clear_error();
        }
    }

    protected override bool ReleaseHandle()
    {
        EVP_PKEY_free(handle);
        return true;
    }

    private static void Require(int status)
    {
        if (status != 1)
            throw new CryptographicException("libcrypto refused an operation with an Edwards-curve key.");
    }

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_get_raw_public_key(EvpKey key, byte* point, ref nuint length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_get_raw_private_key(EvpKey key, byte* seed, ref nuint length);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, EvpKey key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSign(nint context, byte* signature, ref nuint length, byte* message, nuint messageLength);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, EvpKey key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerify(nint context, byte* signature, nuint length, byte* message, nuint messageLength);

    [LibraryImport(Library)]
    private static partial void ERR_clear_error();
}
