using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tera.Office.Letters.Rendering;

/// <summary>Size of a page in points, as printed by the tool.</summary>
public readonly record struct PageSize(string Width, string Height);

/// <summary>
/// Poppler's tools on a PDF: page count and sizes, text as laid out, a page as a picture. They run as processes of their own, bounded in time,
/// memory and output, because a PDF that takes them down must not take the office down.
/// </summary>
public sealed partial class PdfTools
{
    private readonly string folder;

    /// <param name="folder">Of this node alone: what lies in it now was left by a killed process, and may be a letter nobody else should read.</param>
    public PdfTools(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        foreach (string left in Directory.EnumerateFiles(folder, "*.pdf"))
        {
            File.Delete(left);
        }
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const long OutputLimit = 64L << 20;

    /// <summary>Address space of a tool: pictures inside a PDF may unpack to far more than the file.</summary>
    private const string MemoryLimit = "--as=1073741824";

    /// <summary>How many times longer than wide a page may be drawn.</summary>
    private const int LongestSide = 4;

    public async Task<IReadOnlyList<PageSize>> PagesAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation) =>
        await WithFileAsync(pdf, async file =>
        {
            string text = Encoding.UTF8.GetString(await RunAsync("pdfinfo", ["-f", "1", "-l", "100000", file], cancellation));
            return (IReadOnlyList<PageSize>)PageLine().Matches(text).Select(match => new PageSize(match.Groups["w"].Value, match.Groups["h"].Value)).ToList();
        });

    /// <summary>Text of each page, in its layout.</summary>
    public async Task<IReadOnlyList<string>> TextAsync(ReadOnlyMemory<byte> pdf, CancellationToken cancellation) =>
        await WithFileAsync(pdf, async file =>
        {
            string text = Encoding.UTF8.GetString(await RunAsync("pdftotext", ["-layout", "-enc", "UTF-8", file, "-"], cancellation));
            string[] pages = text.Split('\f');
            return (IReadOnlyList<string>)pages.Take(pages.Length - 1).ToList();
        });

    /// <summary>
    /// One page as PNG of the given width, or null when there is no such page. A page many times longer than wide is made to fit instead:
    /// its picture would be as large as its maker liked.
    /// </summary>
    public async Task<byte[]?> PageImageAsync(ReadOnlyMemory<byte> pdf, int page, int width, CancellationToken cancellation) =>
        await WithFileAsync(pdf, async file =>
        {
            string number = page.ToString(CultureInfo.InvariantCulture);
            Match size = PageLine().Match(Encoding.UTF8.GetString(await RunAsync("pdfinfo", ["-f", number, "-l", number, file], cancellation)));
            if (!size.Success || !double.TryParse(size.Groups["w"].Value, CultureInfo.InvariantCulture, out double wide) || !double.TryParse(size.Groups["h"].Value, CultureInfo.InvariantCulture, out double high))
            {
                return null;
            }

            string[] scale = high > wide * LongestSide
                ? ["-scale-to", (width * LongestSide).ToString(CultureInfo.InvariantCulture)]
                : ["-scale-to-x", width.ToString(CultureInfo.InvariantCulture), "-scale-to-y", "-1"];
            byte[] png = await RunAsync("pdftoppm", ["-q", "-png", "-f", number, "-l", number, .. scale, "-singlefile", file], cancellation);
            return png.Length == 0 ? null : png;
        });

    private async Task<T> WithFileAsync<T>(ReadOnlyMemory<byte> pdf, Func<string, Task<T>> use)
    {
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
        // prlimit (util-linux) bounds itself and becomes the program.
        var start = new ProcessStartInfo("prlimit") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[MemoryLimit, program, .. arguments])
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
            throw new ConverterUnavailableException($"{program} (poppler-utils, by util-linux) did not start: {exception.Message}");
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
                // 127: prlimit found no such program; 126: it may not be run.
                return process.ExitCode is 126 or 127 ? throw new ConverterUnavailableException($"{program} (poppler-utils) is not installed.") : output;
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
