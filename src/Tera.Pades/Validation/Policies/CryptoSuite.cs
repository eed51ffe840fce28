using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tera.Pades.Validation.Policies;

/// <summary>
/// Until when digests and keys are good enough, as data: by default ETSI TS 119 312 in its machine-readable form, which a policy may replace.
/// What is not listed never was good enough.
/// </summary>
public sealed class CryptoSuite
{
    private const int MaximumRows = 1000;

    private readonly Dictionary<string, (string Name, DateTimeOffset End)> _digests;
    private readonly ILookup<string, (int Bits, DateTimeOffset End)> _keys;

    private CryptoSuite(CryptoSuiteFile file)
    {
        Name = file.Name;
        _digests = file.Digests.ToDictionary(d => d.Oid, d => (d.Name, EndOf(d.Until)), StringComparer.Ordinal);
        _keys = file.Keys.OrderByDescending(k => k.Bits).ToLookup(k => k.Family, k => (k.Bits, EndOf(k.Until)), StringComparer.Ordinal);
    }

    /// <summary>The suite of TS 119 312 that comes with the library.</summary>
    public static CryptoSuite Default { get; } = ReadDefault();

    /// <summary>What the suite calls itself.</summary>
    public string Name { get; }

    /// <summary>Reads a suite of the form of the one that comes with the library: name, digests (oid, name, until), keys (family, bits, until).</summary>
    /// <param name="json">The JSON text in UTF-8.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="error">What is wrong, in a clause.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out CryptoSuite? suite, [NotNullWhen(false)] out string? error)
    {
        (suite, error) = (null, null);
        try
        {
            var file = JsonSerializer.Deserialize(json, PolicyJsonContext.Default.CryptoSuiteFile);
            if (file is null || file.Digests.Contains(null!) || file.Keys.Contains(null!))
                error = "the suite has a null where a row should be";
            else if (file.Digests.Count > MaximumRows || file.Keys.Count > MaximumRows)
                error = $"the suite has more than {MaximumRows} rows";
            else if (file.Digests.DistinctBy(d => d.Oid, StringComparer.Ordinal).Count() < file.Digests.Count)
                error = "the suite has a digest twice";
            else
                suite = new CryptoSuite(file);
        }
        catch (JsonException malformed)
        {
            error = "the suite does not read: " + malformed.Message;
        }
        return suite is not null;
    }

    /// <summary>When an algorithm stops, or stopped, being good enough.</summary>
    /// <param name="use">The algorithm as it is used.</param>
    /// <returns>The first instant at which it is not good enough (the end of time where no end is known), and what ends, for a reader.</returns>
    internal (DateTimeOffset End, string What) EndOf(AlgorithmUse use)
    {
        var first = (End: DateTimeOffset.MaxValue, What: "");
        if (use.Digest is { } oid)
        {
            var (name, end) = _digests.GetValueOrDefault(oid, (oid, DateTimeOffset.MinValue));
            first = (end, $"the digest algorithm {name}");
        }
        if (use.Family is { } family)
        {
            var rows = _keys[family].Where(k => use.Bits >= k.Bits).ToList();
            var end = rows.Count > 0 ? rows[0].End : DateTimeOffset.MinValue;
            if (end < first.End)
                first = (end, string.Create(CultureInfo.InvariantCulture, $"a {family} key of {use.Bits} bits"));
        }
        return first;
    }

    private static DateTimeOffset EndOf(DateOnly? until) => until is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    private static CryptoSuite ReadDefault()
    {
        using var resource = typeof(CryptoSuite).Assembly.GetManifestResourceStream("Tera.Pades.Validation.Policies.ts-119-312.json")!;
        var json = new byte[resource.Length];
        resource.ReadExactly(json);
        return TryRead(json, out var suite, out var error) ? suite : throw new InvalidOperationException(error);
    }
}

/// <summary>A digest and a key as one signature uses them.</summary>
/// <param name="Place">What uses them, for a reader.</param>
/// <param name="Digest">Object identifier of the digest; null where none is known apart from the signature.</param>
/// <param name="Family">RSA, RSASSA-PSS, ECDSA, DSA or EdDSA; null where no signature is meant, but a digest alone.</param>
/// <param name="Bits">The length of the key.</param>
internal sealed record AlgorithmUse(string Place, string? Digest, string? Family, int Bits);

/// <summary>The suite as it stands in a file.</summary>
internal sealed record CryptoSuiteFile(string Name, IReadOnlyList<DigestRow> Digests, IReadOnlyList<KeyRow> Keys);

/// <summary>A digest, and the day from which it is not good enough.</summary>
internal sealed record DigestRow(string Oid, string Name, DateOnly? Until = null);

/// <summary>A kind of key, the least length the row speaks of, and the day from which it is not good enough.</summary>
internal sealed record KeyRow(string Family, int Bits, DateOnly? Until = null);

/// <summary>How suites and policies are read: strictly, as a misspelt rule is no rule.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    MaxDepth = 8,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CryptoSuiteFile))]
[JsonSerializable(typeof(PolicyMembers))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
