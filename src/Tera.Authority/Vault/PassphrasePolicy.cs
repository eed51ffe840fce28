using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tera.Authority.Vault;

/// <summary>Why a passphrase is refused at the moment it is set; the names are part of the interface.</summary>
internal enum PassphraseWeakness
{
    TooShort,
    TooLong,
    Banned,
    Repetitive,
    Personal,
}

/// <summary>
/// Length instead of composition (NIST SP 800-63B 5.1.1.2): twelve characters or four words, not on the list of
/// banned ones, not the person's own name. The numbers and the list are data.
/// </summary>
internal sealed class PassphrasePolicy
{
    private const int MinimumCharacters = 12;
    private const int MaximumCharacters = 256;
    private const int MinimumWords = 4;
    private const int MinimumWordLength = 2;
    private const int MinimumDistinctCharacters = 5;
    private readonly HashSet<string> banned;

    private PassphrasePolicy(HashSet<string> banned) => this.banned = banned;

    public static PassphrasePolicy Default { get; } = ReadEmbedded();

    /// <param name="personal">Texts about the person which a guesser tries first: the name, the identifier.</param>
    public PassphraseWeakness? Judge(Passphrase passphrase, IEnumerable<string> personal)
    {
        var characters = GC.AllocateUninitializedArray<char>(passphrase.Utf8.Length, pinned: true);
        var squeezed = GC.AllocateUninitializedArray<char>(passphrase.Utf8.Length, pinned: true);
        try
        {
            var text = characters.AsSpan(0, Encoding.UTF8.GetChars(passphrase.Utf8, characters));
            return Judge(text, squeezed.AsSpan(0, Squeeze(text, squeezed)), personal);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(characters.AsSpan()));
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(squeezed.AsSpan()));
        }
    }

    private PassphraseWeakness? Judge(ReadOnlySpan<char> text, ReadOnlySpan<char> squeezed, IEnumerable<string> personal)
    {
        if (text.Length > MaximumCharacters)
        {
            return PassphraseWeakness.TooLong;
        }

        if (text.Length < MinimumCharacters && CountWords(text) < MinimumWords)
        {
            return PassphraseWeakness.TooShort;
        }

        if (IsRepetitive(text))
        {
            return PassphraseWeakness.Repetitive;
        }

        if (IsBanned(squeezed))
        {
            return PassphraseWeakness.Banned;
        }

        return ContainsAny(squeezed, personal) ? PassphraseWeakness.Personal : null;
    }

    private static int CountWords(ReadOnlySpan<char> text)
    {
        var words = 0;
        var run = 0;
        foreach (var character in text)
        {
            run = char.IsLetter(character) ? run + 1 : 0;
            if (run == MinimumWordLength)
            {
                words++;
            }
        }

        return words;
    }

    /// <summary>Few different characters, or one long run such as abcdefghijkl and 123456789012.</summary>
    private static bool IsRepetitive(ReadOnlySpan<char> text)
    {
        var distinct = 0;
        var steps = 0;
        for (var i = 0; i < text.Length; i++)
        {
            distinct += text[..i].Contains(text[i]) ? 0 : 1;
            steps += i > 0 && Math.Abs(text[i] - text[i - 1]) <= 1 ? 1 : 0;
        }

        return distinct < MinimumDistinctCharacters || steps > text.Length * 3 / 4;
    }

    /// <summary>Digits and signs put before or after a banned word do not save it.</summary>
    private bool IsBanned(ReadOnlySpan<char> squeezed)
    {
        var lookup = banned.GetAlternateLookup<ReadOnlySpan<char>>();
        return lookup.Contains(squeezed) || lookup.Contains(squeezed.Trim("0123456789"));
    }

    private static bool ContainsAny(ReadOnlySpan<char> squeezed, IEnumerable<string> personal)
    {
        foreach (var text in personal)
        {
            var needle = new char[text.Length];
            var length = Squeeze(text, needle);
            if (length >= 4 && squeezed.Contains(needle.AsSpan(0, length), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Letters and digits only, in lower case.</summary>
    private static int Squeeze(ReadOnlySpan<char> text, Span<char> destination)
    {
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                destination[length++] = char.ToLower(character, CultureInfo.InvariantCulture);
            }
        }

        return length;
    }

    private static PassphrasePolicy ReadEmbedded()
    {
        using var stream = typeof(PassphrasePolicy).Assembly.GetManifestResourceStream("banned-passphrases.txt")
            ?? throw new InvalidOperationException("The list of banned passphrases is not in the assembly.");
        using var reader = new StreamReader(stream);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                words.Add(line);
            }
        }

        return new PassphrasePolicy(words);
    }
}
