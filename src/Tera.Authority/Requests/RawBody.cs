using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tera.Authority.Requests;

/// <summary>The bytes of a request up to a limit, in an array that only the caller knows.</summary>
internal static class RawBody
{
    public static async Task<(byte[] Bytes, int Length)> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit;
        }

        // One byte more than allowed, so that a body without a length is found to be too long.
        var bytes = new byte[(int)(request.ContentLength ?? limit) + 1];
        var length = 0;
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(bytes.AsMemory(length), request.HttpContext.RequestAborted)) > 0)
            {
                length += read;
                if (length == bytes.Length)
                {
                    throw TooLarge(limit);
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            throw e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(limit) : UnreadableRequestException.Because("the body breaks off");
        }

        return (bytes, length);
    }

    private static UnreadableRequestException TooLarge(int limit) =>
        new(new Refusal(RefusalReason.PayloadTooLarge, $"The body has more than {limit} bytes."));
}
