using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tera.Office.Cases;
using Tera.Office.Signing;

namespace Tera.Office.Organisation;

/// <summary>
/// Gives every demo official who signs a credential, as soon as the authority answers. Runs again at each start and does nothing for those who have one.
/// The passphrase of a demo is public; a real person types their own in the Enrollment slice.
/// </summary>
internal sealed partial class DemoCredentials(IServiceProvider services, ILogger<DemoCredentials> log, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IAuthorityClient>() is not { } authority)
        {
            return; // the office runs without a vault: nobody can sign
        }

        TimeSpan pause = FirstPause;
        foreach (DemoPerson demo in DemoPeople.All.Where(person => person.Signs))
        {
            while (!await TryEnrolAsync(authority, demo, stoppingToken))
            {
                await Task.Delay(pause, time, stoppingToken);
                pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            }
        }
    }

    /// <returns>False: the authority did not answer; ask again.</returns>
    private async Task<bool> TryEnrolAsync(IAuthorityClient authority, DemoPerson demo, CancellationToken cancellation)
    {
        Guid person = DemoAgencySeed.IdOf("person", demo.Code);
        try
        {
            if (await authority.FindCredentialAsync(person, cancellation) is not null)
            {
                return true;
            }

            using var passphrase = new SecretText(System.Text.Encoding.UTF8.GetBytes(DemoAgency.Passphrase));
            var subject = new EnrolmentSubject(person, demo.Name, demo.Agency, null, demo.Position, null);
            if (await authority.EnrolAsync(subject, passphrase, $"demo-{demo.Code}", cancellation) is EnrolmentAnswer.Refused refused)
            {
                LogRefused(demo.Code, refused.Message);
            }

            return true;
        }
        catch (Exception e) when (e is AuthorityUnreachableException or AuthorityRefusedException or HttpRequestException or IOException or TimeoutException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogWaiting(e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "The authority refused a demo credential for {Account}: {Reason}")]
    private partial void LogRefused(string account, string reason);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Demo credentials wait for the authority ({Problem})")]
    private partial void LogWaiting(string problem);
}
