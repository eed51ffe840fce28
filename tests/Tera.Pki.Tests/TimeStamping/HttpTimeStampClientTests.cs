using System.Net;
using System.Security.Cryptography;
using Tera.Pki.TimeStamping;

namespace Tera.Pki.Tests.TimeStamping;

public sealed class HttpTimeStampClientTests
{
    private static readonly byte[] Digest = SHA256.HashData("naskah"u8);

    [Fact]
    public async Task A_token_comes_back_verified()
    {
        using var fixture = new TimeStampFixture();
        var responder = fixture.Responder();
        var encoded = await Stamp(body => responder.RespondAsync(body, CancellationToken.None).AsTask());
        Assert.True(TimeStampToken.TryDecode(encoded, out var token, out _));
        Assert.True(token.Stamps(HashAlgorithmName.SHA256, Digest));
    }

    [Fact]
    public async Task An_answer_to_another_request_is_refused()
    {
        using var fixture = new TimeStampFixture();
        var responder = fixture.Responder();
        var otherImprint = new TimeStampRequest(HashAlgorithmName.SHA256, SHA256.HashData("lain"u8)).Encoded;
        var otherNonce = new TimeStampRequest(HashAlgorithmName.SHA256, Digest, new byte[] { 5 }).Encoded;
        Assert.Equal(TimeStampRefusal.ImprintMismatch, await Refusal(_ => responder.RespondAsync(otherImprint, CancellationToken.None).AsTask()));
        Assert.Equal(TimeStampRefusal.NonceMismatch, await Refusal(_ => responder.RespondAsync(otherNonce, CancellationToken.None).AsTask()));
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        using var fixture = new TimeStampFixture();
        var responder = fixture.Responder();
        Assert.Equal(TimeStampRefusal.SignatureInvalid, await Refusal(async body =>
        {
            var answer = await responder.RespondAsync(body, CancellationToken.None);
            // The last octets are the signature value's: flip a bit in its second INTEGER.
            answer[^1] ^= 1;
            return answer;
        }));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_or_no_response_is_refused()
    {
        Assert.Equal(TimeStampRefusal.UnexpectedAnswer, await Refusal(_ => Task.FromResult(new byte[3_000_000])));
        Assert.Equal(TimeStampRefusal.Malformed, await Refusal(_ => Task.FromResult(new byte[] { 0x30, 0x80 })));
        Assert.Equal(TimeStampRefusal.UnexpectedAnswer, await Refusal(_ => Task.FromResult(Array.Empty<byte>()), HttpStatusCode.ServiceUnavailable));
    }

    [Fact]
    public async Task An_authority_that_never_answers_is_unreachable()
    {
        var refusal = await Refusal(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30));
            return [];
        });
        Assert.Equal(TimeStampRefusal.Unreachable, refusal);
    }

    private static async Task<TimeStampRefusal> Refusal(Func<byte[], Task<byte[]>> answer, HttpStatusCode status = HttpStatusCode.OK) =>
        (await Assert.ThrowsAsync<TimeStampException>(() => Stamp(answer, status))).Refusal;

    private static async Task<byte[]> Stamp(Func<byte[], Task<byte[]>> answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = new HttpClient(new Handler(answer, status));
        using var random = RandomNumberGenerator.Create();
        var client = new HttpTimeStampClient(http, new Uri("http://tsa.contoh/"), random, new HttpTimeStampClientOptions { Timeout = TimeSpan.FromSeconds(1) });
        return await client.StampAsync(Digest, HashAlgorithmName.SHA256, CancellationToken.None);
    }

    private sealed class Handler(Func<byte[], Task<byte[]>> answer, HttpStatusCode status) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new ByteArrayContent(await answer(body).WaitAsync(cancellationToken)) };
        }
    }
}
