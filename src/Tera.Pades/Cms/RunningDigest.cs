using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pades.Pdf;

namespace Tera.Pades.Cms;

/// <summary>
/// A hash in progress whose state can be cloned. One pass over a file serves all its signatures:
/// the state is cloned at each hole and goes on behind it.
/// </summary>
internal sealed class RunningDigest : IDisposable
{
    private const int BlockLength = 128 * 1024;

    private readonly IncrementalHash? _hash;
    private readonly Shake256? _shake;
    private readonly int _length;

    private RunningDigest(IncrementalHash hash)
    {
        _hash = hash;
        _length = hash.HashLengthInBytes;
    }

    private RunningDigest(Shake256 shake, int length)
    {
        _shake = shake;
        _length = length;
    }

    /// <summary>Begins a digest, or answers null where the platform has no such hash.</summary>
    internal static RunningDigest? Create(AlgorithmId algorithm)
    {
        if (algorithm.Oid is CmsOids.Shake256 or CmsOids.Shake256WithLength)
        {
            var length = LengthOf(algorithm);
            return Shake256.IsSupported && length is not null ? new RunningDigest(new Shake256(), length.Value) : null;
        }
        return NameOf(algorithm.Oid) is { } name && IsSupported(name) ? new RunningDigest(IncrementalHash.CreateHash(name)) : null;
    }

    /// <summary>The platform's name of a hash, or null for one it does not know.</summary>
    internal static HashAlgorithmName? NameOf(string oid) => oid switch
    {
        CmsOids.Sha1 => HashAlgorithmName.SHA1,
        CmsOids.Sha256 => HashAlgorithmName.SHA256,
        CmsOids.Sha384 => HashAlgorithmName.SHA384,
        CmsOids.Sha512 => HashAlgorithmName.SHA512,
        CmsOids.Sha3Of256 => HashAlgorithmName.SHA3_256,
        CmsOids.Sha3Of384 => HashAlgorithmName.SHA3_384,
        CmsOids.Sha3Of512 => HashAlgorithmName.SHA3_512,
        _ => null,
    };

    internal void Append(ReadOnlySpan<byte> data)
    {
        if (_hash is not null)
            _hash.AppendData(data);
        else
            _shake!.AppendData(data);
    }

    /// <summary>Appends the bytes of a file from one offset up to another, through a block where they are not in memory; a file that became shorter ends it.</summary>
    internal void Append(PdfBytes bytes, long from, long to)
    {
        if (bytes.Memory is { } memory)
        {
            Append(memory.Span[(int)from..(int)to]);
            return;
        }
        var block = new byte[(int)Math.Min(BlockLength, Math.Max(0, to - from))];
        while (from < to)
        {
            var read = bytes.Read(from, block.AsSpan(0, (int)Math.Min(block.Length, to - from)));
            if (read == 0)
                return;
            Append(block.AsSpan(0, read));
            from += read;
        }
    }

    internal RunningDigest Clone() =>
        _hash is not null ? new RunningDigest(_hash.Clone()) : new RunningDigest(_shake!.Clone(), _length);

    internal byte[] Finish() => _hash is not null ? _hash.GetCurrentHash() : _shake!.GetCurrentHash(_length);

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash?.Dispose();
        _shake?.Dispose();
    }

    private static bool IsSupported(HashAlgorithmName name) => name.Name switch
    {
        "SHA3-256" => SHA3_256.IsSupported,
        "SHA3-384" => SHA3_384.IsSupported,
        "SHA3-512" => SHA3_512.IsSupported,
        _ => true,
    };

    // RFC 8702 3.1: SHAKE256 as a digest gives 64 bytes. With id-shake256-len the length in bits is a parameter (RFC 8419 2.3).
    private static int? LengthOf(AlgorithmId algorithm)
    {
        if (algorithm.Oid == CmsOids.Shake256 || algorithm.Parameters.IsEmpty)
            return 64;
        try
        {
            return new AsnReader(algorithm.Parameters, AsnEncodingRules.BER).TryReadInt32(out var bits) && bits is >= 256 and <= 1024 && bits % 8 == 0
                ? bits / 8
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
