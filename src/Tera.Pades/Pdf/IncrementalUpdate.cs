using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Pdf;

/// <summary>
/// New and changed objects to be appended to a file (ISO 32000-1 7.5.6), with a cross-reference section of the kind the file
/// has. No byte that is there is touched, so that the signatures over it stay what they are. The same changes to the same file
/// make the same bytes.
/// </summary>
public sealed class IncrementalUpdate
{
    private static readonly string[] SectionKeys = ["Prev", "XRefStm", "Type", "W", "Index", "Filter", "DecodeParms", "Length", "Size"];

    private readonly SortedDictionary<int, (int Generation, PdfObject Value)> _objects = [];
    private int _next;
    private PdfReference? _signature;

    /// <summary>Begins an update.</summary>
    /// <param name="file">The file it will be appended to.</param>
    /// <exception cref="PdfException">Its object numbers are used up, or it has an integrity code (ISO/TS 32004) that does not hold.</exception>
    public IncrementalUpdate(PdfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        File = file;
        _next = FirstFreeNumber(file);
        var state = IntegrityCheck.Of(file);
        if (state is IntegrityState.Missing or IntegrityState.DoesNotHold)
            throw new PdfException(PdfRefusal.BrokenIntegrityCode);
        IntegrityCode = state == IntegrityState.Holds ? file.Security?.IntegrityCode : null;
    }

    /// <summary>The file.</summary>
    public PdfFile File { get; }

    /// <summary>Makes the integrity code that the new revision must have (ISO/TS 32004); null where the file has none.</summary>
    internal IntegrityCode? IntegrityCode { get; }

    /// <summary>Whether nothing has been put.</summary>
    public bool IsEmpty => _objects.Count == 0;

    /// <summary>Takes an object number that no revision has used.</summary>
    /// <returns>The new object's name.</returns>
    public ObjectId Allocate() => new(_next++);

    /// <summary>Adds an object or puts it in the place of the one the file has.</summary>
    /// <param name="id">Its name: from <see cref="Allocate"/>, or that of an object of the file.</param>
    /// <param name="value">The value.</param>
    public void Put(ObjectId id, PdfObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _objects[id.Number] = (id.Generation, value);
    }

    /// <summary>Adds a new object.</summary>
    /// <param name="value">The value.</param>
    /// <returns>A reference to it.</returns>
    public PdfReference Add(PdfObject value)
    {
        var id = Allocate();
        Put(id, value);
        return new PdfReference(id);
    }

    /// <summary>Says that the integrity code, where the file has one, will stand in this signature; else the update has one of its own.</summary>
    /// <param name="signature">The signature dictionary, which waits for its /Contents.</param>
    internal void AttachIntegrityCodeTo(PdfReference signature) => _signature = signature;

    /// <summary>The object as it will be, or as the file has it.</summary>
    /// <param name="id">The object.</param>
    /// <returns>The object; the null object where it is undefined.</returns>
    public PdfObject Get(ObjectId id) => _objects.TryGetValue(id.Number, out var put) ? put.Value : File.Latest.Get(id);

    /// <summary>The value, or what it refers to in the file with this update.</summary>
    /// <param name="value">A value, perhaps a reference.</param>
    /// <returns>A value that is not a reference.</returns>
    public PdfObject Resolve(PdfObject? value)
    {
        for (var hops = 0; value is PdfReference reference && hops < 32; hops++)
            value = Get(reference.Id);
        return value is null or PdfReference ? PdfNull.Instance : value;
    }

    /// <summary>Writes the file with the update behind it; the file's bytes pass through a buffer of 128 KiB once.</summary>
    /// <param name="output">Where the result goes, from its present position; it need not be seekable.</param>
    public void WriteTo(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        CopyFile(File.Bytes, output, hash: null);
        if (!IsEmpty)
            output.Write(Build());
    }

