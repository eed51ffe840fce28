namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>`tera sign` with the kinds of keys that people have; made by openssl, kept by SoftHSM.</summary>
public sealed class SigningKeyTests : IDisposable
{
    private const string Pin = "sandi+1234&?";

    private readonly VerbFolder _verbs = new();

    public void Dispose() => _verbs.Dispose();

    [Fact]
    public void An_Ed25519_key_signs()
    {
        OpenSsl("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", _verbs.At("k.pem"), "-out", _verbs.At("c.pem"), "-subj", "/CN=Sari Uji Coba/C=ID", "-days", "2");
        OpenSsl("pkcs12", "-export", "-inkey", _verbs.At("k.pem"), "-in", _verbs.At("c.pem"), "-out", _verbs.At("ed.p12"), "-passout", "pass:rahasia");

        Assert.Equal(0, _verbs.Tera(out _, out var error, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("ed.p12"), "--passphrase-file", _verbs.At("pass")));
        Assert.Equal("", error);
        Assert.Equal(0, _verbs.Tera(out _, out error, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("c.pem"), "--offline"));
    }

    [Fact]
    public void An_RSA_key_signs_with_PSS_where_asked_to()
    {
        OpenSsl("req", "-x509", "-newkey", "rsa:3072", "-nodes", "-keyout", _verbs.At("k.pem"), "-out", _verbs.At("c.pem"), "-subj", "/CN=Sari Uji Coba/C=ID", "-days", "2");
        OpenSsl("pkcs12", "-export", "-inkey", _verbs.At("k.pem"), "-in", _verbs.At("c.pem"), "-out", _verbs.At("rsa.p12"), "-passout", "pass:rahasia");
        string[] call = ["sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("rsa.p12"), "--passphrase-file", _verbs.At("pass")];

        Assert.Equal(0, _verbs.Tera(out _, out _, [.. call, "--rsa", "pss-sha512"]));
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("c.pem"), "--offline"));
        Assert.True(File.ReadAllText(_verbs.At("out.pdf"), System.Text.Encoding.Latin1).Contains("06092a864886f70d01010a", StringComparison.Ordinal), "no RSASSA-PSS in the signature");
        Assert.Equal(2, _verbs.Tera(out _, out var error, [.. call, "--rsa", "pkcs1-sha1"]));
        Assert.Contains("pkcs1-sha256", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_a_token_signs_and_nobody_hears_its_PIN()
    {
        Directory.CreateDirectory(_verbs.At("tokens"));
        File.WriteAllText(_verbs.At("softhsm2.conf"), $"directories.tokendir = {_verbs.At("tokens")}\nlog.level = ERROR\n");
        File.WriteAllText(_verbs.At("pin"), Pin + "\n");
        _verbs.Environment["SOFTHSM2_CONF"] = _verbs.At("softhsm2.conf");
        _verbs.Environment["PKCS11_MODULE_PATH"] = "/usr/lib/softhsm/libsofthsm2.so";
        OpenSsl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", _verbs.At("k.pem"), "-out", _verbs.At("c.pem"), "-subj", "/CN=Sari Uji Coba/C=ID", "-days", "2");
        OpenSsl("pkcs8", "-topk8", "-nocrypt", "-in", _verbs.At("k.pem"), "-out", _verbs.At("k8.pem"));
        SoftHsm("--init-token", "--free", "--label", "tera", "--so-pin", "12345678", "--pin", Pin);
        SoftHsm("--import", _verbs.At("k8.pem"), "--token", "tera", "--label", "kepala", "--id", "01", "--pin", Pin);
        string[] call = ["sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--pkcs11", "pkcs11:token=tera;object=kepala", "--cert", _verbs.At("c.pem"), "--pin-file"];

        Assert.True(_verbs.Tera(out _, out var error, [.. call, _verbs.At("pin")]) == 0, error);
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("c.pem"), "--offline"));

        File.Delete(_verbs.At("out.pdf"));
        Assert.Equal(2, _verbs.Tera(out _, out error, [.. call, _verbs.At("wrong")]));
        Assert.DoesNotContain("salah", error, StringComparison.Ordinal);
        Assert.Contains("PKCS11_MODULE_PATH", error, StringComparison.Ordinal);
        Assert.Equal(2, _verbs.Tera(out _, out error, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--pkcs11", "pkcs11:token=tera;object=kepala", "--cert", _verbs.At("roots.pem"), "--pin-file", _verbs.At("pin")));
        Assert.Contains("no certificate there belongs to the key", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_verbs.At("out.pdf")));
    }

    private void OpenSsl(params string[] words) => Succeed("openssl", words);

    private void SoftHsm(params string[] words) => Succeed("softhsm2-util", words);

    private void Succeed(string program, string[] words) =>
        Assert.True(_verbs.Run(program, out var output, out var error, words) == 0, output + error);
}
