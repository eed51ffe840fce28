using Tera.Pades.Pdf;
using Tera.Pades.Validation;

namespace Tera.Bench;

/// <summary>Our own way to a verdict, every check on, the signer's root trusted.</summary>
internal static class Verifying
{
    public static ValidationPolicy PolicyOf(SigningKey key) => new() { At = TimeProvider.System.GetUtcNow(), TrustAnchors = [key.Root] };

    public static ValidationReport Memory(byte[] pdf, ValidationPolicy policy) => PadesValidator.Validate(PdfBytes.From(pdf), policy);

    public static ValidationReport File(string path, ValidationPolicy policy)
    {
        using var handle = System.IO.File.OpenHandle(path);
        return PadesValidator.Validate(PdfBytes.From(handle), policy);
    }
}
