using System.Globalization;

namespace Tera.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    public const string Usage = """
        fuzz/run [--minutes N | --seconds N] [--workers N] [--seed S] [--target NAME]... [--corpus DIR] [--documents N]
                 [--findings DIR] [--ledger FILE] [--executions N]
        fuzz/run --replay FILE [--target NAME]
        fuzz/run --hostile all | --hostile PART-OF-A-NAME

        --corpus DIR      foreign PDF files as further seeds (folders signed/ and unsigned/ in it); TERA_CORPUS stands for it
        --documents N     foreign files at most (default 400)
        --findings DIR    where reproducers go (default: a folder under the temporary one)
        --ledger FILE     totals of all runs, a line for each target and run
        --executions N    ends a worker after so many executions, for a run that can be repeated
        """;

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    public int Workers { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public IReadOnlyList<string> Targets { get; init; } = [];

    public string? Corpus { get; init; }

    public int Documents { get; init; } = 400;

    public required string Findings { get; init; }

    public required string Ledger { get; init; }

    public long Executions { get; init; } = long.MaxValue;

    public string? Replay { get; init; }

    /// <summary>Which hostile files are measured: "all" or a part of their names.</summary>
    public string? Hostile { get; init; }

    /// <summary>The one hostile file that this process measures.</summary>
    public string? HostileOne { get; init; }

    /// <summary>Number of this worker; null in the process that watches.</summary>
    public int? Worker { get; init; }

    /// <exception cref="FormatException">An option is not known, or has no value or a wrong one.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var state = environment("XDG_STATE_HOME") ?? Path.Combine(environment("HOME") ?? Path.GetTempPath(), ".local", "state");
        var options = new FuzzOptions
        {
            Corpus = environment("TERA_CORPUS"),
            Findings = Path.Combine(Path.GetTempPath(), "tera-fuzz"),
            Ledger = Path.Combine(state, "tera-fuzz", "ledger.tsv"),
        };
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
                throw new FormatException($"{arguments[i]} has no value");
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private FuzzOptions With(string name, string value) => name switch
    {
        "--minutes" => this with { Duration = TimeSpan.FromMinutes(double.Parse(value, CultureInfo.InvariantCulture)) },
        "--seconds" => this with { Duration = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
        "--workers" => this with { Workers = Number(value) },
        "--seed" => this with { Seed = Number(value) },
        "--target" => this with { Targets = [.. Targets, value] },
        "--corpus" => this with { Corpus = value },
        "--documents" => this with { Documents = Number(value) },
        "--findings" => this with { Findings = Path.GetFullPath(value) },
        "--ledger" => this with { Ledger = Path.GetFullPath(value) },
        "--executions" => this with { Executions = Number(value) },
        "--replay" => this with { Replay = value },
        "--hostile" => this with { Hostile = value },
        "--hostile-one" => this with { HostileOne = value },
        "--worker" => this with { Worker = Number(value) },
        _ => throw new FormatException($"{name} is not an option"),
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
