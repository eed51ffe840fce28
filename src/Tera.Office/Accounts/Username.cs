using System.Diagnostics.CodeAnalysis;

namespace Tera.Office.Accounts;

/// <summary>The name one logs in with: lower-case letters, digits, dot, hyphen, underscore. Upper case is accepted and folded.</summary>
public readonly record struct Username
{
    public const int MaxLength = 64;

    private readonly string? _text;

    private Username(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out Username username)
    {
        string folded = (text ?? "").Trim().ToLowerInvariant();
        bool valid = folded.Length is > 0 and <= MaxLength && folded.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
        username = valid ? new Username(folded) : default;
        return valid;
    }

    public override string ToString() => _text ?? "";
}
