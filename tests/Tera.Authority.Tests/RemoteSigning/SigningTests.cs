using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tera.Authority.RemoteSigning;
using Tera.Testing.Databases;

namespace Tera.Authority.Tests.RemoteSigning;

public abstract class SigningTests(PostgresServer? postgres) : OnBothDatabases(postgres)
{
    private static readonly byte[] First = ApiClient.HashOf("naskah satu");
    private static readonly byte[] Second = ApiClient.HashOf("naskah dua");

    [Fact]
    public async Task The_whole_way_by_HTTP_ends_in_a_signature_that_openssl_accepts()
    {
        using var client = await Host.ClientAsync();
        var enrolled = await client.EnrolAsync();
        Assert.Equal(HttpStatusCode.Created, enrolled.Status);
        var credential = enrolled.Text("credentialId");
        var sad = await client.ActivatedAsync(credential, First, Second);
        var signed = await client.SignAsync(credential, sad, First, Second);
        Assert.Equal(HttpStatusCode.OK, signed.Status);

        using var openssl = new OpenSsl();
        var certificate = await openssl.WritePemAsync("person.pem", Convert.FromBase64String(enrolled.Text("certificate")));
        var chain = enrolled.Body["chain"]!.AsArray().Select(x => Convert.FromBase64String(x!.GetValue<string>())).ToArray();
        var root = await openssl.WritePemAsync("root.pem", chain[1]);
        var issuing = await openssl.WritePemAsync("issuing.pem", chain[0]);
        var (_, trust) = await openssl.RunAsync("verify", "-x509_strict", "-CAfile", root, "-untrusted", issuing, certificate);
        Assert.Contains("person.pem: OK", trust, StringComparison.Ordinal);

        await openssl.RunAsync("x509", "-in", certificate, "-pubkey", "-noout", "-out", "public.pem");
        foreach (var (text, index) in new[] { ("naskah satu", 0), ("naskah dua", 1) })
        {
            var data = await openssl.WriteAsync("data", System.Text.Encoding.UTF8.GetBytes(text));
            var signature = await openssl.WriteAsync("signature", Convert.FromBase64String(signed.Body["signatures"]!.AsArray()[index]!.GetValue<string>()));
            var (exit, output) = await openssl.RunAsync("dgst", "-sha256", "-verify", "public.pem", "-signature", signature, data);
            Assert.True(exit == 0, output);
        }
    }

