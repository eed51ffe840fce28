using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>What a call of a verb needs, in a folder that lives as long as a test: in.pdf, a key with its passphrase, its root.</summary>
internal sealed class VerbFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tera-verbs");

    public VerbFolder()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Sari Uji Coba, C=ID", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllBytes(At("key.p12"), certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "rahasia"));
        File.WriteAllText(At("pass"), "rahasia\n");
        File.WriteAllText(At("wrong"), "salah\n");
        File.WriteAllText(At("roots.pem"), certificate.ExportCertificatePem());
        File.WriteAllBytes(At("in.pdf"), Page());
    }

    /// <summary>Set for the processes that are started.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public int Count => _folder.GetFiles().Length;

    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs the product's command.</summary>
    public int Tera(out string output, out string error, params string[] words) =>
        Run("dotnet", out output, out error, [Path.Combine(AppContext.BaseDirectory, "tera.dll"), .. words]);

    public int Run(string program, out string output, out string error, params string[] words)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        foreach (var word in words)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd();
        error = errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Page()
    {
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>>>", "<</Length 24>>\nstream\n0.5 g 72 700 200 50 re f\nendstream",
        ];
        var text = new StringBuilder("%PDF-1.7\n");
        var xref = new StringBuilder("xref\n0 5\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            xref.Append(CultureInfo.InvariantCulture, $"{text.Length:D10} 00000 n \n");
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var at = text.Length;
        return Encoding.ASCII.GetBytes(text.Append(xref).Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").ToString());
    }
}
