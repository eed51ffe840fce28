using System.Net;
using System.Text.Json.Nodes;
using Tera.Testing.Databases;

namespace Tera.Authority.Tests.Status;

/// <summary>What openssl says of our OCSP answers and CRLs.</summary>
public abstract class StatusTests(PostgresServer? postgres) : OnBothDatabases(postgres)
{
    [Fact]
    public async Task Openssl_believes_good_then_revoked_and_the_CRL_says_the_same()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        Assert.Contains("person.pem: good", await AskAsync(tool), StringComparison.Ordinal);
        Assert.Contains("person.pem: OK", await VerifyWithCrlAsync(client, tool), StringComparison.Ordinal);
        var before = await CrlNumberAsync(client, tool);

        var credential = (await client.GetAsync("/enrolment/v1/credentials?subjectId=peg-7f31c9")).Body["credentials"]![0]!["credentialId"]!.GetValue<string>();
        var revoked = await client.PostAsync($"/enrolment/v1/credentials/{credential}/revoke", new JsonObject { ["reason"] = "keyCompromise" });
        Assert.Equal("revoked", revoked.Text("status"));
        Assert.Equal("keyCompromise", revoked.Text("revocationReason"));

        var answer = await AskAsync(tool);
        Assert.Contains("person.pem: revoked", answer, StringComparison.Ordinal);
        Assert.Contains("Reason: keyCompromise", answer, StringComparison.Ordinal);
        Assert.Contains("certificate revoked", await VerifyWithCrlAsync(client, tool), StringComparison.Ordinal);
        Assert.True(await CrlNumberAsync(client, tool) > before);
    }

    [Fact]
    public async Task A_suspended_certificate_is_on_hold_and_good_again_after_its_release()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        var credential = (await client.GetAsync("/enrolment/v1/credentials?subjectId=peg-7f31c9")).Body["credentials"]![0]!["credentialId"]!.GetValue<string>();

        await client.PostAsync($"/enrolment/v1/credentials/{credential}/suspend", []);
        Assert.Contains("Reason: certificateHold", await AskAsync(tool), StringComparison.Ordinal);
        await client.PostAsync($"/enrolment/v1/credentials/{credential}/release", []);
        Assert.Contains("person.pem: good", await AskAsync(tool), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_issuing_CA_is_answered_for_by_a_responder_of_the_root()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        var (_, output) = await tool.RunAsync(
            "ocsp", "-issuer", "root.pem", "-cert", "issuing.pem", "-url", new Uri(Host.Address, "/ocsp").AbsoluteUri, "-CAfile", "root.pem");
        Assert.Contains("Response verify OK", output, StringComparison.Ordinal);
        Assert.Contains("issuing.pem: good", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serial_number_never_issued_is_unknown_and_a_foreign_issuer_unauthorized()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        var url = new Uri(Host.Address, "/ocsp").AbsoluteUri;
        var (_, unknown) = await tool.RunAsync("ocsp", "-issuer", "issuing.pem", "-serial", "0x4a00112233", "-url", url, "-CAfile", "root.pem", "-verify_other", "issuing.pem");
        Assert.Contains("0x4a00112233: unknown", unknown, StringComparison.Ordinal);

        await tool.RunAsync("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "x.key", "-out", "foreign.pem", "-subj", "/CN=Foreign");
        var (_, foreign) = await tool.RunAsync("ocsp", "-issuer", "foreign.pem", "-serial", "1", "-url", url);
        Assert.Contains("unauthorized", foreign, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_by_GET_is_answered_as_one_by_POST()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        await tool.RunAsync("ocsp", "-issuer", "issuing.pem", "-cert", "person.pem", "-no_nonce", "-reqout", "request.der");
        var request = Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Combine(tool.Folder, "request.der")));
        var response = await client.Http.GetAsync("/ocsp/" + Uri.EscapeDataString(request));

        Assert.Equal("application/ocsp-response", response.Content.Headers.ContentType!.MediaType);
        await tool.WriteAsync("response.der", await response.Content.ReadAsByteArrayAsync());
        var (_, output) = await tool.RunAsync("ocsp", "-respin", "response.der", "-issuer", "issuing.pem", "-cert", "person.pem", "-CAfile", "root.pem");
        Assert.Contains("person.pem: good", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_roots_CRL_holds_and_an_unknown_name_is_not_found()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        await tool.WriteAsync("root.crl", await client.Http.GetByteArrayAsync(new Uri("/crl/root.crl", UriKind.Relative)));
        var (_, output) = await tool.RunAsync("crl", "-inform", "DER", "-in", "root.crl", "-CAfile", "root.pem", "-noout", "-text");
        Assert.Contains("verify OK", output, StringComparison.Ordinal);
        Assert.Contains("No Revoked Certificates", output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("/crl/other.crl")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("/ca/other.cer")).StatusCode);
    }

    [Fact]
    public async Task The_CRL_number_rises_over_a_restart_and_by_schedule()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        var first = await CrlNumberAsync(client, tool);
        Host.Time.Advance(TimeSpan.FromDays(2));
        await Host.StopAsync();
        await Host.StartAgainAsync();
        using var later = await Host.ClientAsync();
        Assert.True(await CrlNumberAsync(later, tool) > first);
    }

    [Fact]
    public async Task The_responders_certificates_are_replaced_before_they_end()
    {
        using var client = await Host.ClientAsync();
        using var tool = await FilesAsync(client);
        var before = await ResponderAsync(tool);
        Host.Time.Advance(TimeSpan.FromDays(21));
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Upkeep>(Host.Services).RunOnceAsync(CancellationToken.None);

        Assert.NotEqual(before, await ResponderAsync(tool));
    }

    private async Task<string> ResponderAsync(OpenSsl tool)
    {
        await tool.RunAsync("ocsp", "-issuer", "issuing.pem", "-cert", "person.pem", "-url", new Uri(Host.Address, "/ocsp").AbsoluteUri, "-respout", "r.der", "-noverify");
        var (_, text) = await tool.RunAsync("ocsp", "-respin", "r.der", "-resp_text", "-noverify");
        return text.Split('\n').First(x => x.Contains("Responder Id", StringComparison.Ordinal));
    }

    private static async Task<OpenSsl> FilesAsync(ApiClient client)
    {
        var tool = new OpenSsl();
        var enrolled = await client.EnrolAsync();
        await tool.WritePemAsync("person.pem", Convert.FromBase64String(enrolled.Text("certificate")));
        await tool.WritePemAsync("root.pem", await client.Http.GetByteArrayAsync(new Uri("/ca/root.cer", UriKind.Relative)));
        await tool.WritePemAsync("issuing.pem", await client.Http.GetByteArrayAsync(new Uri("/ca/issuing.cer", UriKind.Relative)));
        return tool;
    }

    /// <summary>With a nonce (openssl's default), which it compares, and with the responder's chain checked up to the root.</summary>
    private async Task<string> AskAsync(OpenSsl tool)
    {
        var (_, output) = await tool.RunAsync(
            "ocsp", "-issuer", "issuing.pem", "-cert", "person.pem", "-url", new Uri(Host.Address, "/ocsp").AbsoluteUri, "-CAfile", "root.pem", "-verify_other", "issuing.pem");
        Assert.Contains("Response verify OK", output, StringComparison.Ordinal);
        Assert.DoesNotContain("nonce", output, StringComparison.OrdinalIgnoreCase);
        return output;
    }

    private static async Task<string> VerifyWithCrlAsync(ApiClient client, OpenSsl tool)
    {
        await tool.WriteAsync("issuing.crl", await client.Http.GetByteArrayAsync(new Uri("/crl/issuing.crl", UriKind.Relative)));
        await tool.RunAsync("crl", "-inform", "DER", "-in", "issuing.crl", "-out", "issuing.crl.pem");
        return (await tool.RunAsync("verify", "-crl_check", "-CRLfile", "issuing.crl.pem", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "person.pem")).Output;
    }

    private static async Task<long> CrlNumberAsync(ApiClient client, OpenSsl tool)
    {
        await tool.WriteAsync("issuing.crl", await client.Http.GetByteArrayAsync(new Uri("/crl/issuing.crl", UriKind.Relative)));
        var (_, output) = await tool.RunAsync("crl", "-inform", "DER", "-in", "issuing.crl", "-crlnumber", "-noout");
        return Convert.ToInt64(output.Trim().Split('=')[1], 16);
    }
}

public sealed class StatusOnSqlite() : StatusTests(null);

public sealed class StatusOnPostgres(PostgresServer postgres) : StatusTests(postgres);
