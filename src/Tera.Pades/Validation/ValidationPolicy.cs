namespace Tera.Pades.Validation;

/// <summary>By what a file is judged. The same evidence under another policy, or at another time, may get another verdict.</summary>
public sealed record ValidationPolicy
{
    /// <summary>The instant of the judgement.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>DER certificates of the roots that are trusted. With none, no signer is known and the best verdict is INDETERMINATE.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> TrustAnchors { get; init; } = [];

    /// <summary>Other DER certificates that may stand between a signer and a root.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Intermediates { get; init; } = [];

    /// <summary>
    /// Whether a signer needs proof of not being revoked, from the file itself. Off by default: nothing is fetched here,
    /// and a B-B signature carries no such proof. What the file does carry counts in either case.
    /// </summary>
    public bool RequireRevocation { get; init; }

    /// <summary>
    /// The permission that counts where the file names none: 1, 2 or 3 as in DocMDP. Null: after an approval signature signing, filling in,
    /// long-term data and new remarks that hide nothing are allowed; annotations that were signed stay as they are.
    /// </summary>
    public int? DefaultPermission { get; init; }

    /// <summary>Whether algorithms that were no longer recommended at signing time make a signature indeterminate (ETSI TS 119 312).</summary>
    public bool CheckAlgorithms { get; init; } = true;
}
