using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Tera.Office.Notifications;

/// <summary>Hands one mail to the agency's SMTP server.</summary>
internal sealed class SmtpSender(SmtpChoice smtp)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <exception cref="SmtpException">The server refused, or cannot be reached.</exception>
    public async Task SendAsync(MailToSend mail, string messageId, CancellationToken cancellation)
    {
        using var message = new MailMessage
        {
            From = new MailAddress(smtp.From, Plain(mail.FromName), Encoding.UTF8),
            Subject = Plain(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.To.Add(new MailAddress(mail.To));
        message.Headers.Add("Message-ID", messageId);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using MemoryStream? content = mail.Attachment is null ? null : new MemoryStream(mail.Attachment.Pdf, writable: false);
        if (content is not null)
        {
            message.Attachments.Add(new Attachment(content, mail.Attachment!.FileName, MediaTypeNames.Application.Pdf));
        }

        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (smtp is { UserName: { } user, PasswordFile: { } file })
        {
            client.Credentials = new NetworkCredential(user, (await File.ReadAllTextAsync(file, cancellation)).TrimEnd('\r', '\n'));
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SmtpSilenceException(Limit);
        }
    }

    // A header is one line; more would start another header.
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The server gave no answer in time; it may have taken the mail or not.</summary>
internal sealed class SmtpSilenceException(TimeSpan limit)
    : SmtpException(SmtpStatusCode.ServiceNotAvailable, $"The mail server did not answer within {limit.TotalSeconds:0} seconds.");
