using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tera.EndToEnd.Hostile;

namespace Tera.EndToEnd.Product;

/// <summary>Every way back of the Lamandau chain (sops.md 4.3, ambiguity 4): to the drafter, to the verifier before, or edited oneself; what must be redone is redone.</summary>
public sealed class ReturnTests(HostileFixture fixture) : IClassFixture<HostileFixture>
{
    [Fact]
    public async Task Returned_to_the_verifier_before_only_he_decides_again()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Kembali ke verifikator sebelumnya");
        await letter.ActAsync("kabag", "reviu");
        await letter.ActAsync("asisten", "verifikasi");
        await letter.ActAsync("sekda", "verifikasi", "tidak", "verifikasi.sebelumnya", "Mohon diperiksa lagi dasar hukumnya.");
        Assert.DoesNotContain((await letter.PageAsync())["open"]!.AsArray(), t => (string)t!["stepId"]! == "reviu");
        await letter.ActAsync("asisten", "verifikasi");
        await letter.ActAsync("sekda", "verifikasi");
        await letter.ActAsync("wabup", "verifikasi");
        await letter.SignAsync();
        Assert.True((bool)(await letter.LetterAsync())["signed"]!);
    }

    [Fact]
    public async Task Returned_by_the_signer_to_the_drafter_everything_is_redone_under_the_same_number()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Kembali dari penandatangan");
        await ApproveAllAsync(letter);
        string number = (string)(await letter.LetterAsync())["number"]!;
        await letter.WaitAsync("bupati", "tte");
        await fixture.Client.JsonAsync(fixture.Client.PostAsync("bupati", $"letters/{letter.Id}/prepare", new { }));
        await letter.ActAsync("bupati", "tte", "tidak", "sunting", "Waktu rapat diubah.");
        await fixture.Client.JsonAsync(fixture.Client.DraftAsync("staf", letter.Id, "konsep-2.docx", await letter.DraftAsync("isi baru")));
        await letter.ActAsync("staf", "sunting");
        await fixture.Client.JsonAsync(fixture.Client.PutAsync("staf", $"letters/{letter.Id}/registration", HostileFixture.Registration("Kembali dari penandatangan")));
        await letter.ActAsync("staf", "registrasi");
        await ApproveAllAsync(letter);
        await letter.SignAsync();
        JsonNode signed = await letter.LetterAsync();
        Assert.Equal(number, (string)signed["number"]!);
        Assert.True((bool)signed["numberFinal"]!);
    }

    [Fact]
    public async Task A_verifier_who_edits_himself_voids_the_approvals_before_him()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Disunting sendiri");
        await letter.ActAsync("kabag", "reviu");
        await letter.ActAsync("asisten", "verifikasi");
        await letter.WaitAsync("sekda", "verifikasi");
        await fixture.Client.JsonAsync(fixture.Client.DraftAsync("sekda", letter.Id, "suntingan-sekda.docx", await letter.DraftAsync("disunting sekda")));
        await letter.ActAsync("sekda", "verifikasi", "tidak", "sunting_sendiri", "Kalimat pembuka diperbaiki.");

        // The signer is out of reach until those who approved the old text have approved the new one.
        JsonNode page = await letter.PageAsync();
        Assert.DoesNotContain(page["open"]!.AsArray(), t => (string)t!["stepId"]! == "tte");
        for (int i = 0; i < 8 && !(await letter.PageAsync())["open"]!.AsArray().Any(t => (string)t!["stepId"]! == "tte"); i++)
        {
            (string username, string step) = await NextAsync(letter);
            await letter.ActAsync(username, step);
        }

        await letter.SignAsync();
        JsonNode signed = await letter.LetterAsync();
        Assert.True((bool)signed["signed"]!);
        JsonNode check = await fixture.Client.JsonAsync(fixture.Client.GetAsync(null, $"verify/{signed["code"]}"));
        Assert.Equal(4, check["letter"]!["approvals"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_a_verifier_staged_and_did_not_submit_is_not_taken_by_the_drafter()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Suntingan yang ditinggalkan");
        string own = (string)(await letter.LetterAsync())["draftDocx"]!;
        await letter.WaitAsync("kabag", "reviu");
        await fixture.Client.JsonAsync(fixture.Client.DraftAsync("kabag", letter.Id, "ditinggalkan.docx", await letter.DraftAsync("teks kabag")));
        await letter.ActAsync("kabag", "reviu", "tidak", "sunting", "Perbaiki sendiri.");
        await letter.ActAsync("staf", "sunting");
        JsonNode versions = (await letter.LetterAsync())["versions"]!;
        Assert.Equal(own, (string)versions.AsArray().Last(v => (string)v!["kind"]! == "docx")!["hash"]!);
    }

    [Fact]
    public async Task A_cancelled_letter_leaves_its_number_in_the_register_with_the_reason()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Dibatalkan");
        string number = (string)(await letter.LetterAsync())["number"]!;
        await fixture.Client.JsonAsync(fixture.Client.PostAsync("staf", $"cases/{letter.Id}/cancel", new { reason = "Acara ditunda." }));
        JsonNode register = await fixture.Client.JsonAsync(fixture.Client.GetAsync("arsiparis", "registers/outgoing"));
        Assert.Contains("Acara ditunda.", register.AsArray().Single(line => line!.ToJsonString().Contains(number, StringComparison.Ordinal))!.ToJsonString(), StringComparison.Ordinal);
        LetterDriver next = await LetterDriver.RegisterAsync(fixture.Client, "Sesudahnya");
        Assert.NotEqual(number, (string)(await next.LetterAsync())["number"]!);
    }

    [Fact]
    public async Task Every_download_of_a_signed_letter_is_the_same_bytes()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Unduhan");
        await ApproveAllAsync(letter);
        await letter.SignAsync();
        byte[] first = await fixture.Client.BytesAsync("staf", $"letters/{letter.Id}/pdf");
        byte[] second = await fixture.Client.BytesAsync("bupati", $"letters/{letter.Id}/pdf");
        Assert.Equal(first, second);
        byte[] changed = [.. first];
        changed[2000] ^= 1;
        using var content = new ByteArrayContent(changed) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        JsonNode verdict = await fixture.Client.JsonAsync(fixture.Client.SendAsync(null, HttpMethod.Post, "verify", content));
        Assert.Equal("changed", (string)verdict["verdict"]!);
    }

    [Fact]
    public async Task Wrong_passphrases_are_counted_and_the_letter_stays()
    {
        LetterDriver letter = await LetterDriver.RegisterAsync(fixture.Client, "Frasa sandi salah");
        await ApproveAllAsync(letter);
        await letter.WaitAsync("bupati", "tte");
        await fixture.Client.JsonAsync(fixture.Client.PostAsync("bupati", $"letters/{letter.Id}/prepare", new { }));
        string hash = (string)(await letter.LetterAsync())["currentPdf"]!;
        for (int left = 4; left >= 2; left--)
        {
            using HttpResponseMessage refused = await letter.SendAsync("bupati", "tte", passphrase: "frasa yang keliru sekali");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains($"Sisa percobaan: {left}", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(hash, (string)(await letter.LetterAsync())["currentPdf"]!);
        await letter.SignAsync();
        Assert.True((bool)(await letter.LetterAsync())["signed"]!);
    }

    private static async Task ApproveAllAsync(LetterDriver letter)
    {
        await letter.ActAsync("kabag", "reviu");
        foreach (string verifier in new[] { "asisten", "sekda", "wabup" })
        {
            await letter.ActAsync(verifier, "verifikasi");
        }
    }

    /// <summary>Whose turn it is, and at which step.</summary>
    private async Task<(string Username, string Step)> NextAsync(LetterDriver letter)
    {
        for (int i = 0; i < 300; i++)
        {
            foreach (string username in new[] { "kabag", "asisten", "sekda", "wabup" })
            {
                JsonNode page = await fixture.Client.CaseAsync(username, letter.Id);
                if (page["pending"]!.AsArray().Count == 0 && page["open"]!.AsArray().FirstOrDefault(t => (bool)t!["mine"]!) is { } task)
                {
                    return (username, (string)task["stepId"]!);
                }
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("Nobody's turn: " + await letter.PageAsync());
    }
}
