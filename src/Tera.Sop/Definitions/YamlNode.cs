namespace Tera.Sop.Definitions;

/// <summary>A place in a file, from 1.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A node of the file as it was written, with its place.</summary>
internal abstract record YamlNode(Place Place);

/// <summary>A text; <see cref="IsPlain"/> when written without quotes.</summary>
internal sealed record YamlText(Place Place, string Value, bool IsPlain) : YamlNode(Place)
{
    public bool IsNull => IsPlain && Value is "" or "null" or "~";
}

internal sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place);

internal sealed record YamlEntry(YamlText Key, YamlNode Value);

internal sealed record YamlMap(Place Place, IReadOnlyList<YamlEntry> Entries) : YamlNode(Place)
{
    public YamlNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key.Value, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
