using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tera.Sop.Cases;

/// <summary>An id that Tera.Sop compares and passes on, and never looks into.</summary>
/// <typeparam name="TSelf">The id.</typeparam>
public interface IOpaqueId<TSelf>
    where TSelf : struct, IOpaqueId<TSelf>
{
    /// <summary>The text.</summary>
    string Value { get; }

    /// <summary>Takes an id when the text is one.</summary>
    static abstract bool TryCreate(string? text, out TSelf id);
}

/// <summary>A case: one run of one SOP. No slash, because it begins the key of an effect.</summary>
[JsonConverter(typeof(OpaqueIdConverter<CaseId>))]
public readonly record struct CaseId : IOpaqueId<CaseId>
{
    private readonly string? value;

    private CaseId(string value) => this.value = value;

    /// <summary>The text.</summary>
    public string Value => value ?? throw new InvalidOperationException("An uninitialised CaseId has no value.");

    /// <summary>Takes an id: 1 to 200 printable characters without spaces.</summary>
    /// <exception cref="ArgumentException">The text is no id.</exception>
    public static CaseId Create(string text) =>
        TryCreate(text, out var id) ? id : throw new ArgumentException("An id has 1 to 200 printable characters and no spaces.", nameof(text));

    /// <summary>Takes an id when the text is one.</summary>
    public static bool TryCreate(string? text, out CaseId id)
    {
        id = OpaqueId.IsValid(text) && !text!.Contains('/', StringComparison.Ordinal) ? new CaseId(text!) : default;
        return id.value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A person, as the office names him.</summary>
[JsonConverter(typeof(OpaqueIdConverter<PersonId>))]
public readonly record struct PersonId : IOpaqueId<PersonId>
{
    private readonly string? value;

    private PersonId(string value) => this.value = value;

    /// <summary>The text.</summary>
    public string Value => value ?? throw new InvalidOperationException("An uninitialised PersonId has no value.");

    /// <summary>Takes an id: 1 to 200 printable characters without spaces.</summary>
    /// <exception cref="ArgumentException">The text is no id.</exception>
    public static PersonId Create(string text) =>
        TryCreate(text, out var id) ? id : throw new ArgumentException("An id has 1 to 200 printable characters and no spaces.", nameof(text));

    /// <summary>Takes an id when the text is one.</summary>
    public static bool TryCreate(string? text, out PersonId id)
    {
        id = OpaqueId.IsValid(text) ? new PersonId(text!) : default;
        return id.value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A position (jabatan), as the office names it.</summary>
[JsonConverter(typeof(OpaqueIdConverter<PositionId>))]
public readonly record struct PositionId : IOpaqueId<PositionId>
{
    private readonly string? value;

    private PositionId(string value) => this.value = value;

    /// <summary>The text.</summary>
    public string Value => value ?? throw new InvalidOperationException("An uninitialised PositionId has no value.");

    /// <summary>Takes an id: 1 to 200 printable characters without spaces.</summary>
    /// <exception cref="ArgumentException">The text is no id.</exception>
    public static PositionId Create(string text) =>
        TryCreate(text, out var id) ? id : throw new ArgumentException("An id has 1 to 200 printable characters and no spaces.", nameof(text));

    /// <summary>Takes an id when the text is one.</summary>
    public static bool TryCreate(string? text, out PositionId id)
    {
        id = OpaqueId.IsValid(text) ? new PositionId(text!) : default;
        return id.value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Writes an id as its text.</summary>
/// <typeparam name="T">The id.</typeparam>
public sealed class OpaqueIdConverter<T> : JsonConverter<T>
    where T : struct, IOpaqueId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryCreate(reader.GetString(), out var id) ? id : throw new JsonException($"Not a {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal static class OpaqueId
{
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= 200 } && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character));
}
