using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Pages;

/// <summary>
/// Pages of a stored PDF as PNG, so that a letter can be read on any phone. Drawn once by poppler in a process of its own,
/// bounded in time and size, and kept beside the documents: a page of a hash never changes.
/// </summary>
public sealed class PagePictures(OfficeOptions options, IDocumentStore documents)
{
    /// <summary>Wide enough to read 10 pt text on a large screen, small enough for a village's connection (about 100 kB a page).</summary>
    private const int WidthPixels = 1075;

    private const int MaxPages = 400;
    private const int MaxOutputBytes = 24 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Readers must not take all cores from the converters.</summary>
    private readonly SemaphoreSlim _turns = new(2);

    private string Folder => Path.Combine(options.DataFolder, "pictures");

    /// <summary>0: no pictures can be made of this file.</summary>
    public async Task<int> CountAsync(Sha256Digest pdf, CancellationToken cancellation)
    {
        string kept = Path.Combine(Folder, pdf.Hex, "pages");
        if (File.Exists(kept) && int.TryParse(await File.ReadAllTextAsync(kept, cancellation), NumberStyles.None, CultureInfo.InvariantCulture, out int known))
        {
            return known;
        }

        byte[]? text = await RunAsync("pdfinfo", ["-"], pdf, cancellation);
        string? line = text is null ? null : Encoding.UTF8.GetString(text).Split('\n').FirstOrDefault(l => l.StartsWith("Pages:", StringComparison.Ordinal));
        if (line is null || !int.TryParse(line.AsSpan(6), CultureInfo.InvariantCulture, out int pages) || pages is < 1 or > MaxPages)
        {
            return 0;
        }

        await KeepAsync(kept, Encoding.ASCII.GetBytes(pages.ToString(CultureInfo.InvariantCulture)), cancellation);
        return pages;
    }

    public async Task<byte[]?> DrawAsync(Sha256Digest pdf, int page, CancellationToken cancellation)
    {
        if (page is < 1 or > MaxPages)
        {
            return null;
        }

        string number = page.ToString(CultureInfo.InvariantCulture);
        string kept = Path.Combine(Folder, pdf.Hex, number + ".png");
        if (File.Exists(kept))
        {
            return await File.ReadAllBytesAsync(kept, cancellation);
        }

        if (page > await CountAsync(pdf, cancellation))
        {
            return null;
        }

        string width = WidthPixels.ToString(CultureInfo.InvariantCulture);
        byte[]? png = await RunAsync("pdftoppm", ["-q", "-png", "-f", number, "-l", number, "-scale-to-x", width, "-scale-to-y", "-1", "-"], pdf, cancellation);
        if (png is null or { Length: 0 })
        {
            return null;
        }

        await KeepAsync(kept, png, cancellation);
        return png;
    }

    /// <summary>A half-written picture is never seen: it gets its name when it is whole.</summary>
    private static async Task KeepAsync(string file, byte[] content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string temporary = $"{file}.{Guid.NewGuid():N}";
        await File.WriteAllBytesAsync(temporary, content, cancellation);
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>Output of a tool that gets the PDF on its standard input; null when it is missing, fails, or takes too long.</summary>
    private async Task<byte[]?> RunAsync(string tool, IReadOnlyList<string> arguments, Sha256Digest pdf, CancellationToken cancellation)
    {
        await using Stream? content = await documents.OpenReadAsync(pdf, cancellation);
        if (content is null)
        {
            return null;
        }

        await _turns.WaitAsync(cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(tool, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
            return process is null ? null : await TalkAsync(process, content, limit.Token);
        }
        catch (Exception problem) when (problem is Win32Exception or IOException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            _turns.Release();
        }
    }

    private static async Task<byte[]?> TalkAsync(Process process, Stream content, CancellationToken limit)
    {
        try
        {
            Task feed = FeedAsync(process, content, limit);
            using var output = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer, limit)) > 0)
            {
                if (output.Length + read > MaxOutputBytes)
                {
                    return null;
                }

                output.Write(buffer, 0, read);
            }

            await feed;
            await process.WaitForExitAsync(limit);
            return process.ExitCode == 0 ? output.ToArray() : null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task FeedAsync(Process process, Stream content, CancellationToken limit)
    {
        await using Stream input = process.StandardInput.BaseStream;
        await content.CopyToAsync(input, limit);
    }
}
