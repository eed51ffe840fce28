using System.Text.Json;
using System.Text.Json.Serialization;
using Tera.Pki.Certificates;

namespace Tera.Pki.Profiles;

/// <summary>
/// What certificates of one kind look like. A profile is data: seven are embedded (see <see cref="BuiltInProfiles"/>),
/// and an operator may keep more in JSON files. The profile always wins over what a request asks for.
/// </summary>
public sealed record CertificateProfile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The name of the profile, for example <c>person</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Which rules for names hold.</summary>
    public required NameRule Names { get; init; }

    /// <summary>True when the certificate is signed with its own key: a root.</summary>
    public bool IsSelfSigned { get; init; }

    /// <summary>How long a certificate lives. Its last second is the one before the same instant years or days later (RFC 5280 4.1.2.5: notAfter is included).</summary>
    public required ProfileLifetime Lifetime { get; init; }

    /// <summary>The accepted subject keys.</summary>
    public required IReadOnlyList<ProfileKey> Keys { get; init; }

    /// <summary>The attributes of the subject in the order they are encoded.</summary>
    public required IReadOnlyList<ProfileAttribute> Subject { get; init; }

    /// <summary>basicConstraints, or null when the extension is absent.</summary>
    public ProfileBasicConstraints? BasicConstraints { get; init; }

    /// <summary>keyUsage; always critical.</summary>
    public required IReadOnlyList<KeyUsages> KeyUsage { get; init; }

    /// <summary>extendedKeyUsage, or null when the extension is absent.</summary>
    public ProfileExtendedKeyUsage? ExtendedKeyUsage { get; init; }

    /// <summary>certificatePolicies; empty when the extension is absent.</summary>
    public IReadOnlyList<ProfilePolicy> Policies { get; init; } = [];

    /// <summary>Whether the CRL's address is in the certificate.</summary>
    public bool HasCrlDistributionPoint { get; init; }

    /// <summary>Whether the addresses of the issuer's certificate and of its OCSP responder are in the certificate.</summary>
    public bool HasAuthorityInformation { get; init; }

    /// <summary>qcStatements, or null when the extension is absent.</summary>
    public ProfileQcStatements? QcStatements { get; init; }

    /// <summary>privateKeyUsagePeriod in days from the beginning, or null when the extension is absent.</summary>
    public int? PrivateKeyUsageDays { get; init; }

    /// <summary>Whether id-pkix-ocsp-nocheck is there (RFC 6960 4.2.2.2.1).</summary>
    public bool HasOcspNoCheck { get; init; }

    /// <summary>Whether the request may bring an e-mail address for subjectAltName.</summary>
    public bool AllowsEmailAddress { get; init; }

    /// <summary>Lints whose errors are accepted, each with the reason: the price of being compatible with someone.</summary>
    public IReadOnlyDictionary<string, string> Waivers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads a profile from JSON.</summary>
    /// <param name="json">The UTF-8 text. Unknown members are refused: a misspelt one would be silently without effect.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="JsonException">The text is no profile; the message says where.</exception>
    public static CertificateProfile Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<CertificateProfile>(json, Json) ?? throw new JsonException("The profile is null.");
}
