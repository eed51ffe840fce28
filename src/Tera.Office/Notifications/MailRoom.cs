using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Notifications;

/// <summary>The mail log around the sender, and the notices.</summary>
internal sealed partial class MailRoom(
    SmtpSender sender, OfficeOptions options, IDbContextFactory<OfficeDb> factory, TimeProvider time, ILogger<MailRoom> log) : INotifications
{
    // Stays with the line even after a later attempt was taken (docs/decisions/0004-mail-and-kills.md).
    private const string Unknown = "hasil satu upaya tidak diketahui; penerima mungkin mendapat dua salinan dengan Message-ID yang sama";

    public async Task<MailAnswer> SendAsync(MailToSend mail, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        MailRow row = await FindOrAddAsync(db, mail, cancellation);
        if (row.State == "sent")
        {
            return new MailAnswer.Sent();
        }

        if (row.State == "sending")
        {
            // The process ended between the question and the answer, or between the answer and our note of it. Only the receiver's server
            // knows. A letter twice under one Message-ID is a lesser evil than a letter never.
            LogUnknown(row.Id, row.Attempts);
            row.Problem = Unknown;
        }

        string? doubt = row.Problem == Unknown ? Unknown : null;
        await NoteAsync(db, row, "sending", doubt, row.Attempts + 1, cancellation);
        try
        {
            await sender.SendAsync(mail, row.MessageId, cancellation);
        }
        catch (SmtpException refused) when (IsForGood(refused))
        {
            string reason = $"server surel menolak ({((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture)})";
            await NoteAsync(db, row, "failed", reason, row.Attempts, cancellation);
            return new MailAnswer.Refused(reason);
        }
        catch (SmtpException later)
        {
            string problem = $"server surel belum menerima ({later.StatusCode})";
            await NoteAsync(db, row, "queued", doubt ?? (IsCutOff(later) ? Unknown : problem), row.Attempts, cancellation);
            throw;
        }

        await NoteAsync(db, row, "sent", doubt, row.Attempts, cancellation);
        return new MailAnswer.Sent();
    }

    public async Task NoticeAsync(OfficeDb db, Notice notice, CancellationToken cancellation)
    {
        bool there = db.Set<NoticeRow>().Local.Any(row => row.Key == notice.Key) || await db.Set<NoticeRow>().AnyAsync(row => row.Key == notice.Key, cancellation);
        if (!there)
        {
            db.Add(new NoticeRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                AgencyId = notice.AgencyId,
                PersonId = notice.PersonId,
                Key = notice.Key,
                Title = Cut(notice.Title, 400),
                Text = Cut(notice.Text, 1_000),
                Link = notice.Link,
                At = time.GetUtcNow(),
            });
        }
    }

    public async Task<IReadOnlyList<NoticeShown>> MineAsync(Caller caller, int limit, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<NoticeRow>().AsNoTracking().Where(row => row.PersonId == caller.PersonId && row.AgencyId == caller.AgencyId)
            .OrderByDescending(row => row.At).Take(Math.Clamp(limit, 1, 200))
            .Select(row => new NoticeShown(row.Id, row.Title, row.Text, row.Link, row.At, row.ReadAt != null)).ToListAsync(cancellation);
    }

    public async Task ReadAsync(Caller caller, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        DateTimeOffset now = time.GetUtcNow();
        await db.Set<NoticeRow>().Where(row => row.PersonId == caller.PersonId && row.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadAt, now), cancellation);
    }

    private async Task<MailRow> FindOrAddAsync(OfficeDb db, MailToSend mail, CancellationToken cancellation)
    {
        if (await db.Set<MailRow>().FirstOrDefaultAsync(row => row.Key == mail.Key, cancellation) is { } there)
        {
            return there;
        }

        var added = new MailRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            AgencyId = mail.AgencyId,
            Key = mail.Key,
            To = mail.To,
            Subject = Cut(mail.Subject, 600),
            MessageId = $"<{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key)))[..32]}@{options.PublicBaseUrl.Host}>",
            State = "queued",
            Attempts = 0,
            CreatedAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
        };
        db.Add(added);
        await db.SaveChangesAsync(cancellation);
        return added;
    }

    private async Task NoteAsync(OfficeDb db, MailRow row, string state, string? problem, int attempts, CancellationToken cancellation)
    {
        row.State = state;
        row.Problem = problem;
        row.Attempts = attempts;
        row.ChangedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
    }

    // RFC 5321 4.2.1: 5yz is a permanent refusal; 4yz and no answer at all are worth another try.
    private static bool IsForGood(SmtpException exception) =>
        exception is SmtpFailedRecipientException { StatusCode: var status } ? (int)status >= 500 : (int)exception.StatusCode is >= 500 and < 600;

    // The connection stood and no answer came: the server may have taken the mail before it was lost.
    private static bool IsCutOff(SmtpException exception) =>
        exception.StatusCode == SmtpStatusCode.GeneralFailure && exception.InnerException is not null and not SocketException || exception is SmtpSilenceException;

    [LoggerMessage(EventId = 3501, Level = LogLevel.Warning, Message = "Mail {Id} was being sent when the process ended (attempt {Attempt}); whether it was taken is unknown, and it goes again under the same Message-ID")]
    private partial void LogUnknown(Guid id, int attempt);

    private static string Cut(string text, int max) => text.Length > max ? text[..(max - 1)] + "…" : text;
}
