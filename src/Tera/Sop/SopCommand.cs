using System.Globalization;
using Tera.Sop.Definitions;
using Tera.Sop.Forms;
using Tera.Sop.Lints;
using Tera.Sop.Simulation;

namespace Tera.Door.Sop;

/// <summary><c>tera sop lint|render|simulate FILE...</c></summary>
internal static class SopCommand
{
    private const string Usage = """
        tera sop lint FILE...                              what is wrong with a procedure (exit 1: an error was found)
        tera sop render FILE -o OUT.svg [--implied]        draw the official form (several pages: OUT-1.svg, OUT-2.svg, ...)
        tera sop simulate FILE [--walks N] [--seed N]      run random cases and say where they go
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        switch (args)
        {
            case ["--help" or "-h"]:
                await output.WriteLineAsync(Usage);
                return 0;
            case ["lint", .. { Length: > 0 } files]:
                return await LintAsync(files, output, error);
            case ["render", string file, "-o", string picture, .. string[] options]:
                return await RenderAsync(file, picture, options, output, error);
            case ["simulate", string file, .. string[] options]:
                return await SimulateAsync(file, options, output, error);
            default:
                throw new UsageException("lint FILE..., render FILE -o OUT.svg or simulate FILE; tera sop --help says more");
        }
    }

    private static async Task<int> LintAsync(string[] files, TextWriter output, TextWriter error)
    {
        bool wrong = false;
        foreach (string file in files)
        {
            if (await ReadAsync(file, error) is not { } definition)
            {
                return 2;
            }

            IReadOnlyList<SopFinding> findings = SopLint.Check(definition);
            foreach (SopFinding finding in findings)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{file}:{finding.Line}: {finding.Severity.ToString().ToLowerInvariant()} {finding.Id}: {finding.Sentence}"));
            }

            int errors = findings.Count(f => f.Severity == SopSeverity.Error);
            wrong |= errors > 0;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{file}: {definition.Steps.Count} steps, {errors} errors, {findings.Count - errors} other findings"));
        }

        return wrong ? 1 : 0;
    }

    private static async Task<int> RenderAsync(string file, string picture, string[] args, TextWriter output, TextWriter error)
    {
        if (args is not ([] or ["--implied"]))
        {
            throw new UsageException($"unknown option '{args[0]}'");
        }

        if (await ReadAsync(file, error) is not { } definition)
        {
            return 2;
        }

        FormPage[] pages = [.. FormLayout.Pages(definition, new FormOptions { ShowImplied = args.Length > 0 })];
        for (int i = 0; i < pages.Length; i++)
        {
            string target = pages.Length == 1
                ? picture
                : Path.Combine(Path.GetDirectoryName(picture) ?? "", string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(picture)}-{i + 1}{Path.GetExtension(picture)}"));
            try
            {
                await File.WriteAllTextAsync(target, SvgWriter.Write(pages[i]));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"{target} cannot be written: {refused.Message}");
            }

            await output.WriteLineAsync(target);
        }

        return 0;
    }

    private static async Task<int> SimulateAsync(string file, string[] args, TextWriter output, TextWriter error)
    {
        var options = new SimulationOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                throw new UsageException($"{args[i]} needs a number");
            }

            options = args[i] switch
            {
                "--walks" when number is > 0 and <= 100_000 => options with { Walks = number },
                "--seed" => options with { Seed = number },
                _ => throw new UsageException($"unknown option or value out of bounds: {args[i]} {number}"),
            };
        }

        if (await ReadAsync(file, error) is not { } definition)
        {
            return 2;
        }

        await SimulationTable.WriteAsync(SopSimulation.Run(definition, options), output);
        return 0;
    }

    /// <summary>The definition, or null after its problems were printed.</summary>
    private static async Task<SopDefinition?> ReadAsync(string file, TextWriter error)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {unreadable.Message}");
        }

        switch (SopReader.Read(NameOf(file), bytes))
        {
            case SopReading.Good(var definition):
                return definition;
            case SopReading.Bad(var problems):
                foreach (SopProblem problem in problems)
                {
                    await error.WriteLineAsync($"tera sop: {problem}");
                }

                return null;
            default:
                throw new InvalidOperationException("A reading is good or bad.");
        }
    }

    /// <summary>A definition's name is its path below <c>sop/</c> without the ending; elsewhere the last two parts of the path.</summary>
    private static string NameOf(string file)
    {
        string[] parts = Path.ChangeExtension(Path.GetFullPath(file), null)!.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        int below = Array.LastIndexOf(parts, "sop");
        return string.Join('/', below >= 0 && below < parts.Length - 1 ? parts[(below + 1)..] : parts[Math.Max(0, parts.Length - 2)..]);
    }
}
