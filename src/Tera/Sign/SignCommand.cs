using System.Globalization;
using System.Text.Json;
using Tera.Door.Extend;

namespace Tera.Door.Sign;

/// <summary>`tera sign`: signs PDF files with a key of one's own, one file or many with one unlocked key.</summary>
internal static class SignCommand
{
    private const string Usage = """
        tera sign IN.pdf -o OUT.pdf --p12 KEY.p12 --passphrase-file F [--level b|t|lt|lta] [--tsa URL]
                  [--field NAME] [MARK] [--reason R] [--location L] [--certify 1|2|3]
        tera sign IN.pdf -o OUT.pdf --pkcs11 URI --pin-file F --cert CHAIN.pem ...
        tera sign --batch JOBS.jsonl --p12 KEY.p12 --passphrase-file F ...

          --pkcs11   the key in a token by its PKCS#11 URI, pkcs11:token=T;object=KEY, through the module in PKCS11_MODULE_PATH;
                     --cert has its certificate and those of its issuers
          --rsa      how an RSA key signs: pkcs1-sha256 (when left out), -sha384, -sha512, pss-sha256, -sha384, -sha512
          --level    b: PAdES-B-B; t: PAdES-B-T with a time stamp from --tsa; lt: and chains, OCSP responses and CRLs in the file;
                     lta: and a document time stamp over all that. b when left out
          --trust    for lt and lta: certificates where chains may end, and others that lie in chains
          --offline  for lt and lta: fetch nothing; only --tsa is asked
          --field    the signature field; a new one when the file has none of that name
          --certify  certify, and permit no changes (1), forms (2), forms and annotations (3)
          --password-file F  the password of encrypted input files, the first line of F; the output is encrypted likewise
          --batch    a line in: {"in","out"}; a line out: {"in","out","ok","error"}; "-" reads standard input

        MARK: where a new field lies, and what it shows
          --rect x,y,w,h    on the page, in points; --page N (1 is the first, -1 the last) or --pages 1,3-5,-1 or all:
                            the field lies on the first of them, and on the others its mark is shown as a stamp
          --origin          bottom-left (when left out) or top-left of the page as it is shown; user-space: as the file counts
          --tag TEXT        at a text on the pages, such as '#'; the mark covers it, as signing takes nothing away
          --tag-size w,h    in points; the text's own box when left out   --tag-at 1|2|...|last|all  which occurrence
          --tag-anchor      top-left, bottom-left or center of the text   --tag-offset x,y  moved to the right and upwards
          --image FILE      PNG or JPEG     --qr TEXT  a QR code     --text TEXT  lines, divided by \n
          --font FILE       TrueType or OpenType, embedded; outlines when left out
          --layout          left, above or behind: the picture beside, above or behind the text     --align left|center|right
          --background      #RRGGBB or none; white with --tag        --border  #RRGGBB or none

        Exit 0: all is signed; 1: a file may not be signed; 2: a file or the call is unusable. An output file is whole or not there.
        """;

    private static readonly string[] Options =
        ["-o", .. SigningKey.Options, .. LevelOptions.Options, "--field", .. VisibleMark.Options, "--reason", "--location", "--certify", "--password-file", "--batch"];

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Arguments.Read(args, Options, ["--offline", "--json", "--help", "-h"]);
        if (words.Has("--help") || words.Has("-h"))
        {
            await output.WriteLineAsync(Usage);
            return 0;
        }
        using var job = SignJob.Open(words);
        if (words.Find("--batch") is { } batch)
            return await BatchAsync(job, batch, output, error, cancellation);
        if (words.Rest.Count != 1)
            throw new UsageException(words.Rest.Count == 0 ? "no input file is named" : "one input file at a time; --batch takes many");
        var (input, destination) = (words.Rest[0], words.Require("-o"));
        var outcome = await job.SignAsync(input, destination, cancellation);
        if (words.Has("--json"))
            await output.WriteLineAsync(Line(input, destination, outcome));
        if (outcome.Error is { } wrong)
            await error.WriteLineAsync($"tera sign: {input}: {wrong}");
        return outcome.ExitCode;
    }

    private static async Task<int> BatchAsync(SignJob job, string file, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (job.HasOutput)
            throw new UsageException("-o does not go with --batch: each line names its output");
        var worst = 0;
        try
        {
            using var lines = file == "-" ? Console.In : new StreamReader(file);
            for (var number = 1; await lines.ReadLineAsync(cancellation) is { } line; number++)
            {
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                var (input, destination) = Read(line);
                var outcome = input is null || destination is null
                    ? new FileOutcome(2, $"line {number.ToString(CultureInfo.InvariantCulture)} is not {{\"in\",\"out\"}}")
                    : await job.SignAsync(input, destination, cancellation);
                worst = Math.Max(worst, outcome.ExitCode);
                await output.WriteLineAsync(Line(input, destination, outcome));
                await output.FlushAsync(cancellation);
            }
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"tera sign: {file}: {unusable.Message}");
            return 2;
        }
        // A batch has answered for each of its lines; that some were refused is one "no".
        return worst == 0 ? 0 : 1;
    }

    private static (string? In, string? Out) Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object ? (Text(json.RootElement, "in"), Text(json.RootElement, "out")) : (null, null);
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Line(string? input, string? destination, FileOutcome outcome) =>
        JsonSerializer.Serialize(new { @in = input, @out = destination, ok = outcome.Error is null, error = outcome.Error });
}
