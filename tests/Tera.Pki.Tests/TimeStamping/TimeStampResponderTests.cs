using System.Security.Cryptography;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Pki.Tests.TimeStamping;

public sealed class TimeStampResponderTests
{
    private static readonly byte[] Digest = SHA256.HashData("naskah"u8);

    [Theory]
    [InlineData("ECDSA-P256-SHA256", "-sha256", true)]
    [InlineData("ECDSA-P384-SHA384", "-sha384", false)]
    [InlineData("RSA-PKCS1-SHA256", "-sha512", true)]
    public async Task Openssl_asks_and_accepts_the_token(string algorithm, string hash, bool withCertificates)
    {
        using var fixture = new TimeStampFixture(SignatureAlgorithm.FindByName(algorithm));
        using var folder = new TemporaryFolder();
        var data = folder.Write("data", "naskah"u8);
        var query = folder.Path("q.tsq");
        string[] cert = withCertificates ? ["-cert"] : [];
        OpenSsl.Run(["ts", "-query", "-data", data, hash, .. cert, "-out", query]).MustSucceed();

        var answer = await fixture.Responder().RespondAsync(File.ReadAllBytes(query), CancellationToken.None);
        var reply = folder.Write("r.tsr", answer);
        var root = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(fixture.Root.ToPem()));
        var unit = folder.Write("unit.pem", System.Text.Encoding.ASCII.GetBytes(fixture.Unit.ToPem()));
        string[] untrusted = withCertificates ? [] : ["-untrusted", unit];

        var verdict = OpenSsl.Run(["ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", root, .. untrusted]);
        Assert.Contains("Verification: OK", verdict.Output, StringComparison.Ordinal);
        var text = OpenSsl.Run(["ts", "-reply", "-in", reply, "-text"]).Output;
        Assert.Contains("Accuracy: 0x01 seconds, 0x01F4 millis", text, StringComparison.Ordinal);
        Assert.Contains(TimeStampFixture.Policy, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_cannot_be_served_is_rejected_with_its_reason()
    {
        using var fixture = new TimeStampFixture();
        var responder = fixture.Responder();
        Assert.Equal(TimeStampFailure.BadDataFormat, await Failure(responder, new byte[] { 1, 2, 3 }));
        Assert.Equal(TimeStampFailure.BadDataFormat, await Failure(responder, new byte[1_000_000]));
        Assert.Equal(TimeStampFailure.BadAlgorithm, await Failure(responder, new TimeStampRequest(HashAlgorithmName.SHA1, new byte[20]).Encoded));
        Assert.Equal(TimeStampFailure.UnacceptedPolicy, await Failure(responder, new TimeStampRequest(HashAlgorithmName.SHA256, Digest, policy: "1.2.3.4").Encoded));

        var request = new TimeStampRequest(HashAlgorithmName.SHA256, Digest).Encoded.ToArray();
        var versionTwo = (byte[])request.Clone();
        versionTwo[4] = 2;
        Assert.Equal(TimeStampFailure.BadRequest, await Failure(responder, versionTwo));

        byte[] extension = [0xA0, 0x0E, 0x30, 0x0C, 0x06, 0x03, 0x2A, 0x03, 0x04, 0x01, 0x01, 0xFF, 0x04, 0x02, 0x05, 0x00];
        byte[] extended = [.. request, .. extension];
        extended[1] = (byte)(request[1] + extension.Length);
        Assert.Equal(TimeStampFailure.UnacceptedExtension, await Failure(responder, extended));

        Assert.Equal(TimeStampFailure.AdditionalInformationNotAvailable, await Failure(fixture.Responder(change: o => o with { ServesCertificates = false }), request));
        Assert.Equal(TimeStampFailure.TimeNotAvailable, await Failure(fixture.Responder(new BrokenClock()), request));
    }

    [Fact]
    public async Task A_key_that_fails_is_a_system_failure()
    {
        using var fixture = new TimeStampFixture();
        var responder = new TimeStampResponder(
            new FailingSigner(fixture.Signer), fixture.Unit, [], new TimeStampResponderOptions { DefaultPolicy = TimeStampFixture.Policy },
            new TrustingTimeStampClock(TimeProvider.System, TimeSpan.FromSeconds(1)), new RandomTimeStampSerials(RandomNumberGenerator.Create()));
        Assert.Equal(TimeStampFailure.SystemFailure, await Failure(responder, new TimeStampRequest(HashAlgorithmName.SHA256, Digest).Encoded));
    }

    [Fact]
    public async Task The_stamped_time_never_goes_back()
    {
        using var fixture = new TimeStampFixture();
        var clock = new SetClock(DateTimeOffset.UtcNow);
        var responder = fixture.Responder(clock);
        var first = await Token(responder);
        clock.Now -= TimeSpan.FromMilliseconds(400);
        var second = await Token(responder);
        Assert.True(second.Info.GenerationTime >= first.Info.GenerationTime);

        clock.Now -= TimeSpan.FromSeconds(30);
        Assert.Equal(TimeStampFailure.TimeNotAvailable, await Failure(responder, new TimeStampRequest(HashAlgorithmName.SHA256, Digest).Encoded));
    }

    [Fact]
    public void A_unit_without_a_critical_sole_time_stamping_purpose_does_not_open()
    {
        using var uncritical = new TimeStampFixture(criticalPurpose: false);
        using var other = new TimeStampFixture(purpose: "1.3.6.1.5.5.7.3.9");
        Assert.Throws<ArgumentException>(() => uncritical.Responder());
        Assert.Throws<ArgumentException>(() => other.Responder());
    }

    private static async Task<TimeStampToken> Token(TimeStampResponder responder)
    {
        var request = new TimeStampRequest(HashAlgorithmName.SHA256, Digest);
        var answer = await responder.RespondAsync(request.Encoded, CancellationToken.None);
        Assert.True(TimeStampToken.TryDecode(TimeStampAnswer.Check(request, answer, []), out var token, out var error), error);
        return token;
    }

    private static async Task<TimeStampFailure?> Failure(TimeStampResponder responder, ReadOnlyMemory<byte> request)
    {
        var answer = await responder.RespondAsync(request, CancellationToken.None);
        Assert.True(TimeStampResponse.TryDecode(answer, out var response, out var error), error);
        Assert.False(response.IsGranted);
        Assert.Null(response.Token);
        return response.Failure;
    }

    private sealed class BrokenClock : ITimeStampClock
    {
        public TimeStampClockReading? Read() => null;
    }

    private sealed class SetClock(DateTimeOffset now) : ITimeStampClock
    {
        public DateTimeOffset Now { get; set; } = now;

        public TimeStampClockReading? Read() => new(Now, TimeSpan.FromSeconds(1));
    }

    private sealed class FailingSigner(ISigner inner) : ISigner
    {
        public SignatureAlgorithm Algorithm => inner.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => inner.SubjectPublicKeyInfo;

        public ValueTask<byte[]> SignDigestAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken) =>
            throw new CryptographicException("the token is gone");
    }
}
