using System.Diagnostics.CodeAnalysis;

namespace Tera.Office.Storage;

/// <summary>The SHA-256 of a document's bytes: its name in the document store and what approvals bind to.</summary>
public readonly record struct Sha256Digest
{
    private readonly string? _hex;

    private Sha256Digest(string hex) => _hex = hex;

    /// <summary>64 lower-case hex digits. Empty for the default value, which names no document.</summary>
    public string Hex => _hex ?? "";

    public static Sha256Digest FromBytes(ReadOnlySpan<byte> digest) =>
        digest.Length == 32
            ? new Sha256Digest(Convert.ToHexStringLower(digest))
            : throw new ArgumentException("A SHA-256 digest has 32 bytes.", nameof(digest));

    public static bool TryParse([NotNullWhen(true)] string? hex, out Sha256Digest digest)
    {
        bool valid = hex is { Length: 64 } && hex.All(char.IsAsciiHexDigit);
        digest = valid ? new Sha256Digest(hex!.ToLowerInvariant()) : default;
        return valid;
    }

    public static Sha256Digest Parse(string hex) =>
        TryParse(hex, out Sha256Digest digest) ? digest : throw new FormatException("A SHA-256 digest has 64 hex digits.");

    public override string ToString() => Hex;
}
