using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Access;
using Tera.Authority.Databases;
using Tera.Authority.Requests;
using Tera.Authority.Vault;

namespace Tera.Authority.Issuance;

/// <summary>The enrolment interface, our own; docs/authority-api.md prints it.</summary>
internal static class EnrolmentEndpoints
{
    private const string Root = "/enrolment/v1/credentials";

    /// <summary>RFC 5280 appendix A, ub-common-name and its like.</summary>
    private const int NameLimit = 64;

    public static void MapEnrolment(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root, (HttpContext http, Gate gate, Enrolment enrolment, CredentialView view) =>
            gate.AdmitAsync(http, AuthorityClient.EnrolmentScope, caller => EnrolAsync(http, caller, enrolment, view)));
        routes.MapGet(Root, (HttpContext http, Gate gate, CredentialView view, IDbContextFactory<AuthorityDb> databases) =>
            gate.AdmitAsync(http, AuthorityClient.EnrolmentScope, caller => ListAsync(http, caller, view, databases)));
        routes.MapGet(Root + "/{id}", (HttpContext http, string id, Gate gate, CredentialView view, IDbContextFactory<AuthorityDb> databases) =>
            gate.AdmitAsync(http, AuthorityClient.EnrolmentScope, async caller =>
                await Credentials.FindAsync(databases, caller.ClientId, id, http.RequestAborted) is { } credential
                    ? new JsonAnswer(view.Show(credential))
                    : new RefusalResult(new Refusal(RefusalReason.NotFound))));
        MapChange(routes, "/{id}/revoke", async (http, caller, id, life) =>
        {
            using var body = await JsonBody.ReadAsync(http.Request, JsonBody.SmallLimit);
            return await life.RevokeAsync(caller, id, RevocationReasons.Parse(body.Text("reason", NameLimit)), http.RequestAborted);
        });
        MapChange(routes, "/{id}/suspend", (http, caller, id, life) => life.SuspendAsync(caller, id, http.RequestAborted));
        MapChange(routes, "/{id}/release", (http, caller, id, life) => life.ReleaseAsync(caller, id, http.RequestAborted));
        routes.MapPost(Root + "/{id}/passphrase", (HttpContext http, string id, Gate gate, CredentialLife life) =>
            gate.AdmitAsync(http, AuthorityClient.EnrolmentScope, async caller =>
            {
                using var body = await JsonBody.ReadAsync(http.Request, JsonBody.SmallLimit);
                using var old = body.Passphrase("old");
                using var replacement = body.Passphrase("new");
                return await life.ChangePassphraseAsync(caller, id, old, replacement, http.RequestAborted) is { } refusal
                    ? new RefusalResult(refusal)
                    : Results.NoContent();
            }));
    }

    private static void MapChange(
        IEndpointRouteBuilder routes, string path, Func<HttpContext, Caller, string, CredentialLife, Task<Answer<CredentialRow>>> change) =>
        routes.MapPost(Root + path, (HttpContext http, string id, Gate gate, CredentialLife life, CredentialView view) =>
            gate.AdmitAsync(http, AuthorityClient.EnrolmentScope, async caller =>
            {
                var answer = await change(http, caller, id, life);
                return answer.Refusal is { } refusal ? new RefusalResult(refusal) : new JsonAnswer(view.Show(answer.Value));
            }));

    private static async Task<IResult> EnrolAsync(HttpContext http, Caller caller, Enrolment enrolment, CredentialView view)
    {
        var idempotencyKey = ReadIdempotencyKey(http.Request);
        using var body = await JsonBody.ReadAsync(http.Request, JsonBody.SmallLimit);
        if (body.OptionalText("profile", NameLimit) is { } profile && !string.Equals(profile, Enrolment.PersonProfile, StringComparison.Ordinal))
        {
            throw UnreadableRequestException.Because("profile must be person");
        }

        var request = new EnrolmentRequest(ReadSubjectId(body.Text("subjectId", NameLimit)), ReadSubject(body), idempotencyKey);
        using var passphrase = body.Passphrase("passphrase");
        var answer = await enrolment.EnrolAsync(caller, request, passphrase, http.RequestAborted);
        return answer.Refusal is { } refusal
            ? new RefusalResult(refusal)
            : new JsonAnswer(view.Show(answer.Value.Credential), answer.Value.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Caller caller, CredentialView view, IDbContextFactory<AuthorityDb> databases)
    {
        var subjectId = ReadSubjectId(http.Request.Query["subjectId"].ToString());
        var found = await Credentials.ListAsync(databases, caller.ClientId, subjectId, http.RequestAborted);
        return new JsonAnswer(new JsonObject { ["credentials"] = new JsonArray([.. found.Select(view.Show)]) });
    }

    private static PersonSubject ReadSubject(JsonBody body) => new(
        body.OptionalText("subject", "commonName", NameLimit) ?? throw UnreadableRequestException.Because("subject.commonName is missing"),
        body.OptionalText("subject", "organization", NameLimit) ?? throw UnreadableRequestException.Because("subject.organization is missing"),
        body.OptionalText("subject", "organizationalUnit", NameLimit),
        body.OptionalText("subject", "title", NameLimit),
        body.OptionalText("subject", "email", 254));

    private static string ReadSubjectId(string text) =>
        text.Length is > 0 and <= NameLimit && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? text
            : throw UnreadableRequestException.Because("subjectId must have 1 to 64 characters of A-Z a-z 0-9 . _ -");

    private static string ReadIdempotencyKey(HttpRequest request) =>
        request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 128 } key] && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw UnreadableRequestException.Because("the header Idempotency-Key must be there once, with 1 to 128 printable characters");
}
