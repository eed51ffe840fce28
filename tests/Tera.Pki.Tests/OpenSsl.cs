using System.Diagnostics;

namespace Tera.Pki.Tests;

/// <summary>The foreign opinion: runs the openssl of the machine.</summary>
internal static class OpenSsl
{
    internal static Outcome Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("openssl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output + error.Result);
    }

    internal sealed record Outcome(int ExitCode, string Output)
    {
        internal Outcome MustSucceed()
        {
            Assert.True(ExitCode == 0, Output);
            return this;
        }
    }
}
