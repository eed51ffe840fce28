using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tera.Pki.Tests.Paths;

/// <summary>A line of <c>tera path --batch</c>, with the expected answer.</summary>
internal sealed record PathCase
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("leaf")]
    public required byte[] Leaf { get; init; }

    [JsonPropertyName("intermediates")]
    public byte[][] Intermediates { get; init; } = [];

    [JsonPropertyName("roots")]
    public byte[][] Roots { get; init; } = [];

    [JsonPropertyName("crls")]
    public byte[][] Crls { get; init; } = [];

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("checkRevocation")]
    public bool CheckRevocation { get; init; }

    [JsonPropertyName("policies")]
    public string[] Policies { get; init; } = [];

    [JsonPropertyName("explicitPolicy")]
    public bool ExplicitPolicy { get; init; }

    [JsonPropertyName("inhibitMapping")]
    public bool InhibitMapping { get; init; }

    [JsonPropertyName("inhibitAny")]
    public bool InhibitAny { get; init; }

    [JsonPropertyName("expected")]
    public bool Expected { get; init; }

    internal static string? File
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                var file = System.IO.Path.Combine(folder.FullName, "shared", "corpus", "pkits", "cases.jsonl");
                if (System.IO.File.Exists(file))
                {
                    return file;
                }
            }
            return null;
        }
    }

    internal static IEnumerable<PathCase> ReadAll(string file) => System.IO.File.ReadLines(file).Select(line => JsonSerializer.Deserialize<PathCase>(line)!);
}
