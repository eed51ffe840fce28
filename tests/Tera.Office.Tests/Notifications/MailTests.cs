using System.Net.Mail;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Notifications;
using Tera.Office.Storage;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Notifications;

public sealed partial class MailTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly Guid Agency = Guid.Parse("00000000-0000-0000-0000-0000000000a1");
    private readonly MailServer _mail = new();

    public async ValueTask InitializeAsync() => await _mail.StartAsync();

    public async ValueTask DisposeAsync() => await _mail.DisposeAsync();

    [Fact]
    public async Task The_attachment_arrives_byte_for_byte()
    {
        await using TestOffice office = await OpenAsync();
        byte[] pdf = [.. "%PDF-1.7\n"u8, .. RandomNumberGenerator.GetBytes(70_001), .. "\r\n.\r\n\n%%EOF\n"u8];
        Assert.IsType<MailAnswer.Sent>(await RoomOf(office).SendAsync(Mail("a", pdf), default));

        string mail = Assert.Single(_mail.Mails);
        Assert.Equal(pdf, Attachment(mail));
        Assert.Contains("application/pdf", mail, StringComparison.Ordinal);
        Assert.Contains("000.7.5-0001-UMUM-2026.pdf", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_sends_one_mail_however_often_it_is_asked()
    {
        await using TestOffice office = await OpenAsync();
        for (int turn = 0; turn < 3; turn++)
        {
            Assert.IsType<MailAnswer.Sent>(await RoomOf(office).SendAsync(Mail("sekali"), default));
        }

        Assert.Single(_mail.Mails);
        Assert.IsType<MailAnswer.Sent>(await RoomOf(office).SendAsync(Mail("lain"), default));
        Assert.Equal(2, _mail.Mails.Count);
    }

    [Fact]
    public async Task While_the_server_is_down_nothing_is_lost_and_afterwards_it_is_sent_once()
    {
        await using TestOffice office = await OpenAsync();
        await _mail.StopAsync();
        await Assert.ThrowsAsync<SmtpException>(() => RoomOf(office).SendAsync(Mail("nanti"), default));
        await Assert.ThrowsAsync<SmtpException>(() => RoomOf(office).SendAsync(Mail("nanti"), default));
        await using (OfficeDb db = await office.DbAsync())
        {
            MailRow waiting = await db.Set<MailRow>().SingleAsync();
            Assert.Equal(("queued", 2), (waiting.State, waiting.Attempts));
        }

        await _mail.StartAsync();
        await RoomOf(office).SendAsync(Mail("nanti"), default);
        await RoomOf(office).SendAsync(Mail("nanti"), default);
        Assert.Single(_mail.Mails);
        await using OfficeDb after = await office.DbAsync();
        Assert.Equal("sent", (await after.Set<MailRow>().SingleAsync()).State);
    }

    [Fact]
    public async Task A_hostile_name_or_subject_starts_no_other_header_and_names_no_other_addressee()
    {
        await using TestOffice office = await OpenAsync();
        MailToSend hostile = Mail("h") with
        {
            FromName = "Pemerintah\r\nBcc: korban@lain.example\r\nX: \"<a@b.example>, ",
            Subject = "Undangan\r\nX-Sisipan: ya\n\nIsi palsu\u2028\u0085X-Lagi: ya \"Ketua\" <x@y.example> 👍",
        };
        Assert.IsType<MailAnswer.Sent>(await RoomOf(office).SendAsync(hostile, default));

        string mail = Assert.Single(_mail.Mails);
        List<string> names = HeadersOf(mail);
        Assert.DoesNotContain(names, name => name.Equals("Bcc", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Sis", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Lagi", StringComparison.OrdinalIgnoreCase));
        Assert.Single(names, name => name.Equals("From", StringComparison.OrdinalIgnoreCase));
        Assert.Single(names, name => name.Equals("Subject", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("X-RcptTo: sekretariat@nusacendana.example\n", mail.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("korban@lain.example", mail[..mail.ReplaceLineEndings("\n").IndexOf("\n\n", StringComparison.Ordinal)].Split("From:")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_attempts_carry_the_same_message_id_so_that_a_receiver_can_tell()
    {
        await using TestOffice office = await OpenAsync();
        await RoomOf(office).SendAsync(Mail("id"), default);
        await using (OfficeDb db = await office.DbAsync())
        {
            // A crash between the server's answer and our record.
            await db.Set<MailRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.State, "sending"));
        }

        await RoomOf(office).SendAsync(Mail("id"), default);
        string[] ids = [.. _mail.Mails.Select(mail => MessageId().Match(mail).Value)];
        Assert.All(ids, id => Assert.Equal(ids[0], id));
        Assert.NotEmpty(ids[0]);
    }

    private async Task<TestOffice> OpenAsync()
    {
        OfficeOptions options = await TestOffice.OptionsAsync(Database.Sqlite, server);
        return await TestOffice.OpenAsync(Database.Sqlite, server, same: options with { Smtp = new SmtpChoice("127.0.0.1", _mail.Port, "tera@arunika.example") });
    }

    /// <summary>A new one each time: as after a restart.</summary>
    private static MailRoom RoomOf(TestOffice office) =>
        new(new SmtpSender(office.Options.Smtp), office.Options, office.Get<IDbContextFactory<OfficeDb>>(), office.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<MailRoom>.Instance);

    private static MailToSend Mail(string key, byte[]? pdf = null) => new(
        Agency, key, "sekretariat@nusacendana.example", "Pemerintah Kabupaten Arunika", "Undangan (000.7.5/0001/UMUM/2026)", "Yth. Sekretariat,\n\n.\nTerlampir.\n",
        new MailAttachment("000.7.5-0001-UMUM-2026.pdf", pdf ?? [.. "%PDF-1.7\n"u8]));

    /// <summary>The base64 of the PDF part.</summary>
    private static byte[] Attachment(string mail)
    {
        string part = mail.ReplaceLineEndings("\n").Split("Content-Type: application/pdf", 2)[1];
        string body = part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        return Convert.FromBase64String(body[..body.IndexOf("\n--", StringComparison.Ordinal)].ReplaceLineEndings(""));
    }

    private static List<string> HeadersOf(string mail) =>
        mail.ReplaceLineEndings("\n").Split("\n\n", 2)[0].Split('\n').Where(line => line.Length > 0 && line[0] is not (' ' or '\t')).Select(line => line.Split(':')[0]).ToList();

    [GeneratedRegex(@"^Message-ID: (.+)$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex MessageId();
}
