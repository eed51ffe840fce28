using System.Buffers.Binary;

namespace Tera.Authority.Vault;

/// <summary>
/// The cost of one guess of a passphrase: Argon2id (RFC 9106). The default is the second recommended option of
/// RFC 9106 4 with one lane, about 170 ms and 64 MiB. Stored beside each key, so that a later rise needs no migration.
/// </summary>
public sealed record KdfParameters(int Iterations, int MemoryKiB, int Lanes)
{
    public static KdfParameters Default { get; } = new(Iterations: 3, MemoryKiB: 64 * 1024, Lanes: 1);

    internal const int EncodedLength = 12;

    /// <summary>RFC 9106 3.1: at least 8 KiB a lane. The upper bounds keep a swapped row from exhausting the host.</summary>
    internal bool IsWithinBounds =>
        Iterations is >= 1 and <= 64 && Lanes is >= 1 and <= 16 && MemoryKiB >= 8 * Lanes && MemoryKiB <= 1024 * 1024;

    internal bool IsWeakerThan(KdfParameters other) =>
        (long)Iterations * MemoryKiB < (long)other.Iterations * other.MemoryKiB;

    internal void Encode(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, Iterations);
        BinaryPrimitives.WriteInt32BigEndian(destination[4..], MemoryKiB);
        BinaryPrimitives.WriteInt32BigEndian(destination[8..], Lanes);
    }
}
