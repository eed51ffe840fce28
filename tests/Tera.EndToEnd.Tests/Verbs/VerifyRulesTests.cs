using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tera.EndToEnd.Tests.Verbs;

/// <summary>`tera verify` with its rules in a file, its facts kept, its report in XML, and the network allowed or forbidden.</summary>
public sealed class VerifyRulesTests : IDisposable
{
    private readonly VerbFolder _verbs = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public VerifyRulesTests()
    {
        _server.Start();
        Sign();
    }

    public void Dispose()
    {
        _server.Dispose();
        _verbs.Dispose();
    }

    [Fact]
    public void Offline_asks_nobody_and_without_it_the_addresses_in_certificates_are_asked()
    {
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("akar.pem"), "--offline"));
        Assert.False(_server.Pending());
        // Facts are judged as they were kept.
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("akar.pem"), "--offline", "--evidence-out", _verbs.At("out.facts.json")));
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", "--evidence", _verbs.At("out.facts.json"), "--trust", _verbs.At("akar.pem")));
        Assert.False(_server.Pending());
        // Nobody answers, and the verdict comes all the same.
        Assert.Equal(0, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("akar.pem")));
        Assert.True(_server.Pending());
    }

    [Fact]
    public void Rules_come_from_a_file_and_a_wrong_one_is_unusable()
    {
        File.WriteAllText(_verbs.At("policy.json"), """{"trustAnchors":["akar.pem"],"requireRevocation":true}""");
        Assert.Equal(1, _verbs.Tera(out var said, out _, "verify", _verbs.At("out.pdf"), "--policy", _verbs.At("policy.json"), "--offline", "--json"));
        Assert.Contains("TRY_LATER", said, StringComparison.Ordinal);
        File.WriteAllText(_verbs.At("policy.json"), """{"trustAnchor":["akar.pem"]}""");
        Assert.Equal(2, _verbs.Tera(out _, out var error, "verify", _verbs.At("out.pdf"), "--policy", _verbs.At("policy.json"), "--offline"));
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public void The_etsi_report_goes_where_it_is_wanted()
    {
        Assert.Equal(0, _verbs.Tera(out var xml, out _, "verify", _verbs.At("out.pdf"), "--trust", _verbs.At("akar.pem"), "--offline", "--xml", "-"));
        Assert.StartsWith("<?xml", xml, StringComparison.Ordinal);
        Assert.Contains("urn:etsi:019102:mainindication:total-passed", xml, StringComparison.Ordinal);
        Assert.Equal(2, _verbs.Tera(out _, out _, "verify", _verbs.At("out.pdf"), _verbs.At("in.pdf"), "--offline", "--xml", "-"));
    }

    private void Sign()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Akar Uji", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-2), now.AddYears(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Sari Uji Coba", key, HashAlgorithmName.SHA256);
        var address = $"http://127.0.0.1:{((IPEndPoint)_server.LocalEndpoint).Port}";
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([$"{address}/ocsp"], [$"{address}/akar.cer"]));
        using var leaf = request.Create(root, now.AddDays(-1), now.AddYears(1), [7, 7, 7]);
        using var identity = leaf.CopyWithPrivateKey(key);
        File.WriteAllBytes(_verbs.At("sari.p12"), identity.Export(X509ContentType.Pfx, File.ReadAllText(_verbs.At("pass")).Trim()));
        File.WriteAllText(_verbs.At("akar.pem"), root.ExportCertificatePem());
        Assert.Equal(0, _verbs.Tera(out _, out var error, "sign", _verbs.At("in.pdf"), "-o", _verbs.At("out.pdf"), "--p12", _verbs.At("sari.p12"), "--passphrase-file", _verbs.At("pass")));
        Assert.Equal("", error);
    }
}
