using System.IO.Compression;

namespace Tera.Office.Letters.Docx;

/// <summary>The parts of a docx by name, in ordinal order. Writing the same parts gives the same bytes: no time and no order of a directory is in them.</summary>
public sealed class DocxPackage
{
    // The first instant a zip file can name; a real time would make two equal merges differ.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, byte[]> _parts;

    internal DocxPackage(IReadOnlyDictionary<string, byte[]> parts, string mainPart)
    {
        _parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string name, byte[] content) in parts)
        {
            _parts[name] = content;
        }

        MainPart = mainPart;
    }

    /// <summary>Name of the part with the text, usually <c>word/document.xml</c>.</summary>
    public string MainPart { get; }

    public IReadOnlyDictionary<string, byte[]> Parts => _parts;

    public DocxPackage With(IReadOnlyDictionary<string, byte[]> changed)
    {
        var parts = new Dictionary<string, byte[]>(_parts, StringComparer.Ordinal);
        foreach ((string name, byte[] content) in changed)
        {
            parts[name] = content;
        }

        return new DocxPackage(parts, MainPart);
    }

    public byte[] Write()
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            // OPC readers that stream expect the content types first.
            foreach ((string name, byte[] content) in _parts.OrderBy(part => part.Key != ContentTypes.PartName).ThenBy(part => part.Key, StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = NoTime;
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    /// <summary>Name of the relationships part that belongs to a part: <c>word/document.xml</c> -> <c>word/_rels/document.xml.rels</c>.</summary>
    internal static string RelationshipsOf(string part)
    {
        int slash = part.LastIndexOf('/');
        return $"{part[..(slash + 1)]}_rels/{part[(slash + 1)..]}.rels";
    }
}
