using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tera.Pki.Tests.Keys;

/// <summary>A SoftHSM token of its own in a folder, with keys made by OpenSSL.</summary>
internal sealed partial class SoftHsm : IDisposable
{
    public const string Pin = "sandi+1234&?";

    private readonly TemporaryFolder _folder = new();

    public SoftHsm()
    {
        Directory.CreateDirectory(_folder.Path("tokens"));
        var configuration = _folder.Write("softhsm2.conf", System.Text.Encoding.UTF8.GetBytes($"directories.tokendir = {_folder.Path("tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n"));
        // The engine reads the environment that the process began with; the runtime's own copy would not reach it.
        _ = setenv("SOFTHSM2_CONF", configuration, 1);
        _ = setenv("PKCS11_MODULE_PATH", "/usr/lib/softhsm/libsofthsm2.so", 1);
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", configuration);
        Run("--init-token", "--free", "--label", "tera", "--so-pin", "12345678", "--pin", Pin);
    }

    /// <summary>Makes a key with OpenSSL and puts it into the token.</summary>
    public void Import(string label, string id, params string[] genpkey)
    {
        var key = _folder.Path(label + ".pem");
        OpenSsl.Run(["genpkey", .. genpkey, "-out", key]).MustSucceed();
        Run("--import", key, "--token", "tera", "--label", label, "--id", id, "--pin", Pin);
    }

    public void Dispose() => _folder.Dispose();

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("softhsm2-util", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
