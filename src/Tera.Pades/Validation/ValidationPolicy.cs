using Tera.Pades.Validation.Policies;

namespace Tera.Pades.Validation;

/// <summary>By what a file is judged. The same evidence under another policy, or at another time, may get another verdict.</summary>
public sealed record ValidationPolicy
{
    /// <summary>What the rules are called in reports.</summary>
    public string Name { get; init; } = "Tera's rules of validation";

    /// <summary>The instant of the judgement.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>DER certificates of the roots that are trusted, for everything and as long as they last. With none, no signer is known and the best verdict is INDETERMINATE.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> TrustAnchors { get; init; } = [];

    /// <summary>Further roots, each trusted for a kind of service and a span of time.</summary>
    public IReadOnlyList<TrustedService> TrustedServices { get; init; } = [];

    /// <summary>Other DER certificates that may stand between a signer and a root.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Intermediates { get; init; } = [];

    /// <summary>
    /// Whether every certificate needs proof of not being revoked. Off by default, as a B-B signature carries none.
    /// What evidence there is counts in either case.
    /// </summary>
    public bool RequireRevocation { get; init; }

    /// <summary>How old revocation data may be at the instant in question; null: as long as it says itself (nextUpdate), and a day where it does not say (EN 319 102-1 5.2.5).</summary>
    public TimeSpan? RevocationMaximumAge { get; init; }

    /// <summary>How long after the claimed time of signing the first time stamp may be; null for no limit (EN 319 102-1 5.5.4, time-stamp delay).</summary>
    public TimeSpan? MaximumTimeStampDelay { get; init; }

    /// <summary>How far the clocks of authorities may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The permission that counts where the file names none: 1, 2 or 3 as in DocMDP. Null: after an approval signature signing, filling in,
    /// long-term data and new remarks that hide nothing are allowed; annotations that were signed stay as they are.
    /// </summary>
    public int? DefaultPermission { get; init; }

    /// <summary>Whether algorithms that were not good enough when the signature is proven to have been there make it indeterminate.</summary>
    public bool CheckAlgorithms { get; init; } = true;

    /// <summary>Until when algorithms and keys are good enough; ETSI TS 119 312 by default.</summary>
    public CryptoSuite CryptoSuite { get; init; } = CryptoSuite.Default;
}
