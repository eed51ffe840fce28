using Tera.Door.Demo;
using Tera.Door.Serve;
using Tera.Door.Sop;

namespace Tera.Door;

/// <summary>The verbs of the command line. Exit codes: 0 success, 1 the answer is no, 2 the call or the input is unusable.</summary>
internal static class Verbs
{
    private const string Usage = """
        tera [serve]             serve office and authority on http://127.0.0.1:8080 with embedded defaults
        tera office|authority    serve one of the two
        tera demo                run the procedures from end to end on real input without a person
        tera sign IN -o OUT      sign a PDF with a key of your own (PAdES)
        tera extend IN -o OUT    bring its signatures to B-T, B-LT or B-LTA
        tera verify FILE...      check the signatures of PDF files
        tera baseline FILE...    hold signatures to the checklist of the PAdES baseline levels
        tera path --batch FILE   validate certificate paths
        tera sop lint|render|simulate FILE

        tera VERB --help says more.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string verb = args.Length == 0 || args[0].StartsWith('-') && args[0] is not ("--help" or "-h") ? "serve" : args[0];
        string[] rest = verb == "serve" && (args.Length == 0 || args[0] != "serve") ? args : args[1..];
        try
        {
            switch (verb)
            {
                case "help" or "--help" or "-h":
                    await output.WriteLineAsync(Usage);
                    return 0;
                case "sign":
                    return await Sign.SignCommand.RunAsync(rest, output, error, cancellation);
                case "extend":
                    return await Extend.ExtendCommand.RunAsync(rest, output, error, cancellation);
                case "verify":
                    return await Verify.VerifyCommand.RunAsync(rest, output, error, cancellation);
                case "baseline":
                    return await Baseline.BaselineCommand.RunAsync(rest, output, error, cancellation);
                case "path":
                    return await Paths.PathCommand.RunAsync(rest, output, error, cancellation);
                case "serve" or "office" or "authority":
                    return await ServeCommand.RunAsync(verb, rest, output, cancellation);
                case "demo":
                    return await DemoCommand.RunAsync(rest, output, error, cancellation);
                case "sop":
                    return await SopCommand.RunAsync(rest, output, error);
                default:
                    await error.WriteLineAsync($"tera: unknown verb '{verb}'; tera --help lists them");
                    return 2;
            }
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync($"tera {verb}: {wrong.Message}");
            return 2;
        }
    }
}

/// <summary>The call is unusable: one line says what and where.</summary>
internal sealed class UsageException(string message) : Exception(message);
