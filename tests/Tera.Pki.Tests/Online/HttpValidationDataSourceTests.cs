using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pki.Certificates;
using Tera.Pki.Online;
using Tera.Pki.Profiles;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Pki.Tests.Online;

public sealed class HttpValidationDataSourceTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly LoopbackServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _random.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("der")]
    [InlineData("pem")]
    [InlineData("p7c")]
    public async Task The_issuer_comes_in_each_form_it_is_published_in(string form)
    {
        byte[] body = form switch
        {
            "der" => _authority.Issuing.Encoded.ToArray(),
            "pem" => System.Text.Encoding.ASCII.GetBytes(_authority.Root.ToPem() + _authority.Issuing.ToPem()),
            _ => CertsOnly(_authority.Root, _authority.Issuing),
        };
        var person = Person(issuers: _server.On("/issuer", body));
        using var source = Source();
        var fetched = await source.FetchIssuersAsync(person, Cancel);
        Assert.Contains(_authority.Issuing, fetched.Items);
        Assert.Empty(fetched.Problems);
    }

    [Fact]
    public async Task A_responder_is_asked_about_the_certificate()
    {
        var person = Person(responder: _server.Address + "/ocsp");
        _server.On("/ocsp", Responder(person).Answer);
        using var source = Source();
        var response = Assert.Single((await source.FetchOcspAsync(person, _authority.Issuing, Cancel)).Items);
        Assert.IsType<CertificateStatus.Good>(response.Find(person.SerialNumber, _authority.Issuing)!.Status);
        Assert.NotNull(response.FindSigner(_authority.Issuing, []));
    }

    [Fact]
    public async Task A_response_about_another_certificate_is_no_answer()
    {
        var (person, other) = (Person(responder: _server.Address + "/ocsp"), Person());
        var responder = Responder(other);
        _server.On("/ocsp", _ => responder.Answer(OcspRequest.Create(other.SerialNumber, _authority.Issuing, HashAlgorithmName.SHA1).Encoded.ToArray()));
        using var source = Source();
        var problem = Assert.Single((await source.FetchOcspAsync(person, _authority.Issuing, Cancel)).Problems);
        Assert.Equal(FetchRefusal.UnexpectedAnswer, problem.Refusal);
        Assert.StartsWith(_server.Address + "/ocsp", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_a_distribution_point_comes_as_der_or_pem()
    {
        var crl = Crl();
        using var source = Source();
        Assert.Equal(crl, Assert.Single((await source.FetchCrlsAsync(Person(crl: _server.On("/a.crl", crl)), Cancel)).Items).Encoded.ToArray());
        var pem = System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", crl));
        Assert.Equal(crl, Assert.Single((await source.FetchCrlsAsync(Person(crl: _server.On("/b.crl", pem)), Cancel)).Items).Encoded.ToArray());
    }

    [Fact]
    public async Task What_was_fetched_is_kept_and_so_is_a_failure_for_a_while()
    {
        var clock = new SetClock(DateTimeOffset.UtcNow);
        var (good, bad) = (Person(crl: _server.On("/a.crl", Crl())), Person(crl: _server.OnStatus("/b.crl", 500)));
        using var source = Source(clock: clock);
        for (var i = 0; i < 3; i++)
        {
            Assert.Single((await source.FetchCrlsAsync(good, Cancel)).Items);
            Assert.Contains("HTTP 500", Assert.Single((await source.FetchCrlsAsync(bad, Cancel)).Problems).ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(["/a.crl", "/b.crl"], _server.Asked);
        clock.Now += TimeSpan.FromMinutes(1);
        await source.FetchCrlsAsync(good, Cancel);
        await source.FetchCrlsAsync(bad, Cancel);
        Assert.Equal(["/a.crl", "/b.crl", "/b.crl"], _server.Asked);
        clock.Now += TimeSpan.FromMinutes(5);
        await source.FetchCrlsAsync(good, Cancel);
        Assert.Equal(4, _server.Asked.Count);
    }

    [Fact]
    public async Task A_full_cache_lets_the_oldest_go()
    {
        var crl = Crl();
        var (first, second) = (Person(crl: _server.On("/a.crl", crl)), Person(crl: _server.On("/b.crl", crl)));
        using var source = Source(o => o with { CacheCapacity = crl.Length + 2000 });
        await source.FetchCrlsAsync(first, Cancel);
        await source.FetchCrlsAsync(second, Cancel);
        await source.FetchCrlsAsync(second, Cancel);
        await source.FetchCrlsAsync(first, Cancel);
        Assert.Equal(["/a.crl", "/b.crl", "/a.crl"], _server.Asked);
    }

    [Theory]
    [InlineData("ldap://127.0.0.1/cn=CA?certificateRevocationList")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/a.crl")]
    [InlineData("http://name:word@127.0.0.1/a.crl")]
    [InlineData("/a.crl")]
    public async Task Only_plain_http_addresses_are_fetched(string address) =>
        Assert.Equal(FetchRefusal.AddressRefused, await RefusalOf(address));

    [Fact]
    public async Task A_private_network_is_closed_unless_it_is_opened()
    {
        var address = _server.On("/a.crl", Crl());
        Assert.Equal(FetchRefusal.PrivateAddress, await RefusalOf(address, o => o with { AllowsPrivateAddresses = false }));
        Assert.Equal(FetchRefusal.PrivateAddress, await RefusalOf(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), o => o with { AllowsPrivateAddresses = false }));
        Assert.Equal(FetchRefusal.PrivateAddress, await RefusalOf(address.Replace("127.0.0.1", "[::ffff:127.0.0.1]", StringComparison.Ordinal), o => o with { AllowsPrivateAddresses = false }));
        Assert.Empty(_server.Asked);
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("[::1]")]
    [InlineData("[::7f00:1]")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[64:ff9b::a01:203]")]
    [InlineData("[2002:7f00:1::]")]
    public async Task Every_form_of_a_private_address_is_known(string host) =>
        Assert.Equal(FetchRefusal.PrivateAddress, await RefusalOf($"http://{host}/a.crl", o => o with { AllowsPrivateAddresses = false }));

    [Fact]
    public async Task Redirects_are_followed_within_bounds_and_looked_at_like_the_first_address()
    {
        var goal = _server.On("/goal.crl", Crl());
        using var source = Source();
        Assert.Single((await source.FetchCrlsAsync(Person(crl: _server.OnStatus("/one", 302, goal)), Cancel)).Items);
        Assert.Equal(FetchRefusal.UnexpectedAnswer, await RefusalOf(_server.OnStatus("/loop", 307, _server.Address + "/loop")));
        Assert.Equal(4, _server.Asked.Count(p => p == "/loop"));
        Assert.Equal(FetchRefusal.AddressRefused, await RefusalOf(_server.OnStatus("/file", 301, "file:///etc/passwd")));
    }

    [Fact]
    public async Task Answers_that_are_too_long_too_late_or_something_else_are_refused()
    {
        Assert.Equal(FetchRefusal.TooLong, await RefusalOf(_server.On("/long", new byte[70_000]), o => o with { MaximumCrlLength = 64 * 1024 }));
        Assert.Equal(FetchRefusal.Malformed, await RefusalOf(_server.On("/html", "<html>"u8.ToArray())));
        Assert.Equal(FetchRefusal.UnexpectedAnswer, await RefusalOf(_server.Address + "/nowhere"));
        // A drop of body now and then does not hold the line open.
        var slow = _server.OnRaw("/slow", async (context, _) =>
        {
            for (var i = 0; i < 300; i++)
            {
                await context.Response.OutputStream.WriteAsync("x"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
                await Task.Delay(100, Cancel);
            }
        });
        Assert.Equal(FetchRefusal.TimedOut, await RefusalOf(slow, o => o with { Timeout = TimeSpan.FromMilliseconds(500) }));
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_unreachable()
    {
        var address = _server.Address;
        _server.Dispose();
        Assert.Equal(FetchRefusal.Unreachable, await RefusalOf(address + "/a.crl"));
    }

    [Fact]
    public async Task The_second_address_helps_where_the_first_does_not()
    {
        var crl = Crl();
        var person = Issue(["http://127.0.0.1:1/x.crl", _server.On("/a.crl", crl)], null, null);
        using var source = Source();
        var fetched = await source.FetchCrlsAsync(person, Cancel);
        Assert.Single(fetched.Items);
        Assert.Equal("http://127.0.0.1:1/x.crl", Assert.Single(fetched.Problems).Address);
    }

    [Fact]
    public async Task A_certificate_without_addresses_and_a_forbidden_network_say_so()
    {
        var root = _authority.Root;
        using var source = Source();
        Assert.Equal(FetchRefusal.NoAddress, Assert.Single((await source.FetchOcspAsync(root, root, Cancel)).Problems).Refusal);
        Assert.Equal(FetchRefusal.NoAddress, Assert.Single((await source.FetchIssuersAsync(root, Cancel)).Problems).Refusal);
        Assert.Equal(FetchRefusal.Forbidden, Assert.Single((await NoValidationData.Instance.FetchCrlsAsync(root, Cancel)).Problems).Refusal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<FetchRefusal> RefusalOf(string address, Func<HttpFetchOptions, HttpFetchOptions>? change = null)
    {
        using var source = Source(change);
        var fetched = await source.FetchCrlsAsync(Person(crl: address), Cancel);
        Assert.Empty(fetched.Items);
        return Assert.Single(fetched.Problems).Refusal;
    }

    private static HttpValidationDataSource Source(Func<HttpFetchOptions, HttpFetchOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new HttpFetchOptions { AllowsPrivateAddresses = true };
        return new HttpValidationDataSource(clock ?? TimeProvider.System, change?.Invoke(options) ?? options);
    }

    private Certificate Person(string? crl = null, string? responder = null, string? issuers = null) => Issue(crl is null ? [] : [crl], responder, issuers);

    /// <summary>A certificate by the platform's builder, which puts any address into it.</summary>
    private Certificate Issue(string[] crls, string? responder, string? issuers)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Siti Contoh", key, HashAlgorithmName.SHA256);
        if (crls.Length > 0)
        {
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(crls));
        }
        if (responder is not null || issuers is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(responder is null ? null : [responder], issuers is null ? null : [issuers]));
        }
        using var issuerKey = ECDsa.Create();
        issuerKey.ImportPkcs8PrivateKey(_authority.IssuingKey.ExportPkcs8(), out _);
        using var made = request.Create(
            new X500DistinguishedName(_authority.Issuing.Subject.Encoded.ToArray()), X509SignatureGenerator.CreateForECDsa(issuerKey),
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), SerialNumber.Create(_random).Octets.Span);
        return Certificate.Decode(made.RawData);
    }

    private byte[] Crl() => new CrlIssuer(_authority.IssuingKey, _authority.Issuing)
        .IssueAsync(new CrlContent { Number = 1, ThisUpdate = DateTimeOffset.UtcNow, NextUpdate = DateTimeOffset.UtcNow.AddDays(1), Entries = [] }, Cancel)
        .AsTask().GetAwaiter().GetResult();

    private OnePersonResponder Responder(Certificate person) => new(_authority, person);

    private static byte[] CertsOnly(params Certificate[] certificates)
    {
        using var folder = new TemporaryFolder();
        var pem = folder.Write("all.pem", System.Text.Encoding.ASCII.GetBytes(string.Concat(certificates.Select(c => c.ToPem()))));
        OpenSsl.Run(["crl2pkcs7", "-nocrl", "-certfile", pem, "-outform", "DER", "-out", folder.Path("all.p7c")]).MustSucceed();
        return File.ReadAllBytes(folder.Path("all.p7c"));
    }

    private sealed class OnePersonResponder
    {
        private readonly OcspResponder _responder;

        internal OnePersonResponder(TestAuthority authority, Certificate person)
        {
            var key = authority.Key();
            var certificate = TestAuthority.Issue(authority.Issuer.Prepare(TestAuthority.Request(
                BuiltInProfiles.Ocsp, key, DateTimeOffset.UtcNow.AddDays(-1), ("C", "ID"), ("O", "Contoh"), ("CN", "Penjawab OCSP"))));
            _responder = new OcspResponder(key, certificate, authority.Issuing, new One(person.SerialNumber), TimeProvider.System);
        }

        internal async Task<byte[]> Answer(byte[] request) => (await _responder.RespondAsync(request, CancellationToken.None)).Body;

        private sealed class One(SerialNumber serial) : IOcspStatusSource
        {
            public ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) =>
                ValueTask.FromResult<CertificateStatus>(serialNumber.Equals(serial) ? new CertificateStatus.Good() : new CertificateStatus.Unknown());
        }
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
