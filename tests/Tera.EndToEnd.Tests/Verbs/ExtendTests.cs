using System.Text.Json;
using Tera.EndToEnd.Product;

namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>`tera sign --level` and `tera extend` against a running authority.</summary>
public sealed class ExtendTests : IAsyncLifetime
{
    private readonly VerbFolder _verbs = new();
    private TeraProcess? _authority;

    private string Tsa => new Uri(_authority!.Url, "tsa").ToString();

    public async ValueTask InitializeAsync() =>
        _authority = await TeraProcess.StartVerbAsync("authority", Directory.CreateTempSubdirectory("tera-e2e-").FullName);

    public async ValueTask DisposeAsync()
    {
        await _authority!.DisposeAsync();
        _verbs.Dispose();
    }

    [Fact]
    public void A_file_is_signed_at_lta_renewed_and_raised_step_by_step()
    {
        Run(0, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("lta.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--level", "lta", "--tsa", Tsa);
        Assert.Equal(("PAdES-B-LTA", 2), LevelOf("lta.pdf"));
        Run(0, "extend", _verbs.At("lta.pdf"), "-o", _verbs.At("renewed.pdf"), "--level", "lta", "--tsa", Tsa);
        Assert.Equal(("PAdES-B-LTA", 3), LevelOf("renewed.pdf"));

        Run(0, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("b.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--certify", "1");
        Run(0, "extend", _verbs.At("b.pdf"), "-o", _verbs.At("b-t.pdf"), "--level", "t", "--tsa", Tsa);
        Assert.Equal(("PAdES-B-T", 1), LevelOf("b-t.pdf"));
        Run(0, "extend", _verbs.At("b-t.pdf"), "-o", _verbs.At("b-lt.pdf"), "--level", "lt");
        Assert.Equal(("PAdES-B-LT", 1), LevelOf("b-lt.pdf"));
        Run(0, "extend", _verbs.At("b-lt.pdf"), "-o", _verbs.At("b-lta.pdf"), "--level", "lta", "--tsa", Tsa);
        Assert.Equal(("PAdES-B-LTA", 2), LevelOf("b-lta.pdf"));
        foreach (var file in (string[])["lta.pdf", "renewed.pdf", "b-t.pdf", "b-lt.pdf", "b-lta.pdf"])
            Assert.Equal(0, _verbs.Run("qpdf", out _, out _, "--check", _verbs.At(file)));
    }

    [Fact]
    public void The_checklist_tells_the_level_and_the_lines_that_are_not_kept()
    {
        Run(0, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("lt.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--level", "lt", "--tsa", Tsa);
        Assert.Equal(0, _verbs.Tera(out var said, out _, "baseline", _verbs.At("lt.pdf"), "--level", "lt", "--json"));
        using (var json = JsonDocument.Parse(said))
        {
            var signature = json.RootElement[0].GetProperty("signatures")[0];
            Assert.Equal("PAdES-B-LT", signature.GetProperty("level").GetString());
            Assert.Equal(
                ["lta.time-stamp", "lta.covers"],
                signature.GetProperty("requirements").EnumerateArray().Where(r => !r.GetProperty("holds").GetBoolean()).Select(r => r.GetProperty("id").GetString()));
        }
        Assert.Equal(1, _verbs.Tera(out said, out _, "baseline", _verbs.At("lt.pdf"), "--level", "lta"));
        Assert.Contains("lta.time-stamp", said, StringComparison.Ordinal);
        Assert.Equal(1, _verbs.Tera(out _, out _, "baseline", _verbs.At("in.pdf")));
        Run(2, "baseline", _verbs.At("pass"));
        Run(2, "baseline", _verbs.At("lt.pdf"), "--level", "9");
        Run(2, "baseline");
    }

    [Fact]
    public void What_is_not_to_be_had_is_named_and_no_file_is_left()
    {
        Run(0, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("t.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--level", "t", "--tsa", Tsa);
        var before = _verbs.Count;
        Assert.Contains("127.0.0.1", Run(1, "extend", _verbs.At("t.pdf"), "-o", _verbs.At("no.pdf"), "--level", "lta", "--tsa", "http://127.0.0.1:1/tsa"), StringComparison.Ordinal);
        Assert.Contains("forbidden", Run(1, "extend", _verbs.At("t.pdf"), "-o", _verbs.At("no.pdf"), "--level", "lt", "--offline"), StringComparison.Ordinal);
        Run(1, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("no.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--level", "lta", "--tsa", Tsa, "--offline");
        Run(2, "extend", _verbs.At("in.pdf"), "-o", _verbs.At("no.pdf"), "--level", "t", "--tsa", Tsa);
        Run(2, "extend", _verbs.At("t.pdf"), "-o", _verbs.At("no.pdf"), "--level", "lta");
        Run(2, "extend", _verbs.At("pass"), "-o", _verbs.At("no.pdf"), "--level", "t", "--tsa", Tsa);
        Run(2, "extend", _verbs.At("t.pdf"), "-o", _verbs.At("no.pdf"), "--level", "b", "--tsa", Tsa);
        Run(2, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("no.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--level", "lt");
        Assert.Equal(before, _verbs.Count);
    }

    private string Run(int expected, params string[] words)
    {
        var code = _verbs.Tera(out _, out var error, words);
        Assert.True(code == expected, $"{string.Join(' ', words)}: {code}; {error}");
        Assert.True(expected == 0 ? error.Length == 0 : error.Trim().Split('\n').Length == 1, error);
        return error;
    }

    private (string? Level, int TimeStamps) LevelOf(string name)
    {
        Assert.Equal(0, _verbs.Tera(out var said, out _, "verify", _verbs.At(name), "--trust", _verbs.At("roots.pem"), "--offline", "--json"));
        using var json = JsonDocument.Parse(said);
        var file = json.RootElement[0];
        return (file.GetProperty("signatures")[0].GetProperty("level").GetString(), file.GetProperty("timestamps").GetArrayLength());
    }
}
