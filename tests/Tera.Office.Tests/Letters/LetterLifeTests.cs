using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Tests.Letters;

/// <summary>Letters of Lamandau over HTTP, from the drafter to register, archive and mailbox.</summary>
public sealed class LetterLifeTests(LettersHost host) : IClassFixture<LettersHost>
{
    [Fact]
    public async Task A_finished_letter_stands_in_register_archive_inbox_and_mailbox_and_a_cancelled_number_with_its_reason()
    {
        string done = await host.StartAsync("Undangan yang jadi"), cancelled = await host.StartAsync("Undangan yang batal");
        await host.RegisterAsync(done, null, new LetterDestination("external", "Bappeda Nusa Cendana", "bappeda@nusacendana.example"));
        await host.RegisterAsync(cancelled);
        await host.OpenAsync("kabag", cancelled, "reviu", mine: true);
        await host.SendAsync("staf", HttpMethod.Post, $"/api/v1/cases/{cancelled}/cancel", new { reason = "Rapat diundur tanpa batas waktu" });
        await host.ApproveAsync(done);
        await host.SendAsync("bupati", HttpMethod.Post, $"/api/v1/letters/{done}/prepare");
        await host.ActAsync("bupati", done, "tte", "ya");
        await host.ActAsync("staf", done, "kirim", "kirim");
        await host.ActAsync("staf", done, "ekspedisi", "ok");
        await EndedAsync(done);

        List<JsonElement> register = [.. (await host.SendAsync("staf", HttpMethod.Get, "/api/v1/registers/outgoing")).EnumerateArray()];
        JsonElement final = LineOf(register, done), void_ = LineOf(register, cancelled);
        Assert.Equal(("tetap", "batal"), (final.GetProperty("state").GetString(), void_.GetProperty("state").GetString()));
        Assert.Contains("diundur", void_.GetProperty("reason").GetString(), StringComparison.Ordinal);
        string number = final.GetProperty("number").GetString()!;
        JsonElement filed = Assert.Single((await host.SendAsync("arsiparis", HttpMethod.Get, "/api/v1/archive?q=" + Uri.EscapeDataString(number))).EnumerateArray());
        Assert.Equal((done, "000.7.5"), (filed.GetProperty("caseId").GetString(), filed.GetProperty("classification").GetString()));

        (_, string page) = await host.PageAsync("staf", "/register");
        Assert.Contains(number, page, StringComparison.Ordinal);
        Assert.Contains(void_.GetProperty("number").GetString()!, page, StringComparison.Ordinal);
        Assert.Contains("Rapat diundur tanpa batas waktu", page, StringComparison.Ordinal);
        Assert.Contains(number, (await host.PageAsync("arsiparis", "/arsip")).Text, StringComparison.Ordinal);
        Assert.Contains(number, (await host.PageAsync("kadis", "/surat/masuk")).Text, StringComparison.Ordinal);

        await SendAgainAsync(done);
        byte[] signed = (await host.BytesAsync("staf", $"/api/v1/letters/{done}/pdf")).Content;
        Assert.EndsWith("% signed", System.Text.Encoding.Latin1.GetString(signed), StringComparison.Ordinal);
        string mail = Assert.Single(host.Mails, mail => mail.Contains("bappeda@nusacendana.example", StringComparison.Ordinal));
        string part = mail.ReplaceLineEndings("\n").Split("Content-Type: application/pdf", 2)[1];
        string body = part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        Assert.Equal(signed, Convert.FromBase64String(body[..body.IndexOf("\n--", StringComparison.Ordinal)].ReplaceLineEndings("")));
    }

