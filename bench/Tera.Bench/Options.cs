using System.Globalization;

namespace Tera.Bench;

/// <summary>How long to measure and where.</summary>
internal sealed record Options(int Rounds, TimeSpan Window, string? Folder)
{
    public static Options Read(IReadOnlyList<string> words)
    {
        var options = new Options(9, TimeSpan.FromMilliseconds(300), null);
        for (var i = 0; i + 1 < words.Count; i += 2)
        {
            options = words[i] switch
            {
                "--rounds" => options with { Rounds = int.Parse(words[i + 1], CultureInfo.InvariantCulture) },
                "--window" => options with { Window = TimeSpan.FromMilliseconds(double.Parse(words[i + 1], CultureInfo.InvariantCulture)) },
                "--folder" => options with { Folder = words[i + 1] },
                var other => throw new ArgumentException($"{other} is no option", nameof(words)),
            };
        }
        return options;
    }
}
