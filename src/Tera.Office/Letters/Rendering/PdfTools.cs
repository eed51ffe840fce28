using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tera.Office.Letters.Rendering;

/// <summary>Size of a page in points, as printed by the tool.</summary>
public readonly record struct PageSize(string Width, string Height);

/// <summary>
/// Poppler's tools on a PDF: page count and sizes, text as laid out, a page as a picture. They run as processes of their own, bounded in time,
/// because a PDF that takes them down must not take the office down.
/// </summary>
public sealed partial class PdfTools(string folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const long OutputLimit = 64L << 20;

    public async Task<IReadOnlyList<PageSize>> PagesAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation) =>
        await WithFileAsync(pdf, async file =>
        {
            string text = System.Text.Encoding.UTF8.GetString(await RunAsync("pdfinfo", ["-f", "1", "-l", "100000", file], cancellation));
            return (IReadOnlyList<PageSize>)PageLine().Matches(text).Select(match => new PageSize(match.Groups["w"].Value, match.Groups["h"].Value)).ToList();
        });

    /// <summary>Text of each page, in its layout.</summary>
    public async Task<IReadOnlyList<string>> TextAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation) =>
        await WithFileAsync(pdf, async file =>
        {
            string text = System.Text.Encoding.UTF8.GetString(await RunAsync("pdftotext", ["-layout", "-enc", "UTF-8", file, "-"], cancellation));
            string[] pages = text.Split('\f');
            return (IReadOnlyList<string>)pages.Take(pages.Length - 1).ToList();
        });

    /// <summary>One page as PNG of the given width, or null when there is no such page.</summary>
    public async Task<byte[]?> PageImageAsync(string pdfFile, int page, int width, CancellationToken cancellation)
    {
        string number = page.ToString(CultureInfo.InvariantCulture);
        byte[] png = await RunAsync(
            "pdftoppm", ["-png", "-f", number, "-l", number, "-scale-to-x", width.ToString(CultureInfo.InvariantCulture), "-scale-to-y", "-1", "-singlefile", pdfFile], cancellation);
        return png.Length == 0 ? null : png;
    }

    public async Task<T> WithFileAsync<T>(ReadOnlyMemory<byte> pdf, Func<string, Task<T>> use)
    {
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".pdf");
        try
        {
            await using (FileStream stream = File.Create(file))
            {
                await stream.WriteAsync(pdf);
            }

            return await use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<byte[]> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start) ?? throw new ConverterUnavailableException($"{program} did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new ConverterUnavailableException($"{program} (poppler-utils) did not start: {exception.Message}");
        }

        using (process)
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            limit.CancelAfter(Limit);
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            try
            {
                byte[] output = await ReadAsync(process.StandardOutput.BaseStream, limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return output;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new ConverterUnavailableException($"{program} did not finish within {Limit.TotalSeconds:0} seconds.");
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (memory.Length + read > OutputLimit)
            {
                throw new ConverterUnavailableException("A PDF tool wrote more than a page can need.");
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    [GeneratedRegex(@"^Page +\d+ size: +(?<w>[\d.]+) x (?<h>[\d.]+) pts", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PageLine();
}
