using System.Net;
using System.Text.Json.Nodes;
using Tera.Testing.Databases;

namespace Tera.Authority.Tests.Vault;

public abstract class AttemptsTests(PostgresServer? postgres) : OnBothDatabases(postgres)
{
    private static readonly byte[] Hash = ApiClient.HashOf("naskah");

    [Fact]
    public async Task Fifty_parallel_guesses_run_five_derivations_and_no_more()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.AuthorizeAsync(credential, [Hash], $"tebakan yang salah {i}")));
        var wrong = answers.Where(x => x.Error == "invalid_pin").Select(x => x.Number("remainingAttempts")).Order();
        Assert.Equal([0, 1, 2, 3, 4], wrong);
        Assert.Equal(45, answers.Count(x => x.Error == "credential_locked"));
        Assert.All(answers.Where(x => x.Error == "credential_locked"), x => Assert.InRange(x.Number("retryAfter"), 1, 900));

        Assert.Equal("credential_locked", (await client.AuthorizeAsync(credential, [Hash])).Error);
    }

    [Fact]
    public async Task The_pause_ends_and_the_tenth_wrong_one_locks_for_good()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        Assert.Equal([4, 3, 2, 1, 0], await GuessAsync(client, credential, 5));
        Host.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal("credential_locked", (await client.AuthorizeAsync(credential, [Hash])).Error);
        Host.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([4, 3, 2, 1, 0], await GuessAsync(client, credential, 5));
        Host.Time.Advance(TimeSpan.FromMinutes(30));

        var locked = await client.AuthorizeAsync(credential, [Hash]);
        Assert.Equal("credential_locked", locked.Error);
        Assert.True(locked.Body["permanent"]!.GetValue<bool>());
        Assert.Null(locked.Body["retryAfter"]);
        Assert.Equal("locked", (await client.GetAsync("/enrolment/v1/credentials/" + credential)).Text("status"));
    }

    [Fact]
    public async Task A_right_passphrase_sets_the_count_to_zero()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        Assert.Equal([4, 3, 2, 1], await GuessAsync(client, credential, 4));
        Assert.Equal(HttpStatusCode.OK, (await client.AuthorizeAsync(credential, [Hash])).Status);
        Assert.Equal([4, 3, 2, 1], await GuessAsync(client, credential, 4));
    }

    [Fact]
    public async Task The_count_outlives_a_restart()
    {
        using var before = await Host.ClientAsync();
        var credential = await before.EnrolledAsync();
        await GuessAsync(before, credential, 3);
        await Host.StopAsync();
        await Host.StartAgainAsync();
        using var after = await Host.ClientAsync();
        Assert.Equal([1, 0], await GuessAsync(after, credential, 2));
    }

    [Fact]
    public async Task Changing_the_passphrase_needs_the_old_one_and_counts_its_guesses_too()
    {
        using var client = await Host.ClientAsync();
        var credential = await client.EnrolledAsync();
        var path = $"/enrolment/v1/credentials/{credential}/passphrase";

        var wrong = await client.PostAsync(path, new JsonObject { ["old"] = "bukan yang ini sama sekali", ["new"] = "teh manis hangat sekali" });
        Assert.Equal("invalid_pin", wrong.Error);
        Assert.Equal(4, wrong.Number("remainingAttempts"));
        Assert.Equal("weak_passphrase", (await client.PostAsync(path, new JsonObject { ["old"] = ApiClient.Passphrase, ["new"] = "pendek" })).Error);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync(path, new JsonObject { ["old"] = ApiClient.Passphrase, ["new"] = "teh manis hangat sekali" })).Status);

        Assert.Equal("invalid_pin", (await client.AuthorizeAsync(credential, [Hash])).Error);
        var authorized = await client.AuthorizeAsync(credential, [Hash], "teh manis hangat sekali");
        Assert.Equal(HttpStatusCode.OK, (await client.SignAsync(credential, authorized.Text("SAD"), Hash)).Status);
    }

    private static async Task<List<int>> GuessAsync(ApiClient client, string credential, int times)
    {
        List<int> remaining = [];
        for (var i = 0; i < times; i++)
        {
            var answer = await client.AuthorizeAsync(credential, [Hash], "tebakan yang salah sekali");
            Assert.Equal("invalid_pin", answer.Error);
            remaining.Add(answer.Number("remainingAttempts"));
        }

        return remaining;
    }
}

public sealed class AttemptsOnSqlite() : AttemptsTests(null);

public sealed class AttemptsOnPostgres(PostgresServer postgres) : AttemptsTests(postgres);
