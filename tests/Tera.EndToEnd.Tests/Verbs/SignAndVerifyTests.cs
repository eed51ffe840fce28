using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>`tera sign`, `tera verify` and `tera path` as somebody at a shell meets them.</summary>
public sealed class SignAndVerifyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tera-verbs");

    public SignAndVerifyTests()
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

    [Fact]
    public void A_signed_file_passes_under_its_root_and_is_indeterminate_without()
    {
        Assert.Equal(0, Tera(out _, out var error, "sign", At("in.pdf"), "-o", At("out.pdf"), "--p12", At("key.p12"), "--passphrase-file", At("pass"), "--field", "Bupati", "--reason", "Uji", "--page", "1", "--rect", "50,50,150,60"));
        Assert.Equal("", error);
        Assert.Equal(0, Tera(out var trusted, out _, "verify", At("out.pdf"), "--trust", At("roots.pem"), "--offline", "--json"));
        Assert.Equal(1, Tera(out var unknown, out _, "verify", At("out.pdf"), "--json"));
        using var json = JsonDocument.Parse(trusted);
        var file = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("TOTAL_PASSED", file.GetProperty("verdict").GetString());
        var signature = Assert.Single(file.GetProperty("signatures").EnumerateArray());
        foreach (var name in (string[])["field", "subFilter", "level", "indication", "subIndication", "signer", "signedAt", "intact", "coversWholeRevision", "changesAfter", "changes"])
            Assert.True(signature.TryGetProperty(name, out _), name);
        Assert.Equal("Bupati", signature.GetProperty("field").GetString());
        Assert.Equal(JsonValueKind.Array, file.GetProperty("timestamps").ValueKind);
        Assert.Contains("NO_CERTIFICATE_CHAIN_FOUND", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_fails_and_what_is_no_pdf_is_unusable()
    {
        Tera(out _, out _, "sign", At("in.pdf"), "-o", At("out.pdf"), "--p12", At("key.p12"), "--passphrase-file", At("pass"));
        var bytes = File.ReadAllBytes(At("out.pdf"));
        bytes[bytes.AsSpan().IndexOf("72 700"u8)] = (byte)'8';
        File.WriteAllBytes(At("changed.pdf"), bytes);
        Assert.Equal(1, Tera(out var said, out _, "verify", At("changed.pdf"), "--trust", At("roots.pem"), "--json"));
        Assert.Contains("HASH_FAILURE", said, StringComparison.Ordinal);

        Assert.Equal(1, Tera(out said, out _, "verify", At("in.pdf"), "--json"));
        Assert.Contains("NO_SIGNATURE", said, StringComparison.Ordinal);

        Assert.Equal(2, Tera(out said, out var error, "verify", At("pass"), "--json"));
        Assert.Contains("UNREADABLE", said, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(2, Tera(out _, out error, "verify", "--json"));
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void A_wrong_passphrase_leaves_nothing_behind_and_is_not_told()
    {
        var before = _folder.GetFiles().Length;
        Assert.Equal(2, Tera(out _, out var error, "sign", At("in.pdf"), "-o", At("out.pdf"), "--p12", At("key.p12"), "--passphrase-file", At("wrong")));
        Assert.DoesNotContain("salah", error, StringComparison.Ordinal);
        Assert.Equal(2, Tera(out _, out error, "sign", At("pass"), "-o", At("out.pdf"), "--p12", At("key.p12"), "--passphrase-file", At("pass")));
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(before, _folder.GetFiles().Length);
    }

    [Fact]
    public void A_batch_answers_for_each_line()
    {
        File.WriteAllLines(At("jobs.jsonl"),
        [
            JsonSerializer.Serialize(new { @in = At("in.pdf"), @out = At("1.pdf") }),
            JsonSerializer.Serialize(new { @in = At("none.pdf"), @out = At("2.pdf") }),
            "not json",
            JsonSerializer.Serialize(new { @in = At("in.pdf"), @out = At("3.pdf") }),
        ]);
        Assert.Equal(1, Tera(out var said, out _, "sign", "--batch", At("jobs.jsonl"), "--p12", At("key.p12"), "--passphrase-file", At("pass")));
        var answers = said.Trim().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal([true, false, false, true], answers);
        Assert.False(File.Exists(At("2.pdf")));
        Assert.Equal(0, Tera(out _, out _, "verify", At("1.pdf"), At("3.pdf"), "--trust", At("roots.pem")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static int Tera(out string output, out string error, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tera.dll"));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd();
        error = errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode;
    }

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
