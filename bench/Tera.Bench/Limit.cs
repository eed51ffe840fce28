using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Tera.Pki.Keys;

namespace Tera.Bench;

/// <summary>The irreducible work of a signature: read the bytes, hash them once, use the key once, write them and the appended part.</summary>
internal sealed class Limit(SoftwareSigner signer, int appended)
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly byte[] _tail = RandomNumberGenerator.GetBytes(appended);
    private readonly byte[] _digest = new byte[32];
    private byte[] _output = [];

    /// <summary>From file to new file.</summary>
    public void SignFile(string input, string output)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using SafeFileHandle source = File.OpenHandle(input);
        using SafeFileHandle target = File.OpenHandle(output, FileMode.CreateNew, FileAccess.Write);
        long at = 0;
        for (int read; (read = RandomAccess.Read(source, _buffer, at)) > 0; at += read)
        {
            hash.AppendData(_buffer.AsSpan(0, read));
            RandomAccess.Write(target, _buffer.AsSpan(0, read), at);
        }
        hash.AppendData(_tail);
        hash.GetHashAndReset(_digest);
        var signature = signer.SignDigest(_digest);
        signature.CopyTo(_tail, 0);
        RandomAccess.Write(target, _tail, at);
    }

    /// <summary>From memory to memory that is used again.</summary>
    public void SignMemory(ReadOnlySpan<byte> input)
    {
        if (_output.Length < input.Length + _tail.Length)
            _output = new byte[input.Length + _tail.Length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(input);
        input.CopyTo(_output);
        hash.AppendData(_tail);
        hash.GetHashAndReset(_digest);
        signer.SignDigest(_digest).CopyTo(_tail, 0);
        _tail.CopyTo(_output, input.Length);
    }
}
