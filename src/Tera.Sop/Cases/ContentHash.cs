using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tera.Sop.Cases;

/// <summary>The SHA-256 of one version of a document, as 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ContentHash
{
    private readonly string? value;

    private ContentHash(string value) => this.value = value;

    /// <summary>The digits.</summary>
    public string Value => value ?? throw new InvalidOperationException("An uninitialised ContentHash has no value.");

    /// <summary>Takes 64 hexadecimal digits.</summary>
    /// <exception cref="ArgumentException">The text is no SHA-256.</exception>
    public static ContentHash Create(string text) =>
        TryCreate(text, out var hash) ? hash : throw new ArgumentException("A content hash has 64 hexadecimal digits.", nameof(text));

    /// <summary>Takes 64 hexadecimal digits when the text is that.</summary>
    public static bool TryCreate(string? text, out ContentHash hash)
    {
        hash = text is { Length: 64 } && text.All(char.IsAsciiHexDigit) ? new ContentHash(text.ToLowerInvariant()) : default;
        return hash.value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private sealed class Converter : JsonConverter<ContentHash>
    {
        public override ContentHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryCreate(reader.GetString(), out var hash) ? hash : throw new JsonException("Not a SHA-256.");

        public override void Write(Utf8JsonWriter writer, ContentHash value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
