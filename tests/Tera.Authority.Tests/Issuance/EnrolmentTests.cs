using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tera.Authority.Databases;
using Tera.Pki.Certificates;
using Tera.Testing.Databases;

namespace Tera.Authority.Tests.Issuance;

public abstract class EnrolmentTests(PostgresServer? postgres) : OnBothDatabases(postgres)
{
    private const string Canary = "kenari-zq7 terbang 4xW9 malam";

    [Fact]
    public async Task The_same_key_gives_the_same_credential_and_another_request_under_it_is_a_conflict()
    {
        using var client = await Host.ClientAsync();
        var first = await client.EnrolAsync(idempotencyKey: "permohonan-1");
        var again = await client.EnrolAsync(idempotencyKey: "permohonan-1", passphrase: "lain sama sekali frasanya");
        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal("idempotency_conflict", (await client.EnrolAsync(subjectId: "peg-2", idempotencyKey: "permohonan-1")).Error);
        using var stranger = await Host.ClientAsync("other");
        Assert.Equal(HttpStatusCode.Created, (await stranger.EnrolAsync(idempotencyKey: "permohonan-1")).Status);
    }

    [Fact]
    public async Task Parallel_requests_under_one_key_leave_one_credential_and_no_certificate_unaccounted()
    {
        using var client = await Host.ClientAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.EnrolAsync(idempotencyKey: "permohonan-1")));
        Assert.Single(answers.Select(x => x.Text("credentialId")).Distinct(StringComparer.Ordinal));
        Assert.Single(answers, x => x.Status == HttpStatusCode.Created);

        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AuthorityDb>>().CreateDbContextAsync();
        var people = await db.Certificates.Where(x => x.Profile == "person").ToListAsync();
        Assert.Single(people, x => x.State == CertificateState.Issued);
        Assert.All(people.Where(x => x.State == CertificateState.Prepared), x => Assert.Equal(CertificateStanding.Revoked, x.Standing));
    }

    [Fact]
    public async Task What_a_crash_left_prepared_counts_as_revoked()
    {
        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AuthorityDb>>().CreateDbContextAsync();
        db.Certificates.Add(new CertificateRow
        {
            SerialNumber = "4a0102030405", Issuer = "issuing", Profile = "person", TbsSha256 = [1], NotBefore = Host.Time.GetUtcNow(), NotAfter = Host.Time.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        var upkeep = Host.Services.GetRequiredService<Upkeep>();
        await upkeep.RunOnceAsync(CancellationToken.None);
        Assert.Equal(CertificateStanding.Good, (await db.Certificates.AsNoTracking().SingleAsync(x => x.SerialNumber == "4a0102030405")).Standing);
        Host.Time.Advance(TimeSpan.FromMinutes(11));
        await upkeep.RunOnceAsync(CancellationToken.None);
        Assert.Equal(CertificateStanding.Revoked, (await db.Certificates.AsNoTracking().SingleAsync(x => x.SerialNumber == "4a0102030405")).Standing);
    }

    [Fact]
    public async Task The_certificate_says_the_name_and_an_opaque_number_and_no_more()
    {
        using var client = await Host.ClientAsync();
        var first = Certificate.Decode(Convert.FromBase64String((await client.EnrolAsync()).Text("certificate")));
        var second = Certificate.Decode(Convert.FromBase64String((await client.EnrolAsync()).Text("certificate")));
        var other = Certificate.Decode(Convert.FromBase64String((await client.EnrolAsync("peg-2")).Text("certificate")));

        Assert.Equal(["Rahmat Setiadi"], first.Subject.Values("2.5.4.3"));
        Assert.Equal(["Dinas Kominfo"], first.Subject.Values("2.5.4.11"));
        Assert.Equal(first.Subject.Values("2.5.4.5"), second.Subject.Values("2.5.4.5"));
        Assert.NotEqual(first.Subject.Values("2.5.4.5"), other.Subject.Values("2.5.4.5"));
        Assert.DoesNotContain("peg-7f31c9", Encoding.Latin1.GetString(first.Encoded.Span), StringComparison.Ordinal);
        Assert.Equal(first.NotBefore.AddYears(2).AddSeconds(-1), first.NotAfter);
    }

    [Theory]
    [InlineData("Budi 3171234567890123", "subject")]
    [InlineData("Rahmat\u202eSetiadi", "subject")]
    public async Task The_lints_stop_what_a_certificate_must_not_say(string commonName, string where)
    {
        using var client = await Host.ClientAsync();
        var answer = await client.EnrolAsync(commonName: commonName);
        Assert.Equal("invalid_request", answer.Error);
        Assert.StartsWith(where, answer.Text("error_description"), StringComparison.Ordinal);
        Assert.DoesNotContain("3171234567890123", answer.Text("error_description") + Host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_passphrase_makes_no_certificate_and_names_the_rule()
    {
        using var client = await Host.ClientAsync();
        var answer = await client.EnrolAsync(passphrase: "rahmat setiadi 123");
        Assert.Equal("weak_passphrase", answer.Error);
        Assert.Equal("personal", answer.Text("rule"));
        Assert.Empty((await client.GetAsync("/enrolment/v1/credentials?subjectId=peg-7f31c9")).Body["credentials"]!.AsArray());
    }

    [Fact]
    public async Task A_revocation_is_for_good_and_destroys_the_key()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var path = "/enrolment/v1/credentials/" + credential;
        Assert.Equal("invalid_state", (await client.PostAsync(path + "/release", [])).Error);
        Assert.Equal("invalid_request", (await client.PostAsync(path + "/revoke", new JsonObject { ["reason"] = "certificateHold" })).Error);
        var revoked = await client.PostAsync(path + "/revoke", new JsonObject { ["reason"] = "affiliationChanged" });
        var again = await client.PostAsync(path + "/revoke", new JsonObject { ["reason"] = "superseded" });
        Assert.Equal(revoked.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal("invalid_state", (await client.PostAsync(path + "/suspend", [])).Error);
        Assert.Equal("invalid_state", (await client.PostAsync(path + "/release", [])).Error);

        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AuthorityDb>>().CreateDbContextAsync();
        Assert.Null((await db.Credentials.SingleAsync(x => x.Id == credential)).SealedKey);
    }

    [Fact]
    public async Task Rows_swapped_by_SQL_unlock_nothing()
    {
        using var client = await Host.ClientAsync();
        var mine = await client.EnrolledAsync("peg-1");
        var theirs = (await client.EnrolAsync("peg-2", "frasa orang lain yang panjang")).Text("credentialId");
        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AuthorityDb>>().CreateDbContextAsync();
        var (a, b) = (await db.Credentials.SingleAsync(x => x.Id == mine), await db.Credentials.SingleAsync(x => x.Id == theirs));
        (a.SealedKey, b.SealedKey) = (b.SealedKey, a.SealedKey);
        (a.KdfSalt, b.KdfSalt) = (b.KdfSalt, a.KdfSalt);
        await db.SaveChangesAsync();

        Assert.Equal("server_error", (await client.AuthorizeAsync(theirs, [ApiClient.HashOf("x")])).Error);
        Assert.Contains(theirs, Host.Log.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await db.Credentials.AsNoTracking().SingleAsync(x => x.Id == theirs)).Attempts);
    }

    [Fact]
    public async Task A_passphrase_is_nowhere_in_files_logs_or_answers()
    {
        using var client = await Host.ClientAsync();
        var hash = ApiClient.HashOf("naskah");
        List<string> answers = [];
        var enrolled = await client.EnrolAsync(passphrase: Canary);
        var credential = enrolled.Text("credentialId");
        answers.Add(enrolled.Body.ToJsonString());
        var authorized = await client.AuthorizeAsync(credential, [hash], Canary);
        answers.Add((await client.SignAsync(credential, authorized.Text("SAD"), hash)).Body.ToJsonString());
        answers.Add((await client.AuthorizeAsync(credential, [hash], Canary + " salah")).Body.ToJsonString());
        answers.Add((await client.AuthorizeAsync(credential, [hash[..5]], Canary)).Body.ToJsonString());
        answers.Add((await client.AuthorizeAsync("c-unknown", [hash], Canary)).Body.ToJsonString());
        answers.Add((await client.PostAsync($"/enrolment/v1/credentials/{credential}/passphrase", new JsonObject { ["old"] = Canary, ["new"] = Canary[..5] })).Body.ToJsonString());
        foreach (var broken in new[] { $$"""{"passphrase":"{{Canary}}","subjectId":""", $$"""{"passphrase":["{{Canary}}"]}""", $$"""["{{Canary}}"]""", $"{{\"authData\":\"{Canary}\"" })
        {
            using var content = new StringContent(broken, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/enrolment/v1/credentials") { Content = content };
            request.Headers.Add("Idempotency-Key", "x");
            answers.Add((await ApiClient.ReadAsync(await client.Http.SendAsync(request))).Body.ToJsonString());
        }

        var sad = authorized.Text("SAD");
        var secret = (await File.ReadAllTextAsync(Path.Combine(Host.DataFolder, "clients", "tera-office.secret"))).Trim();
        await Host.StopAsync();
        Assert.All(answers, x => Assert.DoesNotContain("kenari", x, StringComparison.Ordinal));
        foreach (var canary in new[] { "kenari-zq7", sad, secret, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Canary))), Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Canary))) })
        {
            Assert.DoesNotContain(canary, Host.Log.Text, StringComparison.OrdinalIgnoreCase);
            foreach (var file in Directory.EnumerateFiles(Host.DataFolder, "*", SearchOption.AllDirectories).Where(x => !x.EndsWith(".secret", StringComparison.Ordinal)))
            {
                var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
                Assert.False(text.Contains(canary, StringComparison.OrdinalIgnoreCase), $"{canary} is in {file}");
            }
        }
    }

    [Fact]
    public async Task A_key_of_cheaper_times_gets_todays_cost_at_its_next_use()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        await Host.StopAsync();
        await Host.StartAgainAsync(x => x with { Kdf = x.Kdf with { Iterations = 2 } });
        using var later = await Host.ClientAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await later.AuthorizeAsync(credential, [ApiClient.HashOf("x")])).Status);
        }

        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AuthorityDb>>().CreateDbContextAsync();
        Assert.Equal(2, (await db.Credentials.SingleAsync(x => x.Id == credential)).KdfIterations);
    }
}

public sealed class EnrolmentOnSqlite() : EnrolmentTests(null);

public sealed class EnrolmentOnPostgres(PostgresServer postgres) : EnrolmentTests(postgres);
