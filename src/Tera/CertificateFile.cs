using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Certificates;

namespace Tera.Door;

/// <summary>Certificates in a file: one in DER, or any number in PEM.</summary>
internal static class CertificateFile
{
    /// <summary>Reads them; at least one.</summary>
    /// <param name="option">The option that named the file, for messages.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="UsageException">It cannot be read or has none.</exception>
    public static IReadOnlyList<Certificate> Read(string option, string file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            if (Certificate.TryDecode(bytes, out var single, out _))
                return [single];
            var certificates = Certificate.DecodePem(Encoding.UTF8.GetString(bytes));
            return certificates.Count > 0 ? certificates : throw new UsageException($"{option} {file}: no certificate in it");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            throw new UsageException($"{option} {file}: {unusable.Message}");
        }
    }
}
