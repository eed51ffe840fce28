using Tera.Pades.Validation;

namespace Tera.Door.Verify;

/// <summary>Facts kept beside a verdict, to be judged again later.</summary>
internal static class FactsFile
{
    /// <summary>Reads facts; what cannot be read is evidence of just that.</summary>
    public static Evidence Read(string file)
    {
        try
        {
            var length = new FileInfo(file).Length;
            if (length > EvidenceJson.MaxLength)
                return new Evidence { Unreadable = $"The facts are longer than {EvidenceJson.MaxLength} bytes." };
            return EvidenceJson.TryRead(File.ReadAllBytes(file), out var evidence, out var error) ? evidence : new Evidence { Unreadable = $"No facts: {error}." };
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new Evidence { Unreadable = unusable is FileNotFoundException or DirectoryNotFoundException ? "There is no such file." : unusable.Message };
        }
    }

    /// <summary>Writes facts to a place that the caller named: a file, or a folder for files of their own.</summary>
    /// <exception cref="UsageException">They cannot be written there.</exception>
    public static void Write(string place, string file, Evidence evidence, bool isOnlyFile)
    {
        var isFolder = !isOnlyFile || Directory.Exists(place) || Path.EndsInDirectorySeparator(place);
        try
        {
            if (isFolder)
                Directory.CreateDirectory(place);
            var target = isFolder ? Path.Combine(place, Path.GetFileName(file) + ".facts.json") : place;
            var unfinished = target + ".part";
            using (var output = File.Create(unfinished))
                EvidenceJson.Write(evidence, output);
            File.Move(unfinished, target, overwrite: true);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UsageException($"--evidence-out {place}: {unusable.Message}");
        }
    }
}
