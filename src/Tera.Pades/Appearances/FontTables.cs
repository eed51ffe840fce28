using System.Buffers.Binary;
using System.Text;

namespace Tera.Pades.Appearances;

/// <summary>The tables of a TrueType or OpenType font (ISO/IEC 14496-22), every offset checked: reading beyond a table refuses the font.</summary>
internal sealed class FontTables
{
    private const int MaxTables = 64;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _tables = new(StringComparer.Ordinal);

    public FontTables(ReadOnlyMemory<byte> file)
    {
        var start = 0;
        if (file.Span.StartsWith("ttcf"u8))
            start = (int)Math.Min(U32(file, 12), int.MaxValue);
        var header = From(file, start);
        if (!header.Span.StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0]) && !header.Span.StartsWith("OTTO"u8) && !header.Span.StartsWith("true"u8))
            throw Unreadable("no TrueType or OpenType font; a web font (WOFF) must be unpacked first");
        var count = U16(header, 4);
        if (count > MaxTables)
            throw Unreadable("too many tables");
        for (var i = 0; i < count; i++)
        {
            var entry = 12 + (16 * i);
            var tag = Encoding.Latin1.GetString(Slice(header, entry, 4).Span);
            _tables.TryAdd(tag, Slice(file, U32(header, entry + 8), U32(header, entry + 12)));
        }
    }

    // A plain null would become empty memory.
    public ReadOnlyMemory<byte>? Find(string tag) => _tables.TryGetValue(tag, out var table) ? table : (ReadOnlyMemory<byte>?)null;

    public ReadOnlyMemory<byte> Require(string tag) => Find(tag) ?? throw Unreadable($"its table {tag} is missing");

    public static int U16(ReadOnlyMemory<byte> table, long at) => BinaryPrimitives.ReadUInt16BigEndian(Slice(table, at, 2).Span);

    public static int I16(ReadOnlyMemory<byte> table, long at) => BinaryPrimitives.ReadInt16BigEndian(Slice(table, at, 2).Span);

    public static long U32(ReadOnlyMemory<byte> table, long at) => BinaryPrimitives.ReadUInt32BigEndian(Slice(table, at, 4).Span);

    public static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> table, long start, long length) =>
        start >= 0 && length >= 0 && start + length <= table.Length ? table.Slice((int)start, (int)length) : throw Unreadable("a table ends too early");

    public static MarkException Unreadable(string detail) => new(MarkRefusal.FontUnreadable, detail);

    private static ReadOnlyMemory<byte> From(ReadOnlyMemory<byte> file, int start) =>
        start <= file.Length ? file[start..] : throw Unreadable("a table ends too early");
}
