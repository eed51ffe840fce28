using System.Text.Json;

namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>`tera sign`, `tera verify` and `tera path` as somebody at a shell meets them.</summary>
public sealed class SignAndVerifyTests : IDisposable
{
    private readonly VerbFolder _verbs = new();

    public void Dispose() => _verbs.Dispose();

    [Fact]
    public void A_signed_file_passes_under_its_root_and_is_indeterminate_without()
    {
        Assert.Equal(0, _verbs.Tera(out _, out var error, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"), "--field", "Bupati", "--reason", "Uji", "--page", "1", "--rect", "50,50,150,60"));
        Assert.Equal("", error);
        Assert.Equal(0, _verbs.Tera(out var trusted, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("roots.pem"), "--offline", "--json"));
        Assert.Equal(1, _verbs.Tera(out var unknown, out _, "verify", _verbs.At("out.pdf"), "--json"));
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
        _verbs.Tera(out _, out _, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass"));
        var bytes = File.ReadAllBytes(_verbs.At("out.pdf"));
        bytes[bytes.AsSpan().IndexOf("72 700"u8)] = (byte)'8';
        File.WriteAllBytes(_verbs.At("changed.pdf"), bytes);
        Assert.Equal(1, _verbs.Tera(out var said, out _, "verify", _verbs.At("changed.pdf"), "--trust", _verbs.At("roots.pem"), "--json"));
        Assert.Contains("HASH_FAILURE", said, StringComparison.Ordinal);

        Assert.Equal(1, _verbs.Tera(out said, out _, "verify", _verbs.At("in.pdf"), "--json"));
        Assert.Contains("NO_SIGNATURE", said, StringComparison.Ordinal);

        Assert.Equal(2, _verbs.Tera(out said, out var error, "verify", _verbs.At("pass"), "--json"));
        Assert.Contains("UNREADABLE", said, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(2, _verbs.Tera(out _, out error, "verify", "--json"));
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void A_wrong_passphrase_leaves_nothing_behind_and_is_not_told()
    {
        var before = _verbs.Count;
        Assert.Equal(2, _verbs.Tera(out _, out var error, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("wrong")));
        Assert.DoesNotContain("salah", error, StringComparison.Ordinal);
        Assert.Equal(2, _verbs.Tera(out _, out error, "sign", _verbs.At("pass"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass")));
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(before, _verbs.Count);
    }

    [Fact]
    public void A_batch_answers_for_each_line()
    {
        File.WriteAllLines(_verbs.At("jobs.jsonl"),
        [
            JsonSerializer.Serialize(new { @in = _verbs.At("in.pdf"), @out = _verbs.At("1.pdf") }),
            JsonSerializer.Serialize(new { @in = _verbs.At("none.pdf"), @out = _verbs.At("2.pdf") }),
            "not json",
            JsonSerializer.Serialize(new { @in = _verbs.At("in.pdf"), @out = _verbs.At("3.pdf") }),
        ]);
        Assert.Equal(1, _verbs.Tera(out var said, out _, "sign", "--batch", _verbs.At("jobs.jsonl"), "--p12", _verbs.At("key.p12"), "--passphrase-file", _verbs.At("pass")));
        var answers = said.Trim().Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal([true, false, false, true], answers);
        Assert.False(File.Exists(_verbs.At("2.pdf")));
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("1.pdf"), _verbs.At("3.pdf"), "--trust", _verbs.At("roots.pem")));
    }
}