    /// <summary>What is to be appended.</summary>
    /// <returns>The bytes.</returns>
    public byte[] Build()
    {
        using var writer = new PdfWriter();
        if (File.Bytes.Length > 0 && File.Bytes.Look(File.Bytes.Length - 1, 1)[0] is not ((byte)'\n' or (byte)'\r'))
            writer.Bytes("\n"u8);

        var entries = new SortedDictionary<int, XrefEntry>();
        foreach (var (number, (generation, value)) in _objects)
        {
            entries[number] = new XrefEntry(ObjectPlacement.Offset, generation, OffsetOf(writer));
            WriteHeader(writer, number, generation);
            writer.Cipher = File.Security?.For(new ObjectId(number, generation));
            writer.Value(value);
            writer.Cipher = null;
            writer.Bytes("\nendobj\n"u8);
        }
        if (File.WasRepaired)
            AddWholeFile(entries);

        var place = IntegrityCode is null || _signature is not null ? null : new IntegrityCodePlace(IntegrityCode);
        var trailer = NewTrailer(writer);
        if (IntegrityCode is not null)
            trailer = trailer.With("AuthCode", place?.Entry ?? IntegrityCodePlace.EntryFor(_signature!));
        var xref = OffsetOf(writer);
        if (UsesStream(entries))
            WriteStream(writer, entries, trailer, xref);
        else
            WriteTable(writer, entries, trailer, xref);
        writer.Bytes("startxref\n"u8);
        writer.Number(xref);
        writer.Bytes("\n%%EOF\n"u8);
        var tail = writer.ToArray();
        place?.Fill(tail, File.Bytes);
        return tail;
    }

