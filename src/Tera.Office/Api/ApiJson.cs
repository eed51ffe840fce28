using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Tera.Office.Cases;

namespace Tera.Office.Api;

/// <summary>Reads and writes the JSON of the REST interface: small, shallow, strict, and without leaving secrets behind.</summary>
public static class ApiJson
{
    /// <summary>Forms, not files: a step's fields and a passphrase.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int MaxDepth = 8;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 64, // of what is written; reading has its own limit
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new SecretTextReader(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The request's body as <typeparamref name="T"/>, or why not.</summary>
    public static async Task<(T? Value, ApiProblem? Problem)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, ApiProblem.NotJson);
        }

        byte[] body = new byte[MaxBodyBytes + 1];
        try
        {
            int length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
            if (length > MaxBodyBytes)
            {
                return (null, ApiProblem.TooLarge);
            }

            return JsonSerializer.Deserialize<T>(body.AsSpan(0, length), Strict) is { } value
                ? (value, null)
                : (null, ApiProblem.InvalidInput("Isi permintaan kosong."));
        }
        catch (JsonException e)
        {
            // The exception's own text may quote the input, which may be a passphrase; the path and the line may not.
            string where = string.IsNullOrEmpty(e.Path) ? "$" : e.Path;
            return (null, ApiProblem.InvalidInput($"JSON tidak sah di {where}, baris {(e.LineNumber ?? 0) + 1}.", where));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <summary>Takes a secret from the body's bytes to its own buffer; no string of it is made.</summary>
    private sealed class SecretTextReader : JsonConverter<SecretText>
    {
        public override SecretText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException("A secret is a string.");
            }

            byte[] text = new byte[reader.ValueSpan.Length];
            int length = reader.CopyString(text);
            byte[] exact = text.AsSpan(0, length).ToArray();
            CryptographicOperations.ZeroMemory(text);
            return new SecretText(exact);
        }

        public override void Write(Utf8JsonWriter writer, SecretText value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is never written.");
    }
}