    [Fact]
    public async Task A_list_may_be_signed_in_parts_and_the_key_leaves_after_the_last()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First, Second);

        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(credential, sad, Second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(credential, sad, First)).Status);
        Assert.Equal("hash_already_signed", (await client.SignAsync(credential, sad, First)).Error);
        Assert.Equal(0, Host.Services.GetRequiredService<OpenKeys>().Count);
    }

    [Fact]
    public async Task A_hash_that_is_not_listed_refuses_the_whole_call()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First, Second);

        Assert.Equal("hash_not_authorized", (await client.SignAsync(credential, sad, First, ApiClient.HashOf("lain"))).Error);
        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(credential, sad, First, Second)).Status);
    }

    [Fact]
    public async Task A_hash_listed_twice_is_signed_twice_and_not_thrice()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First, First);

        Assert.Equal("hash_already_signed", (await client.SignAsync(credential, sad, First, First, First)).Error);
        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(credential, sad, First, First)).Status);
        Assert.Equal("hash_already_signed", (await client.SignAsync(credential, sad, First)).Error);
    }

    [Fact]
    public async Task A_hundred_parallel_calls_with_one_SAD_make_one_signature()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.SignAsync(credential, sad, First)));
        Assert.Single(answers, x => x.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(x => x.Status != HttpStatusCode.OK), x => Assert.Equal("hash_already_signed", x.Error));
    }

    [Fact]
    public async Task The_SAD_of_one_client_or_credential_is_nothing_for_another()
    {
        using var client = await Host.ClientAsync();
        using var stranger = await Host.ClientAsync("other");
        var mine = await client.EnrolledAsync("peg-1");
        var also = await client.EnrolledAsync("peg-2");
        var theirs = await stranger.EnrolledAsync("peg-1");
        var sad = await client.ActivatedAsync(mine, First);

        Assert.Equal("sad_invalid", (await client.SignAsync(also, sad, First)).Error);
        Assert.Equal("sad_invalid", (await stranger.SignAsync(theirs, sad, First)).Error);
        Assert.Equal("invalid_request", (await stranger.SignAsync(mine, sad, First)).Error);
        Assert.Equal("sad_invalid", (await client.SignAsync(mine, sad[..^1] + (sad[^1] == 'A' ? 'E' : 'A'), First)).Error);
        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(mine, sad, First)).Status);
    }

    [Fact]
    public async Task A_client_sees_its_own_credentials_only()
    {
        using var client = await Host.ClientAsync();
        using var stranger = await Host.ClientAsync("other");
        var mine = await client.EnrolledAsync("peg-1");

        var listed = await stranger.PostAsync("/csc/v2/credentials/list", new JsonObject { ["userID"] = "peg-1" });
        Assert.Empty(listed.Body["credentialIDs"]!.AsArray());
        Assert.Equal("invalid_request", (await stranger.PostAsync("/csc/v2/credentials/info", new JsonObject { ["credentialID"] = mine })).Error);
        Assert.Equal("not_found", (await stranger.GetAsync("/enrolment/v1/credentials/" + mine)).Error);
        Assert.Equal("invalid_request", (await stranger.AuthorizeAsync(mine, [First])).Error);
        Assert.Equal("not_found", (await stranger.PostAsync($"/enrolment/v1/credentials/{mine}/revoke", new JsonObject { ["reason"] = "superseded" })).Error);
    }

    [Fact]
    public async Task An_activation_ends_by_time()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First);
        Host.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("sad_expired", (await client.SignAsync(credential, sad, First)).Error);
        for (var i = 0; i < 50 && Host.Services.GetRequiredService<OpenKeys>().Count > 0; i++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(0, Host.Services.GetRequiredService<OpenKeys>().Count);
    }

    [Fact]
    public async Task After_a_restart_the_key_is_gone_and_the_answer_says_so()
    {
        using (var before = await Host.ClientAsync())
        {
            var credential = await before.EnrolledAsync();
            var sad = await before.ActivatedAsync(credential, First);
            await Host.StopAsync();
            await Host.StartAgainAsync();

            using var after = await Host.ClientAsync();
            Assert.Equal("sad_key_gone", (await after.SignAsync(credential, sad, First)).Error);
            var anew = await after.ActivatedAsync(credential, First);
            Assert.Equal(HttpStatusCode.OK, (await after.SignAsync(credential, anew, First)).Status);
        }
    }

    [Theory]
    [InlineData("suspend", "credential_suspended")]
    [InlineData("revoke", "credential_revoked")]
    public async Task A_withdrawn_credential_signs_no_more_though_it_was_activated_before(string act, string error)
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First);
        var done = await client.PostAsync($"/enrolment/v1/credentials/{credential}/{act}", new JsonObject { ["reason"] = "keyCompromise" });
        Assert.Equal(HttpStatusCode.OK, done.Status);

        Assert.Equal(0, Host.Services.GetRequiredService<OpenKeys>().Count);
        Assert.Equal(error, (await client.SignAsync(credential, sad, First)).Error);
        Assert.Equal(error, (await client.AuthorizeAsync(credential, [First])).Error);
    }

    [Fact]
    public async Task A_suspension_may_be_taken_back_but_its_activations_stay_withdrawn()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var sad = await client.ActivatedAsync(credential, First);
        await client.PostAsync($"/enrolment/v1/credentials/{credential}/suspend", []);
        var released = await client.PostAsync($"/enrolment/v1/credentials/{credential}/release", []);

        Assert.Equal("active", released.Text("status"));
        Assert.Equal("sad_invalid", (await client.SignAsync(credential, sad, First)).Error);
        var anew = await client.ActivatedAsync(credential, First);
        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(credential, anew, First)).Status);
    }

    [Fact]
    public async Task An_expired_certificate_signs_no_more()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        Host.Time.Advance(TimeSpan.FromDays(731));
        using var later = await Host.ClientAsync();

        Assert.Equal("credential_expired", (await later.AuthorizeAsync(credential, [First])).Error);
        Assert.Equal("expired", (await later.GetAsync("/enrolment/v1/credentials/" + credential)).Text("status"));
        var listed = await later.PostAsync("/csc/v2/credentials/list", new JsonObject { ["userID"] = "peg-7f31c9", ["onlyValid"] = true });
        Assert.Empty(listed.Body["credentialIDs"]!.AsArray());
    }

    [Fact]
    public async Task What_credentials_info_says_is_what_signHash_takes()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var info = await client.PostAsync("/csc/v2/credentials/info", new JsonObject
        {
            ["credentialID"] = credential, ["certificates"] = "chain", ["certInfo"] = true, ["authInfo"] = true,
        });

        Assert.Equal("enabled", info.Body["key"]!["status"]!.GetValue<string>());
        Assert.Equal(ApiClient.EcdsaSha256Oid, info.Body["key"]!["algo"]![0]!.GetValue<string>());
        Assert.Equal("1.2.840.10045.3.1.7", info.Body["key"]!["curve"]!.GetValue<string>());
        Assert.Equal(3, info.Body["cert"]!["certificates"]!.AsArray().Count);
        Assert.Equal("2", info.Text("SCAL"));
        Assert.Equal("PIN", info.Body["auth"]!["objects"]![0]!["id"]!.GetValue<string>());
        Assert.Matches("^[0-9]{14}Z$", info.Body["cert"]!["validTo"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_hash_of_another_length_or_algorithm_is_refused_with_its_place()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();

        var shorter = await client.AuthorizeAsync(credential, [First, First[..31]]);
        Assert.Equal("invalid_request", shorter.Error);
        Assert.Contains("hashes[1]", shorter.Text("error_description"), StringComparison.Ordinal);

        var other = await client.PostAsync("/csc/v2/credentials/authorize", new JsonObject
        {
            ["credentialID"] = credential,
            ["numSignatures"] = 1,
            ["hashAlgorithmOID"] = "2.16.840.1.101.3.4.2.3",
            ["hashes"] = new JsonArray(Convert.ToBase64String(new byte[64])),
            ["authData"] = new JsonArray(new JsonObject { ["id"] = "PIN", ["value"] = ApiClient.Passphrase }),
        });
        Assert.Contains("hashAlgorithmOID", other.Text("error_description"), StringComparison.Ordinal);
    }
}

public sealed class SigningOnSqlite() : SigningTests(null);

public sealed class SigningOnPostgres(PostgresServer postgres) : SigningTests(postgres);
