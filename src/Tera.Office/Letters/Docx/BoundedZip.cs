using System.Buffers.Binary;
using System.IO.Compression;

namespace Tera.Office.Letters.Docx;

/// <summary>Unpacks a zip file within bounds. What the directory claims about sizes is only used to refuse early; the bytes that really come out are counted.</summary>
internal static class BoundedZip
{
    private static readonly DocxProblem Broken = new(
        LetterRefusalReason.BrokenPackage, "Berkas .docx rusak atau tidak lengkap. Buka di pengolah kata, simpan ulang sebagai .docx, lalu unggah lagi.");

    public static DocxProblem? Unpack(byte[] file, DocxLimits limits, out Dictionary<string, byte[]> parts)
    {
        parts = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > limits.Entries)
            {
                return TooLarge($"memuat {archive.Entries.Count} bagian, batasnya {limits.Entries}");
            }

            long total = 0;
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (entry.FullName.EndsWith('/') && entry.Length == 0)
                {
                    continue;
                }

                if (CheckName(entry, parts) is { } problem)
                {
                    return problem;
                }

                if (entry.Length > limits.EntryBytes || total + entry.Length > limits.TotalBytes)
                {
                    return TooLarge($"mengembang melebihi {limits.TotalBytes >> 20} MB ketika dibuka");
                }

                if (entry.Length > 1 << 20 && entry.Length / Math.Max(1, entry.CompressedLength) > limits.Ratio)
                {
                    return TooLarge("dimampatkan secara tidak wajar");
                }

                byte[]? content = ReadBounded(entry, Math.Min(limits.EntryBytes, limits.TotalBytes - total));
                if (content is null || content.LongLength != entry.Length)
                {
                    return content is null ? TooLarge("mengembang melebihi ukuran yang dinyatakannya") : Broken;
                }

                total += content.LongLength;
                parts.Add(entry.FullName, content);
            }

            return parts.Count == 0 ? Broken : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException or IOException)
        {
            // The zip reader's own ways to say that the archive is not one: bad directory, unknown method, impossible dates or offsets.
            return Broken;
        }
    }

    /// <summary>True for bytes that begin as a zip file does; a file with something before it could be two formats at once.</summary>
    public static bool LooksLikeZip(ReadOnlySpan<byte> file) =>
        file.Length >= 30 && BinaryPrimitives.ReadUInt32LittleEndian(file) == 0x04034b50;

    private static DocxProblem? CheckName(ZipArchiveEntry entry, Dictionary<string, byte[]> parts)
    {
        string name = entry.FullName;
        if (entry.IsEncrypted)
        {
            return new DocxProblem(LetterRefusalReason.BrokenPackage, "Berkas .docx dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.");
        }

        bool odd = name.Length is 0 or > 200 || name[0] == '/' || name.Contains('\\') || name.Contains('\0') || name.Contains(':')
            || name.Split('/').Any(segment => segment is "" or "." or "..");
        if (odd)
        {
            return new DocxProblem(LetterRefusalReason.BrokenPackage, "Berkas .docx memuat nama bagian yang tidak sah. Simpan ulang di pengolah kata, lalu unggah lagi.");
        }

        // OPC 7.3: names differ by more than case; two parts of one name let two readers see two letters.
        return parts.ContainsKey(name)
            ? new DocxProblem(LetterRefusalReason.BrokenPackage, $"Berkas .docx memuat bagian {name} dua kali. Simpan ulang di pengolah kata, lalu unggah lagi.")
            : null;
    }

    private static byte[]? ReadBounded(ZipArchiveEntry entry, long max)
    {
        using Stream stream = entry.Open();
        using var memory = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (memory.Length + read > max)
            {
                return null;
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static DocxProblem TooLarge(string what) => new(LetterRefusalReason.TooLarge, $"Berkas .docx {what}.");
}
