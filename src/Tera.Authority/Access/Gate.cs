using System.Net.Http.Headers;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tera.Authority.Requests;

namespace Tera.Authority.Access;

/// <summary>
/// What every request passes: the rate, then the token and its scope, then the handler; and what every failure becomes.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly AccessTokens tokens;
    private readonly AuthorityStartup startup;
    private readonly ILogger<Gate> log;
    private readonly PartitionedRateLimiter<string> clients;
    private readonly PartitionedRateLimiter<string> addresses;
    private readonly PartitionedRateLimiter<string> tokenSeekers;

    public Gate(AccessTokens tokens, AuthorityStartup startup, AuthorityOptions options, ILogger<Gate> log)
    {
        this.tokens = tokens;
        this.startup = startup;
        this.log = log;
        clients = Limiter(options.Rates.PerClient);
        addresses = Limiter(options.Rates.PerAddress);
        tokenSeekers = Limiter(options.Rates.TokensPerAddress);
    }

    /// <summary>With a bearer token that has the scope.</summary>
    public Task<IResult> AdmitAsync(HttpContext http, string scope, Func<Caller, Task<IResult>> handle) => GuardAsync(http, async () =>
    {
        if (ReadBearer(http.Request) is not { } token || await tokens.FindAsync(token, http.RequestAborted) is not { } caller)
        {
            // Tokens are not guessable, but each try costs a look into the database.
            return IsWithin(tokenSeekers, AddressOf(http)) ? Refused(RefusalReason.InvalidToken) : TooMany();
        }

        if (!caller.Scopes.Contains(scope, StringComparer.Ordinal))
        {
            return Refused(RefusalReason.InsufficientScope);
        }

        return IsWithin(clients, caller.ClientId) ? await handle(caller) : TooMany();
    });

    public Task<IResult> AdmitAnybodyAsync(HttpContext http, Func<Task<IResult>> handle) =>
        GuardAsync(http, async () => IsWithin(addresses, AddressOf(http)) ? await handle() : TooMany());

    public Task<IResult> AdmitForTokensAsync(HttpContext http, Func<Task<IResult>> handle) =>
        GuardAsync(http, async () => IsWithin(tokenSeekers, AddressOf(http)) ? await handle() : TooMany());

    public void Dispose()
    {
        clients.Dispose();
        addresses.Dispose();
        tokenSeekers.Dispose();
    }

    private async Task<IResult> GuardAsync(HttpContext http, Func<Task<IResult>> handle)
    {
        try
        {
            await startup.InitializeAsync(http.RequestAborted);
            return await handle();
        }
        catch (UnreadableRequestException e)
        {
            return new RefusalResult(e.Refusal);
        }
#pragma warning disable CA1031 // the rim: whatever broke, the caller learns nothing of it and the log everything
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.RequestFailed(e, http.Request.Path);
            return Refused(RefusalReason.ServerError);
        }
    }

    private static RefusalResult Refused(RefusalReason reason) => new(new Refusal(reason));

    private static RefusalResult TooMany() => new(new Refusal(RefusalReason.RateLimited, RetryAfter: TimeSpan.FromSeconds(1)));

    private static bool IsWithin(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static string? ReadBearer(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && header.Parameter is { Length: > 0 and <= 256 } token
            ? token
            : null;

    private static PartitionedRateLimiter<string> Limiter(int perSecond) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 2,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));
}
