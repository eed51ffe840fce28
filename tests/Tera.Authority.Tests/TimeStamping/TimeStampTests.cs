using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tera.Authority.Databases;
using Tera.Authority.TimeStamping;
using Tera.Pki.TimeStamping;
using Tera.Testing.Databases;

namespace Tera.Authority.Tests.TimeStamping;

public abstract class TimeStampTests(PostgresServer? postgres) : OnBothDatabases(postgres)
{
    [Fact]
    public async Task Openssl_verifies_a_token_that_it_asked_for()
    {
        using var client = await Host.ClientAsync();
        using var tool = new OpenSsl();
        await tool.WriteAsync("data", "isi naskah"u8.ToArray());
        await tool.WritePemAsync("root.pem", await client.Http.GetByteArrayAsync(new Uri("/ca/root.cer", UriKind.Relative)));
        await tool.RunAsync("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "request.tsq");
        await tool.WriteAsync("answer.tsr", await StampAsync(client, await File.ReadAllBytesAsync(Path.Combine(tool.Folder, "request.tsq"))));

        var (exit, output) = await tool.RunAsync("ts", "-verify", "-in", "answer.tsr", "-queryfile", "request.tsq", "-CAfile", "root.pem");
        Assert.True(exit == 0 && output.Contains("Verification: OK", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_token_over_CSC_carries_the_hash_and_the_nonce()
    {
        using var client = await Host.ClientAsync();
        var hash = ApiClient.HashOf("isi");
        var answer = await client.PostAsync("/csc/v2/signatures/timestamp", new JsonObject
        {
            ["hash"] = Convert.ToBase64String(hash), ["hashAlgo"] = ApiClient.Sha256Oid, ["nonce"] = "340282366920938463463374607431768211455",
        });

        Assert.True(TimeStampToken.TryDecode(Convert.FromBase64String(answer.Text("timestamp")), out var token, out var error), error);
        Assert.Equal(hash, token.Info.MessageImprint.ToArray());
        Assert.Equal("00ffffffffffffffffffffffffffffffff", Convert.ToHexStringLower(token.Info.Nonce!.Value.Span));
        Assert.Equal("invalid_request", (await client.PostAsync("/csc/v2/signatures/timestamp", new JsonObject
        {
            ["hash"] = Convert.ToBase64String(hash), ["hashAlgo"] = ApiClient.Sha256Oid, ["nonce"] = "0x12",
        })).Error);
    }

    [Fact]
    public async Task Serial_numbers_are_unique_under_load_and_rise_over_a_restart()
    {
        using var client = await Host.ClientAsync();
        var request = new TimeStampRequest(System.Security.Cryptography.HashAlgorithmName.SHA256, ApiClient.HashOf("isi"));
        var first = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ => await SerialAsync(client, request)));
        Assert.Equal(first.Length, first.Distinct().Count());
        await Host.StopAsync();
        await Host.StartAgainAsync();
        using var later = await Host.ClientAsync();
        Assert.True(await SerialAsync(later, request) > first.Max());
    }

    [Fact]
    public async Task Two_nodes_on_one_database_never_share_a_serial_number()
    {
        var counters = Host.Services.GetRequiredService<Counters>();
        using var one = new TimeStampSerials(counters);
        using var two = new TimeStampSerials(counters);
        var numbers = await Task.WhenAll(new[] { one, two }.SelectMany(x => Enumerable.Range(0, 1500).Select(_ => x.NextAsync(CancellationToken.None).AsTask())));
        Assert.Equal(3000, numbers.Distinct().Count());
    }

    [Fact]
    public async Task A_clock_that_went_back_gives_no_time_also_after_a_restart()
    {
        using var client = await Host.ClientAsync();
        var request = new TimeStampRequest(System.Security.Cryptography.HashAlgorithmName.SHA256, ApiClient.HashOf("isi"));
        await SerialAsync(client, request);
        await Host.StopAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(-2));
        await Host.StartAgainAsync();

        using var later = await Host.ClientAsync();
        Assert.True(TimeStampResponse.TryDecode(await StampAsync(later, request.Encoded.ToArray()), out var refused, out _));
        Assert.Equal(TimeStampFailure.TimeNotAvailable, refused.Failure);
        Assert.Equal("time_not_available", (await later.PostAsync("/csc/v2/signatures/timestamp", new JsonObject
        {
            ["hash"] = Convert.ToBase64String(ApiClient.HashOf("isi")), ["hashAlgo"] = ApiClient.Sha256Oid,
        })).Error);

        Host.Time.Advance(TimeSpan.FromMinutes(3));
        await SerialAsync(later, request);
    }

    [Fact]
    public async Task Junk_is_rejected_and_another_content_type_refused()
    {
        using var client = await Host.ClientAsync();
        Assert.True(TimeStampResponse.TryDecode(await StampAsync(client, [0x30, 0x80, 1, 2, 3]), out var refused, out _));
        Assert.Equal(TimeStampFailure.BadDataFormat, refused.Failure);
        using var content = new ByteArrayContent([1]) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        Assert.Equal(HttpStatusCode.BadRequest, (await client.Http.PostAsync("/tsa", content)).StatusCode);
    }

    private static async Task<System.Numerics.BigInteger> SerialAsync(ApiClient client, TimeStampRequest request)
    {
        Assert.True(TimeStampResponse.TryDecode(await StampAsync(client, request.Encoded.ToArray()), out var response, out var error), error);
        Assert.True(response.IsGranted, response.StatusText);
        Assert.True(TimeStampToken.TryDecode(response.Token!.Value, out var token, out error), error);
        return new System.Numerics.BigInteger(token.Info.SerialNumber.Span, isUnsigned: false, isBigEndian: true);
    }

    private static async Task<byte[]> StampAsync(ApiClient client, byte[] request)
    {
        using var content = new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("application/timestamp-query") } };
        using var response = await client.Http.PostAsync("/tsa", content);
        Assert.Equal("application/timestamp-reply", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync();
    }
}

public sealed class TimeStampOnSqlite() : TimeStampTests(null);

public sealed class TimeStampOnPostgres(PostgresServer postgres) : TimeStampTests(postgres);
