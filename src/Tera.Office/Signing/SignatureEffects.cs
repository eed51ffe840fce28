using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters;
using Tera.Office.Storage;

namespace Tera.Office.Signing;

/// <summary><c>ttd.pades</c>: the head's signature. The signed revision becomes the letter inside the act's transaction.</summary>
internal sealed class PadesEffect(LetterSigner signer, ILetters letters, ICaseFacts facts) : IActEffect
{
    public string Name => "ttd.pades";

    public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) =>
        SignatureAct.PrepareAsync(act, signer, letters, facts, paraf: false, cancellation);
}

/// <summary><c>ttd.paraf</c>: initials below the signer; a record of the approval, or an invisible signature where the procedure says <c>pades</c>.</summary>
internal sealed class ParafEffect(LetterSigner signer, ILetters letters, ICaseFacts facts, IDbContextFactory<OfficeDb> factory) : IActEffect
{
    public string Name => "ttd.paraf";

    public async Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
    {
        CaseFacts? known;
        await using (OfficeDb db = await factory.CreateDbContextAsync(cancellation))
        {
            known = await facts.FindAsync(db, act.CaseId, cancellation);
        }

        // In the mode catatan the approval itself is the paraf: the case's event binds it to the hash of what was seen.
        return known?.Signatures.FirstOrDefault(s => s.StepId == act.StepId) is { AsSignature: true }
            ? await SignatureAct.PrepareAsync(act, signer, letters, facts, paraf: true, cancellation)
            : PreparedEffect.Nothing;
    }
}

/// <summary><c>ttd.cap_waktu</c>: the time stamp is part of the signature's value in the PDF, so it was made with it; here it is only held to have been.</summary>
internal sealed class TimeStampEffect : IActEffect
{
    public string Name => "ttd.cap_waktu";

    public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) => Task.FromResult<PreparedEffect>(
        act.Artifacts.Signed is not null
            ? PreparedEffect.Nothing
            : new PreparedEffect.Refused(CaseRefusalReason.EffectRefused, "Penanda waktu memerlukan tanda tangan dalam langkah yang sama."));
}

/// <summary>What paraf and signature share: sign outside the transaction, record inside.</summary>
internal static class SignatureAct
{
    public static async Task<PreparedEffect> PrepareAsync(
        ActContext act, LetterSigner signer, ILetters letters, ICaseFacts facts, bool paraf, CancellationToken cancellation)
    {
        switch (await signer.SignAsync(act, paraf, cancellation))
        {
            case LetterSigning.Refused refused:
                return new PreparedEffect.Refused(refused.Reason, refused.Message);
            case LetterSigning.Signed signed:
                act.Artifacts.Signed = signed.Revision;
                return new PreparedEffect.Ready((db, inner) => RecordAsync(db, act.CaseId, signed.Revision, letters, facts, final: !paraf, inner));
            default:
                throw new InvalidOperationException("A signing has two results.");
        }
    }

    private static async Task<EffectResult> RecordAsync(
        OfficeDb db, Guid caseId, SignedRevision revision, ILetters letters, ICaseFacts facts, bool final, CancellationToken cancellation)
    {
        await letters.RecordSignedAsync(db, caseId, revision.Seen, revision.Revision, final, cancellation);
        CaseFacts known = await facts.FindAsync(db, caseId, cancellation) ?? throw new InvalidOperationException("The case of a running act is gone.");
        return new EffectResult.Succeeded(new VersionMade(known.Berkas!, revision.Revision, revision.Seen, VersionRelation.ExtendedBySignature));
    }
}
