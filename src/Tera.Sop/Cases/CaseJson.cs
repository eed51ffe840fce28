using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tera.Sop.Cases;

/// <summary>How events and cases are written as JSON. Names are stable, because stored events outlive the program that wrote them.</summary>
public static class CaseJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Writes an event.</summary>
    public static string Write(CaseEvent happened) => JsonSerializer.Serialize(happened, Options);

    /// <summary>Writes a case.</summary>
    public static string Write(Case current) => JsonSerializer.Serialize(current, Options);

    /// <summary>Reads an event.</summary>
    /// <exception cref="JsonException">The text is no event.</exception>
    public static CaseEvent ReadEvent(string json) => JsonSerializer.Deserialize<CaseEvent>(json, Options) ?? throw new JsonException("An event is not null.");

    /// <summary>Reads a case.</summary>
    /// <exception cref="JsonException">The text is no case.</exception>
    public static Case ReadCase(string json) => JsonSerializer.Deserialize<Case>(json, Options) ?? throw new JsonException("A case is not null.");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            MaxDepth = 32,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