    internal static void CopyFile(PdfBytes bytes, Stream output, IncrementalHash? hash)
    {
        if (bytes.Memory is { } memory)
        {
            hash?.AppendData(memory.Span);
            output.Write(memory.Span);
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            for (long at = 0; at < bytes.Length;)
            {
                var count = bytes.Read(at, buffer);
                if (count == 0)
                    throw new EndOfStreamException("The PDF file became shorter while it was read.");
                hash?.AppendData(buffer, 0, count);
                output.Write(buffer, 0, count);
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private long OffsetOf(PdfWriter writer) => File.Bytes.Length - File.OffsetBias + writer.Length;

    // The sections of a repaired file lead astray; the new one lists everything anew and names no predecessor.
    private void AddWholeFile(SortedDictionary<int, XrefEntry> entries)
    {
        entries[0] = new XrefEntry(ObjectPlacement.Free, 65535, 0);
        foreach (var found in File.Revisions[0].Objects)
        {
            if (found.Placement == ObjectPlacement.Offset)
                entries.TryAdd(found.Number, new XrefEntry(found.Placement, found.Generation, found.Offset - File.OffsetBias));
            else if (found.Placement == ObjectPlacement.ObjectStream)
                entries.TryAdd(found.Number, new XrefEntry(found.Placement, found.StreamIndex, found.StreamNumber));
        }
    }

    private bool UsesStream(SortedDictionary<int, XrefEntry> entries) =>
        File.WasRepaired
            ? entries.Values.Any(e => e.Placement == ObjectPlacement.ObjectStream)
            : File.Revisions[^1].UsesXrefStream;

    private PdfDictionary NewTrailer(PdfWriter body)
    {
        var trailer = File.Latest.Trailer.Without(SectionKeys);
        if (trailer["Root"] is not PdfReference && File.Latest.CatalogId is { } root)
            trailer = trailer.With("Root", new PdfReference(root));
        if (!File.WasRepaired)
            trailer = trailer.With("Prev", new PdfInteger(File.Revisions[^1].XrefOffset - File.OffsetBias));

        // 14.4: the first identifier stays, the second changes with the contents.
        var hash = body.Digest();
        var changed = new PdfString(hash.AsMemory(0, 16), isHex: true);
        var kept = File.Latest.Resolve(trailer["ID"]) is PdfArray { Count: 2 } ids && File.Latest.Resolve(ids[0]) is PdfString first
            ? new PdfString(first.Bytes, isHex: true)
            : changed;
        return trailer.With("ID", new PdfArray([kept, changed]));
    }

    private void WriteTable(PdfWriter writer, SortedDictionary<int, XrefEntry> entries, PdfDictionary trailer, long xref)
    {
        // 7.5.4: ten digits an offset.
        if (xref > 9_999_999_999)
            throw new PdfException(PdfRefusal.TooLarge, xref);
        writer.Bytes("xref\n"u8);
        foreach (var (first, block) in Blocks(entries))
        {
            writer.Number(first);
            writer.Bytes(" "u8);
            writer.Number(block.Count);
            writer.Bytes("\n"u8);
            foreach (var entry in block)
            {
                writer.Number(entry.Field, 10);
                writer.Bytes(" "u8);
                writer.Number(entry.Extra, 5);
                writer.Bytes(entry.Placement == ObjectPlacement.Free ? " f \n"u8 : " n \n"u8);
            }
        }
        writer.Bytes("trailer\n"u8);
        writer.Value(trailer.With("Size", new PdfInteger(_next)));
        writer.Bytes("\n"u8);
    }

    private void WriteStream(PdfWriter writer, SortedDictionary<int, XrefEntry> entries, PdfDictionary trailer, long xref)
    {
        var id = Allocate();
        entries[id.Number] = new XrefEntry(ObjectPlacement.Offset, 0, xref);
        var width = 4;
        while (width < 8 && xref >> (8 * width) != 0)
            width++;

        var index = new List<PdfObject>();
        var data = new MemoryStream();
        Span<byte> row = stackalloc byte[3 + width];
        foreach (var (first, block) in Blocks(entries))
        {
            index.Add(new PdfInteger(first));
            index.Add(new PdfInteger(block.Count));
            foreach (var entry in block)
            {
                row[0] = entry.Placement switch { ObjectPlacement.Offset => 1, ObjectPlacement.ObjectStream => 2, _ => 0 };
                for (var i = 0; i < width; i++)
                    row[1 + i] = (byte)((entry.Field >> (8 * (width - 1 - i))) & 0xFF);
                row[^2] = (byte)((entry.Extra >> 8) & 0xFF);
                row[^1] = (byte)(entry.Extra & 0xFF);
                data.Write(row);
            }
        }
        var dictionary = trailer
            .With("Type", new PdfName("XRef"))
            .With("Size", new PdfInteger(_next))
            .With("W", PdfArray.Of(1, width, 2))
            .With("Index", new PdfArray(index));
        WriteHeader(writer, id.Number, 0);
        writer.Value(new PdfStream(dictionary, data.ToArray()));
        writer.Bytes("\nendobj\n"u8);
    }

    private static void WriteHeader(PdfWriter writer, int number, int generation)
    {
        writer.Number(number);
        writer.Bytes(" "u8);
        writer.Number(generation);
        writer.Bytes(" obj\n"u8);
    }

    private static IEnumerable<(int First, List<XrefEntry> Block)> Blocks(SortedDictionary<int, XrefEntry> entries)
    {
        var first = 0;
        var block = new List<XrefEntry>();
        foreach (var (number, entry) in entries)
        {
            if (block.Count > 0 && number != first + block.Count)
            {
                yield return (first, block);
                block = [];
            }
            if (block.Count == 0)
                first = number;
            block.Add(entry);
        }
        if (block.Count > 0)
            yield return (first, block);
    }

    private static int FirstFreeNumber(PdfFile file)
    {
        var highest = file.Revisions.Max(r => r.HighestNumber);
        var size = file.Latest.GetInteger(file.Latest.Trailer, "Size") ?? 0;
        // A file that uses the highest numbers there are leaves none for a new object.
        return highest >= int.MaxValue - PdfLimits.MaxObjectNumber
            ? throw new PdfException(PdfRefusal.TooLarge)
            : (int)Math.Max(highest + 1L, size <= PdfLimits.MaxObjectNumber ? size : 0);
    }
}
