using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tera.Authority.Vault;

namespace Tera.Authority.Requests;

/// <summary>The one place where a refusal becomes a status, a code and a text.</summary>
internal sealed class RefusalResult(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (status, error, text) = Describe(refusal);
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        var body = new JsonObject { ["error"] = error, ["error_description"] = refusal.Detail ?? text };
        AddMembers(body);
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && refusal.RetryAfter is { } pause)
        {
            response.Headers.RetryAfter = WholeSeconds(pause).ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            // RFC 6750 3 and RFC 6749 5.2: the scheme which the client should have used
            response.Headers.WWWAuthenticate = refusal.Reason == RefusalReason.InvalidClient ? "Basic realm=\"tera\"" : "Bearer error=\"invalid_token\"";
        }

        return response.WriteAsJsonAsync(body, httpContext.RequestAborted);
    }

    private void AddMembers(JsonObject body)
    {
        switch (refusal.Reason)
        {
            case RefusalReason.InvalidPin:
                body["remainingAttempts"] = refusal.RemainingAttempts;
                break;
            case RefusalReason.CredentialLocked:
                body["retryAfter"] = refusal.RetryAfter is { } wait ? WholeSeconds(wait) : null;
                body["permanent"] = refusal.RetryAfter is null;
                break;
            case RefusalReason.RateLimited or RefusalReason.ServerBusy or RefusalReason.TimeNotAvailable:
                body["retryAfter"] = refusal.RetryAfter is { } pause ? WholeSeconds(pause) : null;
                break;
            case RefusalReason.WeakPassphrase:
                body["rule"] = refusal.Weakness switch
                {
                    PassphraseWeakness.TooShort => "too_short",
                    PassphraseWeakness.TooLong => "too_long",
                    PassphraseWeakness.Banned => "banned",
                    PassphraseWeakness.Repetitive => "repetitive",
                    _ => "personal",
                };
                break;
        }
    }

    private static long WholeSeconds(TimeSpan span) => (long)Math.Ceiling(Math.Max(1, span.TotalSeconds));

    private static (int Status, string Error, string Text) Describe(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.InvalidRequest => (400, "invalid_request", "The request is malformed."),
        RefusalReason.UnsupportedGrantType => (400, "unsupported_grant_type", "Only client_credentials is offered."),
        RefusalReason.InvalidScope => (400, "invalid_scope", "The client does not have this scope."),
        RefusalReason.InvalidClient => (401, "invalid_client", "Unknown client or wrong secret."),
        RefusalReason.InvalidToken => (401, "invalid_token", "The access token is missing, unknown or expired."),
        RefusalReason.InsufficientScope => (403, "insufficient_scope", "The access token lacks the scope of this path."),
        RefusalReason.InvalidPin => (400, "invalid_pin", "The passphrase is wrong."),
        RefusalReason.CredentialLocked when refusal.RetryAfter is null =>
            (400, "credential_locked", "Too many wrong passphrases; the credential has to be enrolled anew."),
        RefusalReason.CredentialLocked => (400, "credential_locked", "Too many wrong passphrases."),
        RefusalReason.CredentialSuspended => (400, "credential_suspended", "The credential is suspended."),
        RefusalReason.CredentialRevoked => (400, "credential_revoked", "The certificate is revoked and its key destroyed."),
        RefusalReason.CredentialExpired => (400, "credential_expired", "The certificate is not valid at this time."),
        RefusalReason.WeakPassphrase => (400, "weak_passphrase", DescribeWeakness(refusal.Weakness)),
        RefusalReason.SadInvalid => (400, "sad_invalid", "The SAD is unknown, or not of this client and credential."),
        RefusalReason.SadExpired => (400, "sad_expired", "The activation is over."),
        RefusalReason.SadKeyGone => (400, "sad_key_gone", "The unlocked key of this activation is no longer in memory; authorize again."),
        RefusalReason.HashNotAuthorized => (400, "hash_not_authorized", "A hash is not in the list of the activation."),
        RefusalReason.HashAlreadySigned => (400, "hash_already_signed", "A hash of the list is already spent."),
        RefusalReason.NotFound => (404, "not_found", "There is no such credential."),
        RefusalReason.InvalidState => (409, "invalid_state", "The state of the credential does not allow this."),
        RefusalReason.IdempotencyConflict => (409, "idempotency_conflict", "The Idempotency-Key was used with another request."),
        RefusalReason.PayloadTooLarge => (413, "payload_too_large", "The request is too large."),
        RefusalReason.RateLimited => (429, "rate_limited", "Too many requests."),
        RefusalReason.ServerBusy => (503, "server_busy", "Too many keys are being unlocked; try again."),
        RefusalReason.TimeNotAvailable => (503, "time_not_available", "There is no time stamp now; try again."),
        _ => (500, "server_error", "The request failed; the log of the authority has the reason."),
    };

    private static string DescribeWeakness(PassphraseWeakness? weakness) => weakness switch
    {
        PassphraseWeakness.TooShort => "The passphrase needs 12 characters or four words.",
        PassphraseWeakness.TooLong => "The passphrase has more than 256 characters.",
        PassphraseWeakness.Banned => "The passphrase is on the list of those guessed first.",
        PassphraseWeakness.Repetitive => "The passphrase repeats or runs through few characters.",
        _ => "The passphrase contains the person's name or identifier.",
    };
}
