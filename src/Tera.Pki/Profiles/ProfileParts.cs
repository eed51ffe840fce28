namespace Tera.Pki.Profiles;

/// <summary>Which rules for subject names hold.</summary>
public enum NameRule
{
    /// <summary>A CA or a service: RFC 5280 alone.</summary>
    Authority,

    /// <summary>A person: EN 319 412-2.</summary>
    NaturalPerson,

    /// <summary>An organisation: EN 319 412-3.</summary>
    LegalPerson,
}

/// <summary>A kind of subject key.</summary>
public enum ProfileKey
{
    /// <summary>EC on P-256.</summary>
    EcP256,

    /// <summary>EC on P-384.</summary>
    EcP384,

    /// <summary>EC on P-521.</summary>
    EcP521,

    /// <summary>RSA with 2048 bits.</summary>
    Rsa2048,

    /// <summary>RSA with 3072 bits.</summary>
    Rsa3072,

    /// <summary>RSA with 4096 bits.</summary>
    Rsa4096,
}

/// <summary>How long a certificate lives: years and days are added.</summary>
public sealed record ProfileLifetime
{
    /// <summary>Calendar years.</summary>
    public int Years { get; init; }

    /// <summary>Days.</summary>
    public int Days { get; init; }

    /// <summary>The last instant of a certificate that begins at an instant.</summary>
    /// <param name="notBefore">The first instant.</param>
    /// <returns>The last second of validity.</returns>
    public DateTimeOffset EndOf(DateTimeOffset notBefore) => notBefore.AddYears(Years).AddDays(Days).AddSeconds(-1);
}

/// <summary>An attribute of the subject.</summary>
public sealed record ProfileAttribute
{
    /// <summary>Its short name, for example <c>CN</c>; see <see cref="Certificates.SubjectAttribute"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether a request must bring it.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>basicConstraints.</summary>
public sealed record ProfileBasicConstraints
{
    /// <summary>Whether the subject is a CA.</summary>
    public required bool IsCertificateAuthority { get; init; }

    /// <summary>pathLenConstraint, or null.</summary>
    public int? PathLength { get; init; }
}

/// <summary>extendedKeyUsage.</summary>
public sealed record ProfileExtendedKeyUsage
{
    /// <summary>Whether it is critical.</summary>
    public bool IsCritical { get; init; }

    /// <summary>The key purposes.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }
}

/// <summary>A policy with its qualifiers.</summary>
public sealed record ProfilePolicy
{
    /// <summary>The policy identifier.</summary>
    public required string Oid { get; init; }

    /// <summary>The address of the practice statement, or null.</summary>
    public string? Cps { get; init; }

    /// <summary>The text of a user notice, or null.</summary>
    public string? Notice { get; init; }
}

/// <summary>qcStatements of EN 319 412-5.</summary>
public sealed record ProfileQcStatements
{
    /// <summary>QcType, for example 0.4.0.1862.1.6.1 (esign) or .2 (eseal); null for none. Alone it means "not qualified in the sense of eIDAS".</summary>
    public string? Type { get; init; }

    /// <summary>Disclosure statements: language code to https address.</summary>
    public IReadOnlyDictionary<string, string> DisclosureStatements { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>QcRetentionPeriod in years, or null.</summary>
    public int? RetentionYears { get; init; }

    /// <summary>QcSSCD: the key lives in a certified device. Claimed only where it is true, or where another's profile is copied for a test.</summary>
    public bool ClaimsSecureDevice { get; init; }
}
