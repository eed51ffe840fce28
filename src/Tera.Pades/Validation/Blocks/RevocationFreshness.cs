using Tera.Pki.Paths;

namespace Tera.Pades.Validation.Blocks;

/// <summary>RFC: until when a statement about revocation is fresh (EN 319 102-1 5.2.5.4).</summary>
internal static class RevocationFreshness
{
    /// <summary>How long data without nextUpdate speaks: BSrE's OCSP responses have none.</summary>
    private static readonly TimeSpan WithoutNextUpdate = TimeSpan.FromDays(1);

    /// <summary>Whether it speaks of an instant: it was made later, or not too long before.</summary>
    public static bool IsFresh(RevocationStatement statement, DateTimeOffset at, ValidationPolicy policy) =>
        statement.ThisUpdate >= at || LastInstant(statement, policy) + policy.ClockSkew >= at;

    /// <summary>The last instant of which it speaks.</summary>
    public static DateTimeOffset LastInstant(RevocationStatement statement, ValidationPolicy policy) =>
        policy.RevocationMaximumAge is { } age ? statement.ThisUpdate + age : statement.NextUpdate ?? statement.ThisUpdate + WithoutNextUpdate;
}
