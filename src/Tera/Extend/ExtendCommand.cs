using System.Text.Json;
using Tera.Pades.Signing.LongTerm;

namespace Tera.Door.Extend;

/// <summary>`tera extend`: brings the signatures of a PDF file to a higher level, whoever made them.</summary>
internal static class ExtendCommand
{
    private const string Usage = """
        tera extend IN.pdf -o OUT.pdf --level t|lt|lta [--tsa URL] [--trust ROOTS.pem] [--field NAME] [--password-file F] [--offline] [--json]

          --level    t: a time stamp proves when each signature was there; lt: and the file holds chains, OCSP responses and CRLs;
                     lta: and a document time stamp covers all that. lta again renews: do it before the last time stamp's certificate ends
          --tsa      the time-stamping authority; needed for lta, and where a signature has no time stamp yet
          --trust    certificates where chains may end, and others that lie in chains; nothing is trusted by it
          --field    only this signature and the document time stamps
          --password-file  its first line opens an encrypted file
          --offline  fetch nothing: the file and --trust have all that is needed; only --tsa is asked

        Exit 0: the file is written; 1: a signature does not hold or something is not to be had, and no file is written; 2: the file or the call is unusable.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Arguments.Read(args, ["-o", .. LevelOptions.Options, "--field", "--password-file"], ["--offline", "--json", "--help", "-h"]);
        if (words.Has("--help") || words.Has("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }
        if (words.Rest.Count != 1)
            throw new UsageException(words.Rest.Count == 0 ? "no input file is named" : "one input file at a time");
        var (input, destination) = (words.Rest[0], words.Require("-o"));
        using var level = LevelOptions.Read(words, ["t", "lt", "lta"], otherwise: null);
        var request = level.Request with { Fields = words.Find("--field") is { } field ? [field] : null };
        var password = words.Find("--password-file") is { } secret ? SecretFile.Read("--password-file", secret) : [];
        ExtendedPdf? extended = null;
        var outcome = await PdfRewrite.RunAsync(
            input, destination, password, async (file, target) => extended = await PadesExtender.ExtendAsync(file, target, request, cancellation), cancellation);
        Array.Clear(password);
        if (words.Has("--json"))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new
            {
                @in = input,
                @out = destination,
                ok = outcome.Error is null,
                error = outcome.Error,
                added = extended is null ? null : new { certificates = extended.Certificates, crls = extended.Crls, ocsps = extended.OcspResponses, timestamps = extended.TimeStamps },
            }));
        }
        extended?.Hash.Dispose();
        if (outcome.Error is { } wrong)
            await error.WriteLineAsync($"tera extend: {input}: {wrong}");
        return outcome.ExitCode;
    }
}
