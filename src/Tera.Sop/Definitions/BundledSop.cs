namespace Tera.Sop.Definitions;

/// <summary>The procedures that travel inside the library: the files of the folder <c>sop/</c>.</summary>
public static class BundledSop
{
    private const string Prefix = "sop/";
    private const string Ending = ".yaml";

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. from resource in typeof(BundledSop).Assembly.GetManifestResourceNames()
            where resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.EndsWith(Ending, StringComparison.Ordinal) && !resource.StartsWith("sop/kalender/", StringComparison.Ordinal)
            let name = resource[Prefix.Length..^Ending.Length]
            orderby name
            select name];

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="ArgumentException">No such procedure is bundled.</exception>
    public static byte[] Content(string name)
    {
        using var stream = Names.Contains(name, StringComparer.Ordinal)
            ? typeof(BundledSop).Assembly.GetManifestResourceStream($"{Prefix}{name}{Ending}")
            : null;
        if (stream is null)
        {
            throw new ArgumentException($"No procedure '{name}' is bundled.", nameof(name));
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="ArgumentException">No such procedure is bundled.</exception>
    public static SopReading Read(string name) => SopReader.Read(name, Content(name));
}
