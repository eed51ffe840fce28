using Tera.Pki.Certificates;

namespace Tera.Pades.Validation.Policies;

/// <summary>What a trusted certificate is trusted for, as the service types of TS 119 612 tell them apart.</summary>
public enum TrustedServiceKind
{
    /// <summary>Everything.</summary>
    Any,

    /// <summary>Certificates of those who sign (CA/QC, CA/PKC).</summary>
    Signatures,

    /// <summary>Time stamps (TSA, TSA/QTST).</summary>
    TimeStamps,
}

/// <summary>A certificate that is trusted, with for what and when: the part of a trusted list (TS 119 612 5.5) that validation needs.</summary>
/// <param name="Certificate">The DER certificate.</param>
/// <param name="Kind">What for.</param>
/// <param name="From">The first instant of trust; null for always.</param>
/// <param name="Until">The first instant without trust (the sunset date of EN 319 102-1 5.2.6); null for the end of the certificate.</param>
/// <param name="Name">What the service is called, for a reader.</param>
public sealed record TrustedService(
    ReadOnlyMemory<byte> Certificate, TrustedServiceKind Kind = TrustedServiceKind.Any, DateTimeOffset? From = null, DateTimeOffset? Until = null, string Name = "")
{
    /// <summary>Whether it is trusted at an instant.</summary>
    internal bool IsTrustedAt(DateTimeOffset at, Certificate anchor) =>
        at >= (From ?? anchor.NotBefore) && (Until is { } until ? at < until : !anchor.HasEndedAt(at));
}
