using Tera.Pades.Pdf;
using Tera.Pades.Signing;

namespace Tera.Bench;

/// <summary>Our own way to a B-B signature, as a user of the library goes it.</summary>
internal static class Signing
{
    [ThreadStatic]
    private static MemoryStream? _output;

    public static void File(SigningKey key, string input, string output)
    {
        using var source = System.IO.File.OpenHandle(input);
        using var target = new FileStream(output, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        Sign(key, PdfFile.Open(PdfBytes.From(source)), target).Hash.Dispose();
    }

    /// <summary>Into memory that is used again, as a service does; the number of bytes written.</summary>
    public static int Memory(SigningKey key, byte[] input)
    {
        var output = _output ??= new MemoryStream();
        output.SetLength(0);
        Sign(key, PdfFile.Open(input), output).Hash.Dispose();
        return (int)output.Length;
    }

    public static byte[] ToArray(SigningKey key, byte[] input)
    {
        Memory(key, input);
        return _output!.ToArray();
    }

    public static SignedPdf Sign(SigningKey key, PdfFile file, Stream output, string field = "Signature1") =>
        PadesSigner.SignAsync(file, output, key.Signer, key.Request(field)).GetAwaiter().GetResult();
}
