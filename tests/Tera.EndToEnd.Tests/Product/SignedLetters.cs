using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tera.EndToEnd.Product;

/// <summary>Opinions on the demo's signed letters: foreign programs', the command line's, the running product's.</summary>
internal static partial class SignedLetters
{
    /// <summary>Lamandau: the head's signature. Purwakarta: three paraf as signatures, then the head's.</summary>
    public static readonly IReadOnlyDictionary<string, int> Signatures = new Dictionary<string, int>
    {
        ["lamandau-undangan-rapat-koordinasi.pdf"] = 1,
        ["purwakarta-permintaan-data.pdf"] = 4,
    };

    /// <param name="product">Runs on the authority's data that signed them.</param>
    /// <param name="authority">Where its root is published.</param>
    public static async Task AssertHoldAsync(TeraProcess product, TeraProcess authority, string folder)
    {
        string root = Path.Combine(folder, "root.cer");
        await File.WriteAllBytesAsync(root, await authority.DownloadAsync("ca/root.cer"));
        Assert.Equal(Signatures.Keys.Order(), Directory.GetFiles(folder, "*.pdf").Select(f => Path.GetFileName(f)!).Order());
        foreach ((string name, int signatures) in Signatures)
        {
            string file = Path.Combine(folder, name);
            await AssertForeignToolsAgreeAsync(file, signatures);
            Assert.Equal((0, "TOTAL_PASSED"), await VerifyAsync(file, root));
            Assert.Equal("genuine", await AskAsync(product, await File.ReadAllBytesAsync(file)));
            await AssertChangedByteIsRefusedAsync(product, file, root);
        }
    }

    private static async Task AssertForeignToolsAgreeAsync(string file, int signatures)
    {
        // -nocert: the signature's own mathematics. An -nssdir without a database would end in "Unknown Validation Failure".
        (int code, string said) = await ForeignTool.RunAsync("pdfsig", "-nocert", file);
        Assert.True(code == 0, said);
        Assert.Equal(Enumerable.Repeat("Signature is Valid.", signatures), Validation().Matches(said).Select(m => m.Groups["says"].Value.Trim()));
        (code, said) = await ForeignTool.RunAsync("qpdf", "--check", file);
        Assert.True(code == 0, said);
    }

    /// <summary>A byte in the middle of a stream that the first signature covers.</summary>
    private static async Task AssertChangedByteIsRefusedAsync(TeraProcess product, string file, string root)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int stream = bytes.AsSpan().IndexOf("stream\r\n"u8) is var crlf and >= 0 ? crlf : bytes.AsSpan().IndexOf("stream\n"u8);
        Assert.InRange(stream, 0, bytes.Length - 60);
        bytes[stream + 40] ^= 1;
        string changed = file + ".changed";
        await File.WriteAllBytesAsync(changed, bytes);
        Assert.Equal((1, "TOTAL_FAILED"), await VerifyAsync(changed, root));
        Assert.Equal("changed", await AskAsync(product, bytes));
        File.Delete(changed);
    }

    private static async Task<(int Code, string? Verdict)> VerifyAsync(string file, string root)
    {
        (int code, string text, string error) = await TeraProcess.RunAsync(TimeSpan.FromMinutes(1), "verify", "--trust", root, "--json", file);
        Assert.True(text.Length > 0, error);
        using JsonDocument verdicts = JsonDocument.Parse(text);
        return (code, Assert.Single(verdicts.RootElement.EnumerateArray()).GetProperty("verdict").GetString());
    }

    private static async Task<string?> AskAsync(TeraProcess product, byte[] pdf)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        using var content = new ByteArrayContent(pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        using HttpResponseMessage answer = await http.PostAsync(new Uri(product.Url, "api/v1/verify"), content);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        using JsonDocument page = JsonDocument.Parse(body);
        return page.RootElement.GetProperty("verdict").GetString();
    }

    [GeneratedRegex(@"Signature Validation:(?<says>[^\n]*)")]
    private static partial Regex Validation();
}
