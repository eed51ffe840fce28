using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Certificates;
using Tera.Pki.Profiles;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Tests.Revocation;

public sealed class OcspTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly Known _known = new();
    private readonly OcspResponder _responder;

    public OcspTests()
    {
        var key = _authority.Key();
        var certificate = TestAuthority.Issue(_authority.Issuer.Prepare(TestAuthority.Request(
            BuiltInProfiles.Ocsp, key, DateTimeOffset.UtcNow.AddDays(-1), ("C", "ID"), ("O", "Contoh"), ("CN", "Penjawab OCSP"))));
        _responder = new OcspResponder(key, certificate, _authority.Issuing, _known, TimeProvider.System);
    }

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("-sha1")]
    [InlineData("-sha256")]
    public async Task Openssl_asks_for_several_certificates_and_believes_the_answer(string hash)
    {
        using var folder = new TemporaryFolder();
        var (good, bad) = (_authority.Person(), _authority.Person());
        _known.Add(good.SerialNumber, new CertificateStatus.Good());
        _known.Add(bad.SerialNumber, new CertificateStatus.Revoked(DateTimeOffset.UtcNow.AddHours(-1), RevocationReason.KeyCompromise));
        var (root, issuing, query) = (Pem(folder, "root.pem", _authority.Root), Pem(folder, "ica.pem", _authority.Issuing), folder.Path("q.der"));
        string[] asked = [hash, "-issuer", issuing, "-cert", Pem(folder, "good.pem", good), hash, "-cert", Pem(folder, "bad.pem", bad), hash, "-serial", "0x1234"];
        OpenSsl.Run(["ocsp", .. asked, "-reqout", query]).MustSucceed();

        var answer = await _responder.RespondAsync(File.ReadAllBytes(query), CancellationToken.None);
        Assert.Null(answer.CacheUntil);
        // -respin with the same request: openssl compares the nonce in it as it would over HTTP; -no_nonce keeps it from adding another.
        var text = OpenSsl.Run(["ocsp", "-respin", folder.Write("r.der", answer.Body), "-reqin", query, "-no_nonce", "-CAfile", root, "-verify_other", issuing, .. asked]).MustSucceed().Output;
        Assert.Contains("Response verify OK", text, StringComparison.Ordinal);
        Assert.Contains("good.pem: good", text, StringComparison.Ordinal);
        Assert.Contains("bad.pem: revoked", text, StringComparison.Ordinal);
        Assert.Contains("keyCompromise", text, StringComparison.Ordinal);
        Assert.Contains("0x1234: unknown", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_a_nonce_may_be_cached_and_one_with_a_nonce_repeats_it()
    {
        var person = _authority.Person();
        _known.Add(person.SerialNumber, new CertificateStatus.Good());
        var plain = await Ask(OcspRequest.Create(person.SerialNumber, _authority.Issuing, HashAlgorithmName.SHA256));
        Assert.NotNull(plain.Answer.CacheUntil);
        Assert.Null(plain.Response.Nonce);

        var nonce = RandomNumberGenerator.GetBytes(32);
        var fresh = await Ask(OcspRequest.Create(person.SerialNumber, _authority.Issuing, HashAlgorithmName.SHA1, nonce));
        Assert.Equal(nonce, fresh.Response.Nonce!.Value.ToArray());
        Assert.IsType<CertificateStatus.Good>(fresh.Response.Find(person.SerialNumber, _authority.Issuing)!.Status);
        Assert.NotNull(fresh.Response.FindSigner(_authority.Issuing, []));
        Assert.Null(fresh.Response.FindSigner(_authority.Root, []));
    }

    [Fact]
    public async Task Nonsense_and_strangers_are_answered_without_a_signature()
    {
        var nonsense = await _responder.RespondAsync(RandomNumberGenerator.GetBytes(20), CancellationToken.None);
        Assert.Equal("30030A0101", Convert.ToHexString(nonsense.Body));
        var stranger = await _responder.RespondAsync(OcspRequest.Create(_authority.Issuing.SerialNumber, _authority.Root, HashAlgorithmName.SHA1).Encoded, CancellationToken.None);
        Assert.Equal(OcspResponseStatus.Unauthorized, stranger.Status);
    }

    [Fact]
    public void A_get_carries_the_same_request_however_it_is_escaped()
    {
        var request = OcspRequest.Create(_authority.Issuing.SerialNumber, _authority.Root, HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(16)).Encoded.ToArray();
        var text = Convert.ToBase64String(request);
        foreach (var path in new[] { text, "/" + text, Uri.EscapeDataString(text), text.TrimEnd('=') })
        {
            Assert.True(OcspRequest.TryDecodePath(path, out var der));
            Assert.Equal(request, der);
        }
        Assert.False(OcspRequest.TryDecodePath("/bukan base64!", out _));
        Assert.False(OcspRequest.TryDecodePath("", out _));
    }

    [Fact]
    public async Task An_answer_signed_by_someone_not_entitled_has_no_signer()
    {
        var person = _authority.Person();
        _known.Add(person.SerialNumber, new CertificateStatus.Good());
        var (_, response) = await Ask(OcspRequest.Create(person.SerialNumber, _authority.Issuing, HashAlgorithmName.SHA1));
        var changed = response.Encoded.ToArray();
        // A bit in the middle is in the signed part: name, time, or status.
        changed[60] ^= 1;
        if (OcspResponse.TryDecode(changed, out var forged, out _))
        {
            Assert.Null(forged.FindSigner(_authority.Issuing, []));
        }
        Assert.Throws<ArgumentException>(() => new OcspResponder(_authority.RootKey, _authority.Root, _authority.Issuing, _known, TimeProvider.System));
    }

    private async Task<(OcspAnswer Answer, OcspResponse Response)> Ask(OcspRequest request)
    {
        var answer = await _responder.RespondAsync(request.Encoded, CancellationToken.None);
        Assert.True(OcspResponse.TryDecode(answer.Body, out var response, out var error), error);
        return (answer, response);
    }

    private static string Pem(TemporaryFolder folder, string name, Certificate certificate) => folder.Write(name, Encoding.ASCII.GetBytes(certificate.ToPem()));

    private sealed class Known : IOcspStatusSource
    {
        private readonly Dictionary<SerialNumber, CertificateStatus> _statuses = [];

        public ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) =>
            ValueTask.FromResult(_statuses.GetValueOrDefault(serialNumber, new CertificateStatus.Unknown()));

        internal void Add(SerialNumber serialNumber, CertificateStatus status) => _statuses[serialNumber] = status;
    }
}
