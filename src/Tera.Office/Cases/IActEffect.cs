using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Cases;

/// <summary>
/// An effect that belongs to the act itself: it may need what the person typed (a passphrase) or must be in the same
/// transaction (a letter number). Slow work and calls to the authority happen in <see cref="PrepareAsync"/>, before the transaction;
/// what it returns is applied inside. Effects of a step are prepared in the order of the SOP file and share <see cref="ActContext.Artifacts"/>.
/// </summary>
public interface IActEffect
{
    /// <summary>The name in the SOP file, without its argument: <c>nomor.pesan</c>.</summary>
    string Name { get; }

    Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation);
}

/// <summary>An effect done after the transaction, at least once, with an idempotency key: conversions, mail, archive.</summary>
public interface IOutboxEffect
{
    string Name { get; }

    /// <summary>Throws nothing it can name: a failure that a person must mend is <see cref="EffectResult.Failed"/>; an exception is retried later.</summary>
    Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation);
}

/// <summary>What an act effect knows.</summary>
/// <param name="Argument">The text in brackets: <c>notif.kirim(es4)</c> has <c>es4</c>.</param>
/// <param name="Artifacts">Results of earlier effects of the same act (for example the signed revision).</param>
public sealed record ActContext(
    Guid CaseId, Guid AgencyId, string Sop, string StepId, int Round, string EffectKey, string? Argument,
    Caller Caller, Guid PositionId, string PositionName, StepAct Act, ActArtifacts Artifacts);

/// <summary>Shared between the effects of one act.</summary>
public sealed class ActArtifacts
{
    /// <summary>The bytes the act signed: shown hash -> new revision. Null while nothing was signed.</summary>
    public SignedRevision? Signed { get; set; }
}

/// <summary>A revision that extends the seen bytes by a signature.</summary>
public sealed record SignedRevision(Sha256Digest Seen, Sha256Digest Revision, string FieldName, DateTimeOffset At, string SignerName);

public abstract record PreparedEffect
{
    private PreparedEffect() { }

    /// <summary>Refuse the whole act; nothing is stored.</summary>
    public sealed record Refused(CaseRefusalReason Reason, string Message) : PreparedEffect;

    /// <summary>Apply inside the act's transaction.</summary>
    public sealed record Ready(Func<OfficeDb, CancellationToken, Task<EffectResult>> Apply) : PreparedEffect;

    public static Ready Nothing { get; } = new((_, _) => Task.FromResult<EffectResult>(EffectResult.Ok));
}

/// <summary>What the outbox hands an effect.</summary>
/// <param name="Db">
/// No transaction is open while the effect runs, so that slow work locks nothing. Rows that it adds or changes and leaves unsaved are saved in the
/// transaction that records its success: done once. What it saves itself, it must be able to meet again under the same <paramref name="EffectKey"/>.
/// </param>
public sealed record OutboxContext(
    Guid CaseId, Guid AgencyId, string Sop, string StepId, int Round, string EffectKey, string? Argument, int Attempt, OfficeDb Db);

public abstract record EffectResult
{
    private EffectResult() { }

    /// <param name="NewVersion">A new version of the case's document that the effect made.</param>
    /// <param name="Outcome">A business outcome of a <c>sistem</c> step (cocok, tidak_cocok, ...); null: ok.</param>
    /// <param name="Chain">Members chosen for a chain (<c>rantai</c>) of the SOP.</param>
    public sealed record Succeeded(VersionMade? NewVersion = null, string? Outcome = null, ChainChosen? Chain = null) : EffectResult;

    /// <summary>A person must mend it: the step opens again for its actor with this sentence.</summary>
    public sealed record Failed(string Message) : EffectResult;

    public static Succeeded Ok { get; } = new();
}

/// <summary>A new version of the document of a case.</summary>
/// <param name="Relation">How it relates to the version before it: new content, only number and date differ, or extended by a signature.</param>
public sealed record VersionMade(string Berkas, Sha256Digest Hash, Sha256Digest? Previous, VersionRelation Relation)
{
    /// <summary>Name under which a person would save it; null: the name of the berkas.</summary>
    public string? FileName { get; init; }
}

public enum VersionRelation
{
    NewContent,
    EquivalentRendering,
    ExtendedBySignature,
}

/// <summary>Who stands in a chain of the SOP, in order.</summary>
public sealed record ChainChosen(string Rantai, IReadOnlyList<Guid> Positions);
