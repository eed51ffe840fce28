using Tera.Pki.Keys;

namespace Tera.Bench;

/// <summary>B-B signing of letters beside the limit, on one thread and on two.</summary>
internal static class SignTable
{
    public static void Run(Options options)
    {
        using var place = new Workplace(options.Folder);
        foreach (var kind in (string[])["ec", "rsa"])
        {
            var key = SigningKey.Create(kind);
            foreach (var size in (int[])[10_000, 100_000, 1_000_000])
            {
                var letter = Letter.Make(size);
                var input = place.Put($"{kind}-{size}.pdf", letter);
                var limit = new Limit(key.Signer, Signing.Memory(key, letter) - letter.Length);
                var contest = new Contest($"sign {kind}, {size / 1000} KB");
                contest.Add("limit, file to file", () => WithFile(place, path => limit.SignFile(input, path)));
                contest.Add("Tera, file to file", () => WithFile(place, path => Signing.File(key, input, path)));
                contest.Run(options.Rounds, options.Window);
                contest.Print();
                var inMemory = new Contest($"sign {kind}, {size / 1000} KB in memory");
                inMemory.Add("limit", () => limit.SignMemory(letter));
                inMemory.Add("Tera", () => Signing.Memory(key, letter));
                inMemory.Run(options.Rounds, options.Window);
                inMemory.Print();
            }
            Threads(options, key, kind);
        }
    }

    private static void WithFile(Workplace place, Action<string> work)
    {
        var path = place.NewPath();
        work(path);
        File.Delete(path);
    }

    private static void Threads(Options options, SigningKey key, string kind)
    {
        var letter = Letter.Make(100_000);
        var laps = new List<(double One, double Two)>();
        for (var round = -1; round < options.Rounds; round++)
        {
            var one = ThreadedLap.Rate(() => Signing.Memory(key, letter), 1, options.Window);
            var two = ThreadedLap.Rate(() => Signing.Memory(key, letter), 2, options.Window);
            if (round >= 0)
                laps.Add((one, two));
        }
        ThreadedLap.Print($"sign {kind}, 100 KB in memory", laps);
    }
}
