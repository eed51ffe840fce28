namespace Tera.Fuzz.Execution;

/// <summary>
/// The inputs of one target from which others are made: its seeds, and every input that had an outcome not met before, as far as
/// there is room. Without knowledge of the code's branches, the outcome has to say what is new.
/// </summary>
internal sealed class SeedQueue(IReadOnlyList<byte[]> seeds)
{
    private const int Room = 600;

    private readonly HashSet<string> _outcomes = new(StringComparer.Ordinal);
    private readonly List<byte[]> _novel = [];

    // What grew and grew would make every later execution slow.
    private readonly int _longest = Math.Max(4096, 2 * seeds.Max(s => s.Length));

    public int Outcomes => _outcomes.Count;

    public byte[] Next(Random random) =>
        _novel.Count > 0 && random.Next(2) == 0 ? _novel[random.Next(_novel.Count)] : seeds[random.Next(seeds.Count)];

    public void Tell(byte[] input, string outcome, Random random)
    {
        // Outcomes that name offsets or numbers would each be new for ever.
        if (_outcomes.Count > 20_000 || input.Length > _longest || !_outcomes.Add(WithoutDigits(outcome)))
            return;
        if (_novel.Count < Room)
            _novel.Add(input);
        else
            _novel[random.Next(Room)] = input;
    }

    private static string WithoutDigits(string outcome) => string.Create(outcome.Length, outcome, static (span, text) =>
    {
        for (var i = 0; i < text.Length; i++)
            span[i] = i > 0 && char.IsAsciiDigit(text[i]) && char.IsAsciiDigit(text[i - 1]) ? '#' : text[i];
    });
}
