using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Notifications;

/// <summary>Front of the slice: mail that is accounted for, and notices inside the office.</summary>
public interface INotifications
{
    /// <summary>
    /// Sends one mail, once for its key: a row is written before the server is asked, and a key that was sent is not sent again.
    /// Throws when the server cannot be reached or asks to come back later; a refusal for good is an answer.
    /// </summary>
    Task<MailAnswer> SendAsync(MailToSend mail, CancellationToken cancellation);

    /// <summary>Adds a notice for a person; the caller saves. The same key again adds nothing.</summary>
    Task NoticeAsync(OfficeDb db, Notice notice, CancellationToken cancellation);

    /// <summary>The caller's notices, newest first.</summary>
    Task<IReadOnlyList<NoticeShown>> MineAsync(Caller caller, int limit, CancellationToken cancellation);

    /// <summary>Marks the caller's notices as read.</summary>
    Task ReadAsync(Caller caller, CancellationToken cancellation);
}

/// <param name="Key">Names the mail for ever: case, document and addressee.</param>
/// <param name="FromName">Shown before the sender's address: the agency.</param>
public sealed record MailToSend(Guid AgencyId, string Key, string To, string FromName, string Subject, string Body, MailAttachment? Attachment = null);

public sealed record MailAttachment(string FileName, byte[] Pdf);

public abstract record MailAnswer
{
    private MailAnswer() { }

    public sealed record Sent : MailAnswer;

    /// <summary>The server will never take it: unknown mailbox, policy.</summary>
    public sealed record Refused(string Reason) : MailAnswer;
}

/// <param name="Key">The same key again is the same notice.</param>
/// <param name="Link">Path in the office, or null.</param>
public sealed record Notice(Guid AgencyId, Guid PersonId, string Key, string Title, string Text, string? Link);

public sealed record NoticeShown(Guid Id, string Title, string Text, string? Link, DateTimeOffset At, bool Read);
