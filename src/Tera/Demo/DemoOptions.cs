namespace Tera.Door.Demo;

/// <summary>What <c>tera demo</c> was asked.</summary>
/// <param name="Out">Folder for the signed PDFs, or null.</param>
/// <param name="Sop">Only this procedure, or null for all.</param>
/// <param name="Url">A running product to drive; null: the demo starts one of its own.</param>
/// <param name="Data">Data folder of the demo's own product; null: a temporary one, deleted at the end.</param>
/// <param name="Key">Names the run: the same key continues the same cases.</param>
internal sealed record DemoOptions(string? Out, string? Sop, Uri? Url, string? Data, string Key, bool Json)
{
    public const string Usage = """
        tera demo [--out DIR] [--sop ID] [--json] [--url URL] [--data DIR] [--key TEXT]
          --out DIR    leave every signed PDF there
          --sop ID     only this procedure
          --json       one JSON document on stdout and nothing else
          --url URL    drive a product that already runs (with the demo agency) instead of starting one
          --data DIR   keep the started product's data there
          --key TEXT   continue the cases of an earlier run with the same key
        """;

    public static DemoOptions Parse(IReadOnlyList<string> args)
    {
        var options = new DemoOptions(null, null, null, null, Guid.NewGuid().ToString("N"), false);
        for (int i = 0; i < args.Count; i++)
        {
            string Next() => ++i < args.Count ? args[i] : throw new UsageException($"{args[i - 1]} needs a value");
            options = args[i] switch
            {
                "--json" => options with { Json = true },
                "--out" => options with { Out = Path.GetFullPath(Next()) },
                "--sop" => options with { Sop = Next() },
                "--data" => options with { Data = Path.GetFullPath(Next()) },
                "--key" => options with { Key = Next() },
                "--url" => options with { Url = Uri.TryCreate(Next(), UriKind.Absolute, out Uri? url) ? url : throw new UsageException($"--url: '{args[i]}' is not an address") },
                _ => throw new UsageException($"unknown option '{args[i]}'"),
            };
        }

        return options.Sop is { } sop && LetterScript.All.All(s => s.Sop != sop)
            ? throw new UsageException($"--sop: '{sop}' is not one of {string.Join(", ", LetterScript.All.Select(s => s.Sop))}")
            : options;
    }
}
