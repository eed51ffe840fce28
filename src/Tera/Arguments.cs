namespace Tera.Door;

/// <summary>The words behind a verb: options with a value, options without, and the rest.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private Arguments()
    {
    }

    /// <summary>The words that are no options, in their order.</summary>
    public List<string> Rest { get; } = [];

    /// <summary>Reads the words.</summary>
    /// <param name="args">The words behind the verb.</param>
    /// <param name="withValue">Options that take a value.</param>
    /// <param name="flags">Options that take none.</param>
    /// <exception cref="UsageException">An option is unknown, stands twice or lacks its value.</exception>
    public static Arguments Read(IReadOnlyList<string> args, ReadOnlySpan<string> withValue, ReadOnlySpan<string> flags)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Count; i++)
        {
            var word = args[i];
            if (word == "--")
            {
                read.Rest.AddRange(args.Skip(i + 1));
                break;
            }
            if (!word.StartsWith('-') || word.Length == 1)
            {
                read.Rest.Add(word);
            }
            else if (flags.Contains(word))
            {
                read._flags.Add(word);
            }
            else if (!withValue.Contains(word))
            {
                throw new UsageException($"unknown option {word}");
            }
            else if (i + 1 == args.Count)
            {
                throw new UsageException($"{word} needs a value");
            }
            else if (!read._values.TryAdd(word, args[++i]))
            {
                throw new UsageException($"{word} stands twice");
            }
        }
        return read;
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Find(string option) => _values.GetValueOrDefault(option);

    public string Require(string option) => Find(option) ?? throw new UsageException($"{option} is missing");
}
