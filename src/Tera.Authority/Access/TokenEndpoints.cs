using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Tera.Authority.Requests;

namespace Tera.Authority.Access;

/// <summary>RFC 6749 4.4 (client credentials) and RFC 7009 (revocation), at the paths of CSC v2.</summary>
internal static class TokenEndpoints
{
    private const int BodyLimit = 8 * 1024;
    private const int FieldLimit = 1024;

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/csc/v2/oauth2/token", (HttpContext http, Gate gate, ClientRegistry clients, AccessTokens tokens) =>
            gate.AdmitForTokensAsync(http, () => IssueAsync(http, clients, tokens)));
        routes.MapPost("/csc/v2/oauth2/revoke", (HttpContext http, Gate gate, ClientRegistry clients, AccessTokens tokens) =>
            gate.AdmitForTokensAsync(http, () => RevokeAsync(http, clients, tokens)));
    }

    private static async Task<IResult> IssueAsync(HttpContext http, ClientRegistry clients, AccessTokens tokens)
    {
        var fields = await ReadFieldsAsync(http.Request);
        if (Authenticate(http.Request, fields, clients) is not { } client)
        {
            return new RefusalResult(new Refusal(RefusalReason.InvalidClient));
        }

        if (!string.Equals(fields.GetValueOrDefault("grant_type"), "client_credentials", StringComparison.Ordinal))
        {
            return new RefusalResult(new Refusal(RefusalReason.UnsupportedGrantType));
        }

        IReadOnlyList<string> scopes = fields.GetValueOrDefault("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } asked
            ? [.. asked.Distinct(StringComparer.Ordinal)]
            : client.Scopes;
        if (scopes.Except(client.Scopes, StringComparer.Ordinal).Any())
        {
            return new RefusalResult(new Refusal(RefusalReason.InvalidScope));
        }

        var issued = await tokens.IssueAsync(client, scopes, http.RequestAborted);
        return new JsonAnswer(new JsonObject
        {
            ["access_token"] = issued.Token,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)issued.Lifetime.TotalSeconds,
            ["scope"] = issued.Scope,
        });
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, ClientRegistry clients, AccessTokens tokens)
    {
        var fields = await ReadFieldsAsync(http.Request);
        if (Authenticate(http.Request, fields, clients) is not { } client)
        {
            return new RefusalResult(new Refusal(RefusalReason.InvalidClient));
        }

        if (fields.GetValueOrDefault("token") is not { } token)
        {
            return new RefusalResult(new Refusal(RefusalReason.InvalidRequest, "token is missing"));
        }

        await tokens.RevokeAsync(client, token, http.RequestAborted);
        return Results.NoContent();
    }

    private static AuthorityClient? Authenticate(HttpRequest request, Dictionary<string, string> fields, ClientRegistry clients)
    {
        if (ReadBasic(request) is var (id, secret))
        {
            return clients.Authenticate(id, secret);
        }

        return fields.TryGetValue("client_id", out var clientId) && fields.TryGetValue("client_secret", out var clientSecret)
            ? clients.Authenticate(clientId, clientSecret)
            : null;
    }

    private static (string Id, string Secret)? ReadBasic(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header)
            || !string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        var decoded = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, decoded, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(decoded, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }

    private static async Task<Dictionary<string, string>> ReadFieldsAsync(HttpRequest request)
    {
        if (request.HasJsonContentType())
        {
            using var body = await JsonBody.ReadAsync(request, BodyLimit);
            return new[] { "grant_type", "client_id", "client_secret", "scope", "token" }
                .Select(name => (Name: name, Value: body.OptionalText(name, FieldLimit)))
                .Where(field => field.Value is not null)
                .ToDictionary(field => field.Name, field => field.Value!, StringComparer.Ordinal);
        }

        if (!request.HasFormContentType)
        {
            throw UnreadableRequestException.Because("the content type must be application/x-www-form-urlencoded or application/json");
        }

        var (bytes, length) = await RawBody.ReadAsync(request, BodyLimit);
        using var reader = new FormReader(Encoding.UTF8.GetString(bytes, 0, length));
        try
        {
            return reader.ReadForm().ToDictionary(field => field.Key, field => One(field.Key, field.Value), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            throw UnreadableRequestException.Because("the form has too many fields or too long ones");
        }
    }

    /// <summary>RFC 6749 3.2: parameters must not be included more than once.</summary>
    private static string One(string name, StringValues values) =>
        values is [{ } value] ? value : throw UnreadableRequestException.Because($"{name} is there more than once");
}
