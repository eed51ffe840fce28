using Microsoft.Extensions.Logging;

namespace Tera.Authority;

/// <summary>The catalogue of log events. None takes a passphrase, a token, a SAD or a person's data; acts are in the audit log.</summary>
internal static partial class AuthorityEvents
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "The request to {Path} failed.")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string? path);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "The authority is ready: {Provider}, issuing CA {Serial}.")]
    public static partial void Ready(this ILogger logger, AuthorityDatabaseProvider provider, string serial);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "The sealed key of credential {Credential} does not belong there or was altered.")]
    public static partial void SealBroken(this ILogger logger, string credential);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "A signature by credential {Credential} did not verify and was withheld.")]
    public static partial void SignatureFaulty(this ILogger logger, string credential);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Error, Message = "The upkeep of the authority failed; it is tried again.")]
    public static partial void UpkeepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "The clock went back by {Seconds} s; no time stamps until it has caught up.")]
    public static partial void ClockWentBack(this ILogger logger, double seconds);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Critical, Message = "The audit log does not contain its checkpoint at entry {Sequence}: it was cut or an older backup was put back. The authority does not start.")]
    public static partial void AuditCut(this ILogger logger, long sequence);
}
