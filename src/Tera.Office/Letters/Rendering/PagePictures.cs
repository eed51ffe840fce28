using System.Globalization;
using System.Text;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Rendering;

/// <summary>
/// Pages of a stored PDF as PNG, so that a letter can be read on any phone. Drawn once and kept beside the documents: a page of a hash never
/// changes. How long, how large and with how much memory is <see cref="PdfTools"/>' to bound; how many at once and in which widths is said here.
/// </summary>
public sealed class PagePictures(PdfTools tools, OfficeOptions options, IDocumentStore documents)
{
    /// <summary>Wide enough to read 10 pt text on a large screen, small enough for a village's connection (about 100 kB a page).</summary>
    public const int ReadingWidth = 1200;

    /// <summary>As many pages as a letter may have.</summary>
    private const int MaxPages = 500;

    // Widths of a phone, a split view and a full page; a free choice would fill the disk with pictures.
    private static readonly int[] Widths = [480, 800, ReadingWidth, 1600];

    /// <summary>Readers must not take all cores from the converters.</summary>
    private readonly SemaphoreSlim _turns = new(2);

    /// <summary>0: no pictures can be made of this file.</summary>
    public async Task<int> CountAsync(Sha256Digest pdf, CancellationToken cancellation)
    {
        string kept = Path.Combine(FolderOf(pdf), "pages");
        if (File.Exists(kept) && int.TryParse(await File.ReadAllTextAsync(kept, cancellation), NumberStyles.None, CultureInfo.InvariantCulture, out int known))
        {
            return known;
        }

        int pages = await DoAsync(pdf, async bytes => (await tools.PagesAsync(bytes, cancellation)).Count, cancellation);
        if (pages is < 1 or > MaxPages)
        {
            return 0;
        }

        await KeepAsync(kept, Encoding.ASCII.GetBytes(pages.ToString(CultureInfo.InvariantCulture)), cancellation);
        return pages;
    }

    /// <summary>A page in the next width that is at least the one asked for; null when there is none or it cannot be drawn.</summary>
    public async Task<byte[]?> DrawAsync(Sha256Digest pdf, int page, int width, CancellationToken cancellation)
    {
        if (page is < 1 or > MaxPages)
        {
            return null;
        }

        int chosen = Widths.FirstOrDefault(known => known >= width, Widths[^1]);
        string kept = Path.Combine(FolderOf(pdf), string.Create(CultureInfo.InvariantCulture, $"{page}-{chosen}.png"));
        if (File.Exists(kept))
        {
            return await File.ReadAllBytesAsync(kept, cancellation);
        }

        byte[]? png = await DoAsync(pdf, bytes => tools.PageImageAsync(bytes, page, chosen, cancellation), cancellation);
        if (png is not null)
        {
            await KeepAsync(kept, png, cancellation);
        }

        return png;
    }

    private string FolderOf(Sha256Digest pdf) => Path.Combine(options.DataFolder, "pictures", pdf.Hex[..2], pdf.Hex);

    /// <summary>A half-written picture is never seen: it gets its name when it is whole.</summary>
    private static async Task KeepAsync(string file, byte[] content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string temporary = $"{file}.{Guid.NewGuid():N}";
        await File.WriteAllBytesAsync(temporary, content, cancellation);
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>A picture is a convenience: where the tools fail there is none, and the file itself can still be opened.</summary>
    private async Task<T?> DoAsync<T>(Sha256Digest pdf, Func<byte[], Task<T>> work, CancellationToken cancellation)
    {
        await using Stream? content = await documents.OpenReadAsync(pdf, cancellation);
        if (content is null)
        {
            return default;
        }

        await _turns.WaitAsync(cancellation);
        try
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellation);
            return await work(bytes.ToArray());
        }
        catch (ConverterUnavailableException)
        {
            return default;
        }
        finally
        {
            _turns.Release();
        }
    }
}