    [Fact]
    public async Task Every_notice_and_the_mail_beside_it_point_at_a_page_that_opens()
    {
        string id = await host.StartAsync("Undangan dengan pemberitahuan");
        IOutboxEffect notify = host.Services.GetServices<IOutboxEffect>().Single(effect => effect.Name == "notif.kirim");
        await using (OfficeDb db = await host.Services.GetRequiredService<IDbContextFactory<OfficeDb>>().CreateDbContextAsync())
        {
            CaseFacts facts = (await host.Services.GetRequiredService<ICaseFacts>().FindAsync(db, Guid.Parse(id), default))!;
            var context = new OutboxContext(facts.CaseId, facts.AgencyId, facts.Sop, "templat", 1, $"{id}/notif", "konseptor", 1, db);
            Assert.IsType<EffectResult.Succeeded>(await notify.RunAsync(context, default));
            await db.SaveChangesAsync();
        }

        List<string> links = [.. (await host.SendAsync("staf", HttpMethod.Get, "/api/v1/notices")).EnumerateArray().Select(notice => notice.GetProperty("link").GetString()!)];
        Assert.Contains($"/kasus/{id}", links);
        foreach (string link in links)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.PageAsync("staf", link)).Status);
        }
    }

    [Fact]
    public async Task Who_acts_for_the_bupati_signs_after_the_letter_is_registered_again_with_their_own_name()
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta")).DateTime);
        Holding bupati = await host.PositionAsync("bupati"), wabup = await host.PositionAsync("wabup");
        await host.SendAsync("admin", HttpMethod.Post, "/api/v1/organisation/acting", new
        {
            positionId = bupati.PositionId, personId = wabup.PersonId, kind = "plh", orderNumber = "800.1.11.1/0042/2026", from = today, to = today.AddDays(3),
        });
        string id = await host.StartAsync("Undangan selama Bupati berhalangan");
        await host.RegisterAsync(id);
        await host.ApproveAsync(id);
        string number = (await host.SendAsync("staf", HttpMethod.Get, $"/api/v1/letters/{id}")).GetProperty("number").GetString()!;

        // The letter prints the Bupati: neither preparing nor signing without it passes, and both say what to do.
        (HttpStatusCode status, JsonElement problem) = await host.TryAsync("wabup", HttpMethod.Post, $"/api/v1/letters/{id}/prepare");
        Assert.Equal((HttpStatusCode.Conflict, "rendering_differs"), (status, problem.GetProperty("reason").GetString()));
        Assert.Contains("didaftarkan ulang dengan Anda", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, problem) = await host.TryAsync("wabup", HttpMethod.Post, $"/api/v1/cases/{id}/steps/tte", await host.FormAsync("wabup", id, "tte", "ya"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Kembalikan kepada konseptor", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await host.ActAsync("wabup", id, "tte", "tidak", "sunting", "Bupati dinas luar; daftarkan saya sebagai Plh.");
        await host.RegisterAsync(id, wabup.PersonId);
        await host.ApproveAsync(id);
        JsonElement ready = await host.SendAsync("wabup", HttpMethod.Post, $"/api/v1/letters/{id}/prepare");
        Assert.Equal(number, ready.GetProperty("number").GetString());
        byte[] pdf = (await host.BytesAsync("wabup", $"/api/v1/letters/{id}/pdf")).Content;
        string text = string.Concat(await host.Services.GetRequiredService<PdfTools>().TextAsync(pdf, default));
        Assert.Contains("Plh. Bupati Arunika", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Laksmi Kencanawati", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Kencanawati, S.E.", text, StringComparison.OrdinalIgnoreCase);

        await host.ActAsync("wabup", id, "tte", "ya");
        await host.OpenAsync("staf", id, "kirim", mine: true);
        JsonElement line = LineOf([.. (await host.SendAsync("staf", HttpMethod.Get, "/api/v1/registers/outgoing")).EnumerateArray()], id);
        Assert.Equal((number, "tetap"), (line.GetProperty("number").GetString(), line.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Without_the_converter_a_self_edit_and_a_preparation_are_refused_in_a_sentence_and_change_nothing()
    {
        string id = await host.StartAsync("Undangan tanpa pengubah PDF");
        await host.RegisterAsync(id);
        await host.OpenAsync("kabag", id, "reviu", mine: true);
        try
        {
            await host.BreakConverterAsync();
            await host.StageAsync("kabag", id);
            (HttpStatusCode status, JsonElement problem) = await host.TryAsync(
                "kabag", HttpMethod.Post, $"/api/v1/cases/{id}/steps/reviu", await host.FormAsync("kabag", id, "reviu", "tidak", "sunting_sendiri", "Saya perbaiki sendiri."));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains("pengubah PDF sedang tidak tersedia", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

            await host.ApproveAsync(id);
            await PrintedYesterdayAsync(id);
            string before = (await host.SendAsync("staf", HttpMethod.Get, $"/api/v1/letters/{id}")).GetProperty("currentPdf").GetString()!;
            (status, problem) = await host.TryAsync("bupati", HttpMethod.Post, $"/api/v1/letters/{id}/prepare");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "converter_unavailable"), (status, problem.GetProperty("reason").GetString()));
            Assert.Equal(before, (await host.SendAsync("staf", HttpMethod.Get, $"/api/v1/letters/{id}")).GetProperty("currentPdf").GetString());
        }
        finally
        {
            host.RepairConverter();
        }
    }

    /// <summary>The outbox does its work at least once: as after a crash between the mail and its record.</summary>
    private async Task SendAgainAsync(string id)
    {
        var caseId = Guid.Parse(id);
        await using OfficeDb db = await host.Services.GetRequiredService<IDbContextFactory<OfficeDb>>().CreateDbContextAsync();
        await db.Set<LetterDispatchRow>().Where(row => row.CaseId == caseId).ExecuteDeleteAsync();
        LetterRow letter = await db.Set<LetterRow>().AsNoTracking().SingleAsync(row => row.CaseId == caseId);
        var context = new OutboxContext(caseId, letter.AgencyId, "lamandau/naskah-keluar-tte-bupati", "ekspedisi", 1, $"{id}/again", null, 2, db);
        foreach (string name in new[] { "kirim.eksternal", "kirim.internal" })
        {
            Assert.IsType<EffectResult.Succeeded>(await host.Services.GetServices<IOutboxEffect>().Single(effect => effect.Name == name).RunAsync(context, default));
        }

        await db.SaveChangesAsync();
        Assert.Single(await db.Set<ReceivedLetterRow>().Where(row => row.CaseId == caseId).ToListAsync());
    }

    private async Task PrintedYesterdayAsync(string id)
    {
        await using OfficeDb db = await host.Services.GetRequiredService<IDbContextFactory<OfficeDb>>().CreateDbContextAsync();
        var caseId = Guid.Parse(id);
        LetterRow letter = await db.Set<LetterRow>().SingleAsync(row => row.CaseId == caseId);
        letter.PrintedDate = letter.PrintedDate!.Value.AddDays(-1);
        await db.SaveChangesAsync();
    }

    private async Task EndedAsync(string id)
    {
        for (int attempt = 0; attempt < 300; attempt++)
        {
            if ((await host.SendAsync("staf", HttpMethod.Get, $"/api/v1/cases/{id}")).GetProperty("ended").GetBoolean())
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"The case {id} did not end."));
    }

    private static JsonElement LineOf(IReadOnlyList<JsonElement> register, string id) => Assert.Single(register, line => line.GetProperty("caseId").GetString() == id);
}
