using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tera.Authority.Access;
using Tera.Authority.Databases;
using Tera.Authority.Issuance;
using Tera.Authority.Requests;

namespace Tera.Authority.RemoteSigning;

/// <summary>CSC API v2: credentials and signHash. Reading and writing of JSON only; what is decided is in <see cref="Activations"/>.</summary>
internal static class SigningEndpoints
{
    private const int IdLimit = 64;
    private const int OidLimit = 64;
    private const int DigestLimit = 64;

    public static void MapSigning(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/csc/v2/credentials/list", (HttpContext http, Gate gate, CredentialDescriptions describe, IDbContextFactory<AuthorityDb> databases) =>
            gate.AdmitAsync(http, AuthorityClient.ServiceScope, caller => ListAsync(http, caller, describe, databases)));
        routes.MapPost("/csc/v2/credentials/info", (HttpContext http, Gate gate, CredentialDescriptions describe, IDbContextFactory<AuthorityDb> databases) =>
            gate.AdmitAsync(http, AuthorityClient.ServiceScope, caller => InfoAsync(http, caller, describe, databases)));
        routes.MapPost("/csc/v2/credentials/authorize", (HttpContext http, Gate gate, Activations activations, AuthorityOptions options) =>
            gate.AdmitAsync(http, AuthorityClient.ServiceScope, caller => AuthorizeAsync(http, caller, activations, options)));
        routes.MapPost("/csc/v2/signatures/signHash", (HttpContext http, Gate gate, Activations activations, AuthorityOptions options) =>
            gate.AdmitAsync(http, AuthorityClient.ServiceScope, caller => SignAsync(http, caller, activations, options)));
    }

    private static async Task<IResult> ListAsync(HttpContext http, Caller caller, CredentialDescriptions describe, IDbContextFactory<AuthorityDb> databases)
    {
        using var body = await JsonBody.ReadAsync(http.Request, JsonBody.SmallLimit);
        var (onlyValid, withInfo) = (body.Flag("onlyValid"), body.Flag("credentialInfo"));
        var wanted = DetailOf(body);
        var found = (await Credentials.ListAsync(databases, caller.ClientId, body.Text("userID", IdLimit), http.RequestAborted))
            .Where(x => !onlyValid || describe.IsUsable(x))
            .ToList();
        var answer = new JsonObject { ["credentialIDs"] = new JsonArray([.. found.Select(x => JsonValue.Create(x.Id))]) };
        if (withInfo)
        {
            answer["credentialInfos"] = new JsonArray([.. found.Select(x =>
            {
                var info = describe.Describe(x, wanted);
                info.Insert(0, "credentialID", x.Id);
                return info;
            })]);
        }

        return new JsonAnswer(answer);
    }

    private static async Task<IResult> InfoAsync(HttpContext http, Caller caller, CredentialDescriptions describe, IDbContextFactory<AuthorityDb> databases)
    {
        using var body = await JsonBody.ReadAsync(http.Request, JsonBody.SmallLimit);
        var wanted = DetailOf(body);
        return await Credentials.FindAsync(databases, caller.ClientId, body.Text("credentialID", IdLimit), http.RequestAborted) is { } credential
            ? new JsonAnswer(describe.Describe(credential, wanted))
            : new RefusalResult(new Refusal(RefusalReason.InvalidRequest, "credentialID: there is no such credential"));
    }

    private static async Task<IResult> AuthorizeAsync(HttpContext http, Caller caller, Activations activations, AuthorityOptions options)
    {
        using var body = await JsonBody.ReadAsync(http.Request, JsonBody.LargeLimit);
        var request = new AuthorizeRequest(
            body.Text("credentialID", IdLimit),
            body.Number("numSignatures"),
            body.Binaries("hashes", options.Activations.MaximumHashes, DigestLimit),
            body.Text("hashAlgorithmOID", OidLimit),
            body.OptionalText("description", 255));
        using var passphrase = body.Pin();
        var answer = await activations.AuthorizeAsync(caller, request, passphrase, http.RequestAborted);
        return answer.Refusal is { } refusal
            ? new RefusalResult(refusal)
            : new JsonAnswer(new JsonObject { ["SAD"] = answer.Value.Sad, ["expiresIn"] = (long)answer.Value.ExpiresIn.TotalSeconds });
    }

    private static async Task<IResult> SignAsync(HttpContext http, Caller caller, Activations activations, AuthorityOptions options)
    {
        using var body = await JsonBody.ReadAsync(http.Request, JsonBody.LargeLimit);
        var request = new SignHashRequest(
            body.Text("credentialID", IdLimit),
            body.Text("SAD", 256),
            body.Binaries("hashes", options.Activations.MaximumHashes, DigestLimit),
            body.OptionalText("hashAlgorithmOID", OidLimit),
            body.Text("signAlgo", OidLimit));
        var answer = await activations.SignAsync(caller, request, http.RequestAborted);
        return answer.Refusal is { } refusal
            ? new RefusalResult(refusal)
            : new JsonAnswer(new JsonObject
            {
                ["signatures"] = new JsonArray([.. answer.Value.Values.Select(x => JsonValue.Create(Convert.ToBase64String(x)))]),
            });
    }

    private static CredentialDetail DetailOf(JsonBody body) => new(
        body.OptionalText("certificates", 16) switch
        {
            null or "single" => 1,
            "none" => 0,
            "chain" => int.MaxValue,
            var other => throw UnreadableRequestException.Because(string.Create(CultureInfo.InvariantCulture, $"certificates: {other.Length} characters, but none, single or chain is meant")),
        },
        body.Flag("certInfo"),
        body.Flag("authInfo"));
}
