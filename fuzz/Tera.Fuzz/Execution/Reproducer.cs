using System.Security.Cryptography;
using Tera.Fuzz.Targets;

namespace Tera.Fuzz.Execution;

/// <summary>Files with the input of a finding and what is known of it.</summary>
internal static class Reproducer
{
    /// <summary>Minimises the input and writes <c>TARGET-KIND-HASH.bin</c> with a <c>.txt</c> beside it.</summary>
    /// <returns>The path of the input.</returns>
    public static string Save(string folder, FuzzTarget target, byte[] input, Finding finding)
    {
        var path = PathFor(folder, target.Name, finding);
        if (File.Exists(path))
            return path;
        // First as it is: minimising runs it again and again, and may die of it.
        Write(path, input, finding);
        var small = Minimiser.Minimise(target, input, finding, TimeSpan.FromSeconds(finding.Kind is "slow" or "memory" ? 20 : 10));
        Write(path, small, finding);
        return path;
    }

    /// <summary>The same for an input that killed its process: it is kept as it is.</summary>
    public static string SaveDead(string folder, string target, byte[] input, Finding finding)
    {
        var path = Path.Combine(folder, $"{target}-{finding.Kind}-{Convert.ToHexStringLower(SHA256.HashData(input))[..8]}.bin");
        Write(path, input, finding);
        return path;
    }

    private static string PathFor(string folder, string target, Finding finding) =>
        Path.Combine(folder, $"{target}-{finding.Kind}-{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(finding.Key)))[..8]}.bin");

    private static void Write(string path, byte[] input, Finding finding)
    {
        File.WriteAllBytes(path, input);
        File.WriteAllText(path + ".txt", $"{finding.Key}\n{finding.Detail}\n");
    }
}
