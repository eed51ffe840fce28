using System.Security.Cryptography;

namespace Tera.Sop.Definitions;

/// <summary>The name of a definition: the SHA-256 of the bytes of its file, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct DefinitionHash
{
    private readonly string? value;

    private DefinitionHash(string value) => this.value = value;

    /// <summary>The digits.</summary>
    public string Value => value ?? throw new InvalidOperationException("An uninitialised DefinitionHash has no value.");

    /// <summary>Hashes the content of a file.</summary>
    public static DefinitionHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out DefinitionHash hash)
    {
        hash = default;
        if (text is not { Length: 64 } || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        hash = new DefinitionHash(text.ToLowerInvariant());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
