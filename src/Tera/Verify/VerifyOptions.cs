using System.Globalization;
using Tera.Pades.Validation;
using Tera.Pades.Validation.Policies;

namespace Tera.Door.Verify;

/// <summary>By what the files of one call are judged, and what is kept of it.</summary>
internal sealed record VerifyOptions
{
    public static string[] WithValue { get; } = ["--trust", "--policy", "--at", "--password-file", "--evidence-out", "--xml"];

    public static string[] Flags { get; } = ["--offline", "--json", "--evidence", "--help", "-h"];

    public required IReadOnlyList<string> Files { get; init; }

    public required ValidationPolicy Policy { get; init; }

    public required char[] Password { get; init; }

    /// <summary>Whether nothing is fetched. Facts are judged as they were kept.</summary>
    public bool IsOffline { get; init; }

    public bool ReadsFacts { get; init; }

    public bool IsJson { get; init; }

    public string? FactsPlace { get; init; }

    /// <summary>The file for the ETSI report, or - for standard output.</summary>
    public string? XmlPlace { get; init; }

    /// <summary>Reads the words of the call.</summary>
    /// <exception cref="UsageException">One of them cannot be used.</exception>
    public static VerifyOptions Read(Arguments words)
    {
        if (words.Rest.Count == 0)
            throw new UsageException("no file is named");
        if (words.Find("--xml") is not null && words.Rest.Count > 1)
            throw new UsageException("--xml: a report is about one file");
        if (words.Find("--xml") == "-" && words.Has("--json"))
            throw new UsageException("--xml -: --json stands on standard output already");
        return new VerifyOptions
        {
            Files = words.Rest,
            Policy = PolicyOf(words),
            Password = words.Find("--password-file") is { } secret ? SecretFile.Read("--password-file", secret) : [],
            IsOffline = words.Has("--offline") || words.Has("--evidence"),
            ReadsFacts = words.Has("--evidence"),
            IsJson = words.Has("--json"),
            FactsPlace = words.Find("--evidence-out"),
            XmlPlace = words.Find("--xml"),
        };
    }

    private static ValidationPolicy PolicyOf(Arguments words)
    {
        var policy = words.Find("--policy") is { } file ? ReadPolicy(file, InstantOf(words.Find("--at"))) : new ValidationPolicy { At = InstantOf(words.Find("--at")) };
        return words.Find("--trust") is { } roots
            ? policy with { TrustAnchors = [.. policy.TrustAnchors, .. CertificateFile.Read("--trust", roots).Select(c => c.Encoded)] }
            : policy;
    }

    // What the policy names lies beside it.
    private static ValidationPolicy ReadPolicy(string file, DateTimeOffset at)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
        var json = TryReadAll(file) ?? throw new UsageException($"--policy {file}: it cannot be read");
        return PolicyFile.TryRead(json, at, name => TryReadAll(Path.Combine(folder, name)), out var policy, out var error) ? policy : throw new UsageException($"--policy {file}: {error}");
    }

    private static byte[]? TryReadAll(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static DateTimeOffset InstantOf(string? text)
    {
        if (text is null)
            return TimeProvider.System.GetUtcNow();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new UsageException($"--at {text}: no ISO 8601 time");
    }
}
