using System.Globalization;
using System.Text.Json;
using Tera.Pki.Paths;

namespace Tera.Door.Paths;

/// <summary>`tera path --batch CASES.jsonl`: validates certificate paths, a line of JSON in and a line out for each.</summary>
internal static class PathCommand
{
    private const string Usage = """
        tera path --batch CASES.jsonl

          a line in:  {"id","leaf","intermediates":[],"roots":[],"crls":[],"ocsps":[],"at","checkRevocation","policies":[],"explicitPolicy","inhibitMapping","inhibitAny"}
          a line out: {"id","valid","reason"}

        DER in base64; no policies means any policy; "-" reads standard input.
        Exit 0: every line was answered; 2: the file or the call is unusable.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Arguments.Read(args, ["--batch"], ["--help", "-h"]);
        if (words.Has("--help") || words.Has("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }
        if (words.Rest.Count > 0)
            throw new UsageException($"'{words.Rest[0]}' is not expected here");
        var file = words.Require("--batch");
        try
        {
            var number = 0;
            using var lines = file == "-" ? Console.In : new StreamReader(file);
            while (await lines.ReadLineAsync(cancellation) is { } line)
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                try
                {
                    await output.WriteLineAsync(PathBatch.Answer(line));
                }
                catch (JsonException wrong)
                {
                    await error.WriteLineAsync($"tera path: {file}: line {number.ToString(CultureInfo.InvariantCulture)}: {wrong.Message}");
                    return 2;
                }
            }
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"tera path: {file}: {unusable.Message}");
            return 2;
        }
        return 0;
    }
}
