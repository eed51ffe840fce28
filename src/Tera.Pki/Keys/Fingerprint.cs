using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tera.Pki.Keys;

/// <summary>The SHA-256 digest of bytes as a key of a table.</summary>
internal readonly record struct Fingerprint(ulong A, ulong B, ulong C, ulong D)
{
    public static Fingerprint Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return MemoryMarshal.Read<Fingerprint>(digest);
    }
}
