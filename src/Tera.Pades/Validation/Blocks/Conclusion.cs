namespace Tera.Pades.Validation.Blocks;

/// <summary>What a building block or a process concludes (EN 319 102-1 5.1.3, 5.2.1).</summary>
/// <param name="Indication">PASSED, INDETERMINATE or FAILED.</param>
/// <param name="Sub">Why it is not PASSED; null where it is.</param>
/// <param name="Reason">The reason in a sentence; empty where there is nothing to say.</param>
internal sealed record Conclusion(Indication Indication, SubIndication? Sub, string Reason)
{
    public static Conclusion Passed { get; } = new(Indication.TotalPassed, null, "");

    public bool IsPassed => Indication == Indication.TotalPassed;

    /// <summary>Whether proofs of existence may still turn it into a success: the sub-indications with which 5.5.4 and 5.6.3 go on.</summary>
    public bool MayYetPass => Sub is SubIndication.CryptoConstraintsFailureNoPoe or SubIndication.RevokedNoPoe or SubIndication.RevokedCaNoPoe or SubIndication.TryLater
        or SubIndication.OutOfBoundsNoPoe or SubIndication.OutOfBoundsNotRevoked or SubIndication.RevocationOutOfBoundsNoPoe or SubIndication.NoCertificateChainFoundNoPoe;

    public static Conclusion Indeterminate(SubIndication sub, string reason) => new(Indication.Indeterminate, sub, reason);

    public static Conclusion Failed(SubIndication sub, string reason) => new(Indication.TotalFailed, sub, reason);
}
