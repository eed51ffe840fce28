using System.Diagnostics;

namespace Tera.Pades.Tests.Signing;

/// <summary>The opinion of programs that are not ours.</summary>
internal static class ForeignTools
{
    /// <summary>qpdf's exit code: 0 sound, 3 warnings, 2 unusable.</summary>
    public static int QpdfCheck(string path, out string message)
    {
        var code = Run("qpdf", ["--check", path], out var output);
        message = output;
        return code;
    }

    /// <summary>What pdfsig says of each signature; without looking at certificates, which none of its stores knows.</summary>
    public static string Pdfsig(string path)
    {
        Run("pdfsig", ["-nocert", path], out var output);
        return output;
    }

    public static int ValidSignatures(string path)
    {
        var text = Pdfsig(path);
        return text.Split("Signature Validation: Signature is Valid.").Length - 1;
    }

    public static int Run(string program, string[] arguments, out string output)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var said = process.StandardOutput.ReadToEndAsync();
            // poppler goes round in circles in some damaged forms; that is no opinion of ours.
            if (!process.WaitForExit(TimeSpan.FromSeconds(15)))
            {
                process.Kill();
                process.WaitForExit();
            }
            output = said.Result + error.Result;
            return process.ExitCode;
        }
    }
}
