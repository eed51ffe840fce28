using System.Security.Cryptography;
using Tera.Pades.Pdf;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>
/// A file that gets several updates on its way to the output: its own bytes are copied and hashed once, and each update is written,
/// hashed and seen by the next, from memory.
/// </summary>
internal sealed class GrowingPdf
{
    private readonly Stream _output;
    private readonly MemoryStream _appended = new();

    private GrowingPdf(PdfFile file, Stream output, IncrementalHash hash)
    {
        File = file;
        _output = output;
        Hash = hash;
    }

    /// <summary>The file as it is by now.</summary>
    public PdfFile File { get; private set; }

    /// <summary>The hash state over its bytes.</summary>
    public IncrementalHash Hash { get; }

    /// <summary>All updates so far.</summary>
    public ReadOnlyMemory<byte> Appended => _appended.ToArray();

    /// <summary>Begins with a file that is not in the output yet.</summary>
    public static GrowingPdf Copy(PdfFile file, Stream output, HashAlgorithmName algorithm)
    {
        var hash = IncrementalHash.CreateHash(algorithm);
        IncrementalUpdate.CopyFile(file.Bytes, output, hash);
        return new GrowingPdf(file, output, hash);
    }

    /// <summary>Begins with a file that was just signed into the output.</summary>
    public static GrowingPdf Continue(PdfFile original, SignedPdf signed, Stream output)
    {
        var growing = new GrowingPdf(original.WithUpdate(signed.Appended), output, signed.Hash.Continue());
        growing._appended.Write(signed.Appended.Span);
        return growing;
    }

    public void Append(byte[] update)
    {
        _output.Write(update);
        Hash.AppendData(update);
        _appended.Write(update);
        File = File.WithUpdate(update);
    }
}
