using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Authority.Access;
using Tera.Authority.Requests;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Authority.TimeStamping;

/// <summary>Time stamps over HTTP (RFC 3161 3.4) and in the JSON of CSC v2.</summary>
internal static class TimeStampEndpoints
{
    private const string QueryType = "application/timestamp-query";
    private const string ReplyType = "application/timestamp-reply";
    private const int RequestLimit = 16 * 1024;

    /// <summary>RFC 3161 sets no bound; 160 bits are more than anybody draws.</summary>
    private const int NonceDigits = 49;

    public static void MapTimeStamping(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tsa", (HttpContext http, Gate gate, TimeStampUnit unit) =>
            gate.AdmitAnybodyAsync(http, () => RespondAsync(http, unit)));
        routes.MapPost("/csc/v2/signatures/timestamp", (HttpContext http, Gate gate, TimeStampUnit unit) =>
            gate.AdmitAsync(http, AuthorityClient.ServiceScope, _ => StampAsync(http, unit)));
    }

    private static async Task<IResult> RespondAsync(HttpContext http, TimeStampUnit unit)
    {
        if (!string.Equals(http.Request.ContentType?.Split(';')[0].Trim(), QueryType, StringComparison.OrdinalIgnoreCase))
        {
            throw UnreadableRequestException.Because($"the content type must be {QueryType}");
        }

        var (bytes, length) = await RawBody.ReadAsync(http.Request, RequestLimit);
        return Results.Bytes(await unit.RespondAsync(bytes.AsMemory(0, length), http.RequestAborted), ReplyType);
    }

    private static async Task<IResult> StampAsync(HttpContext http, TimeStampUnit unit)
    {
        using var body = await JsonBody.ReadAsync(http.Request, JsonBody.SmallLimit);
        var hash = HashAlgorithms.FromOid(body.Text("hashAlgo", 64)) ?? throw UnreadableRequestException.Because("hashAlgo: not offered");
        var imprint = body.Binary("hash", 64);
        if (imprint.Length != HashAlgorithms.LengthOf(hash))
        {
            throw UnreadableRequestException.Because($"hash: {imprint.Length} bytes, but {hash.Name} has {HashAlgorithms.LengthOf(hash)}");
        }

        var request = new TimeStampRequest(hash, imprint, ReadNonce(body.OptionalText("nonce", NonceDigits)));
        var encoded = await unit.RespondAsync(request.Encoded, http.RequestAborted);
        if (!TimeStampResponse.TryDecode(encoded, out var response, out _) || response.Token is not { } token)
        {
            return new RefusalResult(new Refusal(RefusalReason.TimeNotAvailable, RetryAfter: TimeSpan.FromSeconds(5)));
        }

        return new JsonAnswer(new JsonObject { ["timestamp"] = Convert.ToBase64String(token.Span) });
    }

    private static ReadOnlyMemory<byte>? ReadNonce(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number.ToByteArray(isUnsigned: false, isBigEndian: true)
            : throw UnreadableRequestException.Because("nonce must have decimal digits only");
    }
}
