using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tera.Authority.Vault;

namespace Tera.Authority.Requests;

/// <summary>
/// A JSON request read under limits. The bytes are ours alone and are cleared at the end, because a passphrase may be
/// among them; the document only points into them. Kestrel's own transport buffers are out of our reach.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    public const int SmallLimit = 64 * 1024;
    public const int LargeLimit = 1024 * 1024;
    private const int MaximumDepth = 16;
    private readonly byte[] bytes;
    private readonly JsonDocument document;

    private JsonBody(byte[] bytes, JsonDocument document)
    {
        this.bytes = bytes;
        this.document = document;
    }

    public static async Task<JsonBody> ReadAsync(HttpRequest request, int limit)
    {
        if (!request.HasJsonContentType())
        {
            throw UnreadableRequestException.Because("the content type must be application/json");
        }

        var (bytes, length) = await RawBody.ReadAsync(request, limit);
        try
        {
            var parsed = JsonDocument.Parse(bytes.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = MaximumDepth });
            var body = new JsonBody(bytes, parsed);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
            {
                return body;
            }

            body.Dispose();
        }
        catch (JsonException e)
        {
            CryptographicOperations.ZeroMemory(bytes);
            // The exception's own text may quote the body, and with it a passphrase.
            throw UnreadableRequestException.Because($"the body is no JSON: line {e.LineNumber}, byte {e.BytePositionInLine}");
        }

        throw UnreadableRequestException.Because("the body must be a JSON object");
    }

    public string Text(string name, int maximum) =>
        OptionalText(name, maximum) ?? throw UnreadableRequestException.Because($"{name} is missing");

    public string? OptionalText(string name, int maximum) => OptionalText(document.RootElement, name, name, maximum);

    public bool Flag(string name) => Find(document.RootElement, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw UnreadableRequestException.Because($"{name} must be true or false"),
    };

    public int Number(string name) =>
        Find(document.RootElement, name) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt32(out var number)
            ? number
            : throw UnreadableRequestException.Because($"{name} must be a whole number");

    /// <summary>A text in a nested object, such as <c>subject.commonName</c>.</summary>
    public string? OptionalText(string parent, string name, int maximum) =>
        Find(document.RootElement, parent) is { ValueKind: JsonValueKind.Object } nested
            ? OptionalText(nested, name, $"{parent}.{name}", maximum)
            : throw UnreadableRequestException.Because($"{parent} must be an object");

    public IReadOnlyList<byte[]> Binaries(string name, int maximumCount, int maximumLength)
    {
        var array = Array(document.RootElement, name);
        if (array.GetArrayLength() is var count && (count == 0 || count > maximumCount))
        {
            throw UnreadableRequestException.Because($"{name} must have 1 to {maximumCount} entries");
        }

        return [.. array.EnumerateArray().Select((element, index) => Binary(element, $"{name}[{index}]", maximumLength))];
    }

    public byte[] Binary(string name, int maximumLength) =>
        Binary(Find(document.RootElement, name) ?? throw UnreadableRequestException.Because($"{name} is missing"), name, maximumLength);

    public Passphrase Passphrase(string name) =>
        ReadPassphrase(Find(document.RootElement, name) ?? throw UnreadableRequestException.Because($"{name} is missing"), name);

    /// <summary>CSC v2 authData: the value whose id is PIN.</summary>
    public Passphrase Pin()
    {
        foreach (var element in Array(document.RootElement, "authData").EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object
                && string.Equals(OptionalText(element, "id", "authData.id", 64), "PIN", StringComparison.Ordinal)
                && Find(element, "value") is { } value)
            {
                return ReadPassphrase(value, "authData PIN");
            }
        }

        throw UnreadableRequestException.Because("authData must have an entry with id PIN and a value");
    }

    public void Dispose()
    {
        document.Dispose();
        CryptographicOperations.ZeroMemory(bytes);
    }

    private static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private static JsonElement Array(JsonElement parent, string name) =>
        Find(parent, name) is { ValueKind: JsonValueKind.Array } array
            ? array
            : throw UnreadableRequestException.Because($"{name} must be an array");

    private static string? OptionalText(JsonElement parent, string name, string path, int maximum)
    {
        if (Find(parent, name) is not { } element)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.String || !TryGetText(element, out var text))
        {
            throw UnreadableRequestException.Because($"{path} must be a text");
        }

        if (text.Length == 0 || text.Length > maximum)
        {
            throw UnreadableRequestException.Because($"{path} must have 1 to {maximum} characters");
        }

        return text.Any(char.IsControl) ? throw UnreadableRequestException.Because($"{path} has a control character") : text;
    }

    private static bool TryGetText(JsonElement element, out string text)
    {
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = string.Empty; // half a surrogate pair in an escape
            return false;
        }
    }

    private static byte[] Binary(JsonElement element, string path, int maximumLength) =>
        element.ValueKind == JsonValueKind.String && element.TryGetBytesFromBase64(out var binary) && binary.Length <= maximumLength
            ? binary
            : throw UnreadableRequestException.Because($"{path} must be base64 of at most {maximumLength} bytes");

    /// <summary>From the raw bytes into a cleared buffer: it never becomes a string.</summary>
    private static Passphrase ReadPassphrase(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw UnreadableRequestException.Because($"{path} must be a text");
        }

        var raw = JsonMarshal.GetRawUtf8Value(element);
        var unescaped = GC.AllocateUninitializedArray<byte>(raw.Length, pinned: true);
        try
        {
            var reader = new Utf8JsonReader(raw);
            reader.Read();
            return Vault.Passphrase.TryCreate(unescaped.AsSpan(0, reader.CopyString(unescaped)))
                ?? throw UnreadableRequestException.Because($"{path} must be a text of 1 to {Vault.Passphrase.MaximumBytes} bytes");
        }
        catch (InvalidOperationException)
        {
            throw UnreadableRequestException.Because($"{path} has half a surrogate pair");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(unescaped);
        }
    }
}
