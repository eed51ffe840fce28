using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Effects;

/// <summary><c>naskah.registrasi</c>: kind, addressees, verifiers, signer become the letter's; the chain of the case is chosen.</summary>
internal sealed class Register(LetterStore letters, ICaseFacts cases, IDocumentStore documents, IDbContextFactory<OfficeDb> factory) : IActEffect
{
    public string Name => "naskah.registrasi";

    public async Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
    {
        await using OfficeDb read = await factory.CreateDbContextAsync(cancellation);
        LetterRow? letter = await LetterStore.FindAsync(read, act.CaseId, cancellation);
        if (letter is null || (letter.StagedRegistration ?? letter.Registration) is null)
        {
            return new PreparedEffect.Refused(CaseRefusalReason.Incomplete, "Isi dulu formulir registrasi naskah.");
        }

        if ((letter.StagedDraftOf(act.Caller.PersonId) ?? letter.Draft) is not { } draft)
        {
            return new PreparedEffect.Refused(CaseRefusalReason.Incomplete, "Unggah dulu konsep naskah (.docx).");
        }

        return await CheckDraft.ProblemOfAsync(documents, draft, cancellation) is { } problem
            ? new PreparedEffect.Refused(CaseRefusalReason.EffectRefused, problem.Message)
            : new PreparedEffect.Ready((db, inside) => ApplyAsync(db, act, inside));
    }

    /// <summary>Makes the staged form the registered one.</summary>
    public static LetterRegistration? Adopt(LetterRow letter)
    {
        letter.Registration = letter.StagedRegistration ?? letter.Registration;
        letter.StagedRegistration = null;
        return LetterStore.RegistrationOf(letter);
    }

    private async Task<EffectResult> ApplyAsync(OfficeDb db, ActContext act, CancellationToken cancellation)
    {
        EffectResult draft = await TakeDraft.AdoptAsync(letters, cases, documents, db, act, cancellation);
        LetterRow letter = await letters.FindOrAddAsync(db, act.CaseId, act.AgencyId, cancellation);
        LetterRegistration registration = Adopt(letter)!;
        await db.SaveChangesAsync(cancellation);
        CaseFacts? facts = await cases.FindAsync(db, act.CaseId, cancellation);
        ChainChosen? chain = registration.Verifiers.Count > 0 && facts?.Rantai is { } name ? new ChainChosen(name, registration.Verifiers) : null;
        return new EffectResult.Succeeded((draft as EffectResult.Succeeded)?.NewVersion, null, chain);
    }
}

/// <summary><c>nomor.pesan</c>: a number of the register, in the transaction of the act. Done again it keeps the number that is reserved.</summary>
internal sealed class ReserveNumber(LetterStore letters, ICaseFacts cases, LetterData data, NumberRegister numbers, IDbContextFactory<OfficeDb> factory) : IActEffect
{
    public string Name => "nomor.pesan";

    public async Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
    {
        await using OfficeDb read = await factory.CreateDbContextAsync(cancellation);
        LetterRow? letter = await LetterStore.FindAsync(read, act.CaseId, cancellation);
        return (letter?.StagedRegistration ?? letter?.Registration) is not null
            ? new PreparedEffect.Ready((db, inside) => ApplyAsync(db, act, inside))
            : new PreparedEffect.Refused(CaseRefusalReason.Incomplete, "Isi dulu formulir registrasi naskah; nomor dipesan menurut jenis dan klasifikasinya.");
    }

    private async Task<EffectResult> ApplyAsync(OfficeDb db, ActContext act, CancellationToken cancellation)
    {
        CaseFacts? facts = await cases.FindAsync(db, act.CaseId, cancellation);
        if (facts is null)
        {
            return new EffectResult.Failed("Perkara naskah ini tidak ditemukan.");
        }

        // An SOP without a registration step of its own (Purwakarta) registers here.
        LetterRow letter = await letters.FindOrAddAsync(db, act.CaseId, act.AgencyId, cancellation);
        LetterRegistration registration = Register.Adopt(letter)!;
        DateOnly today = await data.TodayAsync(facts.AgencyId, cancellation);
        LetterNumberRow number = await numbers.ReserveAsync(db, await data.NumberOfAsync(db, facts, registration, today, cancellation), cancellation);
        letter.NumberId = number.Id;
        await db.SaveChangesAsync(cancellation);
        return EffectResult.Ok;
    }
}

/// <summary><c>nomor.tetapkan</c>: the reserved number becomes final in the transaction that records the signature, or neither happens.</summary>
internal sealed class SettleNumber(NumberRegister numbers) : IActEffect
{
    public string Name => "nomor.tetapkan";

    public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) =>
        Task.FromResult<PreparedEffect>(new PreparedEffect.Ready(async (db, inside) =>
            await numbers.SettleAsync(db, act.CaseId, inside) ? EffectResult.Ok : new EffectResult.Failed("Naskah ini belum memesan nomor.")));
}

/// <summary>
/// A case that ends without a signature gives its number back as a cancelled line of the register; one that is done keeps it as final,
/// also where the SOP has no <c>nomor.tetapkan</c> of its own.
/// </summary>
internal sealed class NumberOfEndedCase(NumberRegister numbers) : ICaseEndObserver
{
    public async Task OnEndedAsync(OfficeDb db, Guid caseId, CaseEnd end, string? reason, CancellationToken cancellation)
    {
        if (end == CaseEnd.Selesai)
        {
            await numbers.SettleAsync(db, caseId, cancellation);
        }
        else
        {
            await numbers.CancelAsync(db, caseId, reason ?? (end == CaseEnd.Ditolak ? "Naskah ditolak." : "Naskah dibatalkan."), cancellation);
        }
    }
}

/// <summary><c>agenda.catat</c>: a line in the register of incoming applications, once a case.</summary>
internal sealed class EnterAgenda(ICaseFacts cases, LetterData data, TimeProvider time) : IActEffect
{
    private const string Kind = "agenda";

    public string Name => "agenda.catat";

    public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) =>
        Task.FromResult<PreparedEffect>(new PreparedEffect.Ready(async (db, inside) =>
        {
            if (await db.Set<AgendaRow>().AnyAsync(row => row.CaseId == act.CaseId, inside))
            {
                return EffectResult.Ok;
            }

            CaseFacts? facts = await cases.FindAsync(db, act.CaseId, inside);
            int year = (await data.TodayAsync(act.AgencyId, inside)).Year;
            db.Add(new AgendaRow
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                AgencyId = act.AgencyId,
                Year = year,
                Seq = await NumberRegister.NextAsync(db, act.AgencyId, Kind, year, act.AgencyId, inside),
                CaseId = act.CaseId,
                Title = facts?.Title ?? act.Sop,
                From = act.Caller.Name,
                At = time.GetUtcNow(),
            });
            await db.SaveChangesAsync(inside);
            return EffectResult.Ok;
        }));
}
