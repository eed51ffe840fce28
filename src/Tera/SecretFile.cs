using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tera.Door;

/// <summary>A passphrase or PIN in a file: its first line. Nothing of it goes into a message.</summary>
internal static class SecretFile
{
    private const int MaxLength = 4096;

    /// <summary>Reads the secret; the caller clears it.</summary>
    /// <param name="option">The option that named the file, for messages.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="UsageException">It cannot be read or is too long.</exception>
    public static char[] Read(string option, string file)
    {
        try
        {
            if (new FileInfo(file).Length > MaxLength)
                throw new UsageException($"{option} {file}: longer than {MaxLength.ToString(CultureInfo.InvariantCulture)} bytes");
            var bytes = File.ReadAllBytes(file);
            var end = bytes.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
            var secret = Encoding.UTF8.GetChars(bytes, 0, end < 0 ? bytes.Length : end);
            CryptographicOperations.ZeroMemory(bytes);
            return secret;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {file}: {unusable.Message}");
        }
    }
}
