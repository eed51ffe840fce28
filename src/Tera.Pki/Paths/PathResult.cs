using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>The answer.</summary>
public sealed record PathResult
{
    /// <summary>True when the path holds.</summary>
    public bool IsValid => Reason == PathReason.Valid;

    /// <summary>Why.</summary>
    public required PathReason Reason { get; init; }

    /// <summary>What exactly, for people; empty when the path holds.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The certificate the reason is about, or null.</summary>
    public Certificate? Offender { get; init; }

    /// <summary>The path that was judged, leaf first and anchor last; the certificates found so far when none leads to an anchor.</summary>
    public IReadOnlyList<Certificate> Chain { get; init; } = [];

    /// <summary>What was found about each certificate below the anchor, when revocation was checked.</summary>
    public IReadOnlyList<RevocationFinding> Revocation { get; init; } = [];

    /// <summary>The instant from which <see cref="Offender"/> is revoked or on hold, when that is the reason.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A check inside the validation failed.</summary>
internal sealed record PathProblem(PathReason Reason, string Detail, Certificate? Offender = null, DateTimeOffset? RevokedAt = null);
