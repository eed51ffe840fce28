using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tera.Pades.Changes;
using Tera.Pades.Cms;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Validation;

/// <summary>
/// The stored form of <see cref="Evidence"/>: JSON in UTF-8 with every fact, so that judging what was read back gives the report of the day
/// byte for byte. A stored file is as little trusted as a PDF: it is bounded, and what does not fit together is refused.
/// </summary>
public static class EvidenceJson
{
    /// <summary>The format that is written; another one is not read.</summary>
    public const int Version = 1;

    /// <summary>Longer facts are not read: a file of 10 MB whose revocation lists are packed has some 40 MB of them.</summary>
    public const int MaxLength = 128 * 1024 * 1024;

    /// <summary>A member that is left out is no default: facts are whole or they are none.</summary>
    private static readonly JsonTypeInfo<StoredEvidence> Strict = (JsonTypeInfo<StoredEvidence>)new JsonSerializerOptions(EvidenceJsonContext.Default.Options)
    {
        TypeInfoResolver = EvidenceJsonContext.Default.WithAddedModifier(RequireAll),
    }.GetTypeInfo(typeof(StoredEvidence));

    /// <summary>Writes the facts.</summary>
    /// <param name="evidence">The facts.</param>
    /// <param name="output">Where they go.</param>
    public static void Write(Evidence evidence, Stream output)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(output);
        JsonSerializer.Serialize(output, new StoredEvidence("tera-evidence", Version, evidence), Strict);
    }

    /// <summary>Reads facts that <see cref="Write"/> wrote.</summary>
    /// <param name="json">The JSON text in UTF-8.</param>
    /// <param name="evidence">The facts.</param>
    /// <param name="error">What is wrong with the text, in a clause.</param>
    /// <returns>False when the text holds no facts of this version, or facts that cannot be of one file.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Evidence? evidence, [NotNullWhen(false)] out string? error)
    {
        evidence = null;
        if (json.Length > MaxLength)
        {
            error = $"the facts are longer than {MaxLength} bytes";
            return false;
        }
        try
        {
            var stored = JsonSerializer.Deserialize(json, Strict);
            error = stored is not { Format: "tera-evidence" } ? "this is no file of facts"
                : stored.Version != Version ? $"the facts are of version {stored.Version}, and {Version} is what can be read"
                : Contradiction(stored.Evidence);
            evidence = error is null ? stored!.Evidence : null;
            return error is null;
        }
        catch (JsonException malformed)
        {
            error = "the facts do not read: " + malformed.Message;
            return false;
        }
    }

    private static void RequireAll(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            member.IsRequired = member.Set is not null || member.AssociatedParameter is not null;
    }

    private static string? Contradiction(Evidence evidence)
    {
        if (HasGap(evidence))
            return "the facts have a null where a fact should be";
        foreach (var signature in evidence.Signatures)
        {
            if (signature.ByteRange.Any(n => n < 0 || n > evidence.Length) && signature.Defects.Count == 0)
                return $"the signature in {signature.Field} covers bytes that the file does not have";
            if (signature.Revision is { } revision && (signature.ByteRange.Count != 4 || revision < 0 || revision >= evidence.RevisionEnds.Count))
                return $"the signature in {signature.Field} belongs to a revision that the file does not have";
        }
        return null;
    }

    private static bool HasGap(Evidence evidence) =>
        evidence.Signatures.Contains(null) || evidence.Changes.Contains(null) || evidence.Permissions.Contains(null)
        || evidence.StoredCertificates.Concat(evidence.StoredCrls).Concat(evidence.StoredOcspResponses).Contains(null)
        || (evidence.Fetched is { } fetched && (fetched.Certificates.Concat(fetched.Crls).Concat(fetched.OcspResponses).Contains(null) || fetched.Problems.Contains(null!)))
        || evidence.Permissions.Any(p => p.Lock is { } locked && locked.Fields.Contains(null!))
        || evidence.Signatures.Any(s => s.TimeStamps.Contains(null) || s.SignedAttributes.Contains(null!) || s.TimeStamps.Any(t => t.Certificates.Concat(t.Crls).Concat(t.OcspResponses).Contains(null))
            || s.Certificates.Concat(s.Crls).Concat(s.OcspResponses).Contains(null));
}

/// <summary>The facts with the name and version of their form.</summary>
internal sealed record StoredEvidence(string Format, int Version, Evidence Evidence);

/// <summary>How the facts are written: names as in C#, enumerations by name, nothing unknown, doubled or missing is accepted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(NamedOnly<StructureDefect>), typeof(NamedOnly<SignatureValueState>), typeof(NamedOnly<ChangeKind>), typeof(NamedOnly<IntegrityState>)],
    IgnoreReadOnlyProperties = true,
    MaxDepth = 12,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(StoredEvidence))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;

/// <summary>An enumeration by its names; numbers could be values that it does not have.</summary>
internal sealed class NamedOnly<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
