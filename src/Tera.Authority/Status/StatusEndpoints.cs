using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Tera.Authority.Access;
using Tera.Authority.Issuance;
using Tera.Authority.Requests;

namespace Tera.Authority.Status;

/// <summary>What relying parties fetch: OCSP (RFC 6960 appendix A), CRLs and CA certificates (RFC 5280 4.2.1.13, 4.2.2.1).</summary>
internal static class StatusEndpoints
{
    private const string OcspRequestType = "application/ocsp-request";
    private const string OcspResponseType = "application/ocsp-response";

    /// <summary>A request about one certificate has about 100 bytes; RFC 5019 4.1 asks for one.</summary>
    private const int OcspRequestLimit = 4 * 1024;

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/ocsp", (HttpContext http, Gate gate, StatusResponder responder) =>
            gate.AdmitAnybodyAsync(http, () => AnswerPostAsync(http, responder)));
        routes.MapGet("/ocsp/{**request}", (HttpContext http, string request, Gate gate, StatusResponder responder) =>
            gate.AdmitAnybodyAsync(http, () => AnswerGetAsync(http, request, responder)));
        routes.MapGet("/crl/{name}.crl", (HttpContext http, string name, Gate gate, CrlPublisher crls) =>
            gate.AdmitAnybodyAsync(http, () => SendCrlAsync(http, name, crls)));
        routes.MapGet("/ca/{name}.cer", (HttpContext http, string name, Gate gate, CertificationAuthority authority) =>
            gate.AdmitAnybodyAsync(http, () => Task.FromResult(SendCertificate(name, authority))));
    }

    private static async Task<IResult> AnswerPostAsync(HttpContext http, StatusResponder responder)
    {
        if (!string.Equals(http.Request.ContentType?.Split(';')[0].Trim(), OcspRequestType, StringComparison.OrdinalIgnoreCase))
        {
            throw UnreadableRequestException.Because($"the content type must be {OcspRequestType}");
        }

        var (bytes, length) = await RawBody.ReadAsync(http.Request, OcspRequestLimit);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(await responder.AnswerAsync(bytes.AsMemory(0, length), http.RequestAborted), OcspResponseType);
    }

    private static async Task<IResult> AnswerGetAsync(HttpContext http, string request, StatusResponder responder)
    {
        // Servers differ in what they decode: a slash of base64 may come as it is or escaped.
        var text = Uri.UnescapeDataString(request);
        var bytes = new byte[text.Length];
        if (text.Length > OcspRequestLimit || !Convert.TryFromBase64String(text, bytes, out var length))
        {
            throw UnreadableRequestException.Because("the path after /ocsp/ must be a request in base64");
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(await responder.AnswerAsync(bytes.AsMemory(0, length), http.RequestAborted), OcspResponseType);
    }

    private static async Task<IResult> SendCrlAsync(HttpContext http, string name, CrlPublisher crls)
    {
        if (await crls.FindLatestAsync(name, http.RequestAborted) is not { } crl)
        {
            return Results.NotFound();
        }

        // A cache may keep it for a minute only: a revocation is known everywhere within one.
        http.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromMinutes(1), MustRevalidate = true };
        http.Response.GetTypedHeaders().LastModified = crl.ThisUpdate;
        return Results.Bytes(crl.Der, "application/pkix-crl");
    }

    private static IResult SendCertificate(string name, CertificationAuthority authority) => name switch
    {
        IssuerNames.Root => Results.Bytes(authority.Root.Encoded.ToArray(), "application/pkix-cert"),
        IssuerNames.Issuing => Results.Bytes(authority.Issuing.Encoded.ToArray(), "application/pkix-cert"),
        _ => Results.NotFound(),
    };
}
