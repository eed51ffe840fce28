using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Authority.Access;
using Tera.Authority.Requests;

namespace Tera.Authority.RemoteSigning;

/// <summary>CSC v2 info: what this service can do.</summary>
internal static class ServiceInfo
{
    public static void MapServiceInfo(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/csc/v2/info", (HttpContext http, Gate gate, AuthorityOptions options) =>
            gate.AdmitAnybodyAsync(http, () => Task.FromResult<IResult>(new JsonAnswer(Describe(options)))));

    private static JsonObject Describe(AuthorityOptions options) => new()
    {
        ["specs"] = "2.0.0.2",
        ["name"] = options.Names.Organization,
        ["logo"] = string.Empty,
        ["region"] = options.Names.Country,
        ["lang"] = "id",
        ["description"] = "Tanda tangan elektronik jarak jauh: kunci disegel dengan frasa sandi pemiliknya; hanya hash yang diterima.",
        ["authType"] = new JsonArray("oauth2client"),
        ["oauth2"] = options.PublicBaseUrl.AbsoluteUri.TrimEnd('/') + "/csc/v2/",
        ["supportsRar"] = false,
        ["asynchronousOperationMode"] = false,
        ["methods"] = new JsonArray(
            "oauth2/token", "oauth2/revoke", "credentials/list", "credentials/info", "credentials/authorize", "signatures/signHash", "signatures/timestamp"),
        ["signAlgorithms"] = new JsonObject { ["algos"] = new JsonArray("1.2.840.10045.4.3.2", "1.2.840.10045.2.1") },
        ["signature_formats"] = new JsonObject { ["formats"] = new JsonArray(), ["envelope_properties"] = new JsonArray() },
        ["conformance_levels"] = new JsonArray(),
    };
}
