using Tera.Office.Cases;

namespace Tera.Office.Verification;

/// <summary>
/// <c>dok.validasi</c>: our own output is validated before release. The signer did so on the very bytes it stored
/// (<see cref="Signing.LetterSigner"/>); an act that signed nothing has nothing that could be released.
/// </summary>
internal sealed class ValidationEffect : IActEffect
{
    public string Name => "dok.validasi";

    public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) => Task.FromResult<PreparedEffect>(
        act.Artifacts.Signed is not null
            ? PreparedEffect.Nothing
            : new PreparedEffect.Refused(CaseRefusalReason.EffectRefused, "Tidak ada hasil tanda tangan yang dapat diperiksa."));
}
