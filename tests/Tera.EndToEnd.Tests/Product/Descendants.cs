using System.Globalization;
using System.Text;

namespace Tera.EndToEnd.Product;

/// <summary>The programs a product started: LibreOffice, Python, poppler. All of them have its data folder on their command line.</summary>
internal static class Descendants
{
    /// <param name="but">Process id of the product itself.</param>
    public static IReadOnlyDictionary<int, string> Of(string dataFolder, int? but)
    {
        var found = new Dictionary<int, string>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id != but && CommandLine(id) is { } line
                && line.Contains(dataFolder, StringComparison.Ordinal))
            {
                found.Add(id, line);
            }
        }

        return found;
    }

    /// <summary>Waits until none of these runs any more.</summary>
    /// <returns>Those that still run.</returns>
    public static async Task<IReadOnlyList<string>> AwaitGoneAsync(IReadOnlyDictionary<int, string> processes, TimeSpan limit)
    {
        for (DateTime end = DateTime.UtcNow + limit; ; await Task.Delay(200))
        {
            string[] left = [.. processes.Where(p => CommandLine(p.Key) == p.Value).Select(p => $"{p.Key} {p.Value}")];
            if (left.Length == 0 || DateTime.UtcNow > end)
            {
                return left;
            }
        }
    }

    private static string? CommandLine(int id)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cmdline")).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
