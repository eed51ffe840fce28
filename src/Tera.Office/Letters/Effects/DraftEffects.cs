using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Rendering;
using Tera.Office.Letters.Templates;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Effects;

/// <summary><c>templat.ambil</c>: the drafter takes a template; from here the letter exists.</summary>
internal sealed class TakeTemplate(LetterStore letters) : IActEffect
{
    public string Name => "templat.ambil";

    public Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation) =>
        Task.FromResult<PreparedEffect>(new PreparedEffect.Ready(async (db, inside) =>
        {
            LetterRow letter = await letters.FindOrAddAsync(db, act.CaseId, act.AgencyId, inside);
            letter.TemplateId ??= LetterTemplates.All[0].Id;
            await db.SaveChangesAsync(inside);
            return EffectResult.Ok;
        }));
}

/// <summary><c>dok.versi_baru</c>: the staged draft becomes the letter's text; approvals of an older one do not count for it.</summary>
internal sealed class TakeDraft(LetterStore letters, ICaseFacts cases, IDocumentStore documents, LetterPress press, IDbContextFactory<OfficeDb> factory) : IActEffect
{
    private const string SelfEdit = "sunting_sendiri";

    public string Name => "dok.versi_baru";

    public async Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
    {
        await using OfficeDb read = await factory.CreateDbContextAsync(cancellation);
        LetterRow? letter = await LetterStore.FindAsync(read, act.CaseId, cancellation);
        if (letter is null || (letter.StagedDraftOf(act.Caller.PersonId) ?? letter.Draft) is null)
        {
            return new PreparedEffect.Refused(CaseRefusalReason.Incomplete, "Unggah dulu konsep naskah (.docx).");
        }

        if (act.Act.ReturnTo == SelfEdit)
        {
            if (letter.StagedDraftOf(act.Caller.PersonId) is not { } staged)
            {
                return new PreparedEffect.Refused(CaseRefusalReason.Incomplete, "Unggah dulu naskah hasil suntingan (.docx).");
            }

            try
            {
                return await PrintEditedAsync(act, letter, staged, cancellation);
            }
            catch (ConverterUnavailableException)
            {
                return new PreparedEffect.Refused(
                    CaseRefusalReason.EffectRefused, "Naskah suntingan Anda tersimpan, tetapi pengubah PDF sedang tidak tersedia. Tidak ada yang berubah; coba lagi beberapa saat lagi.");
            }
        }

        return new PreparedEffect.Ready((db, inside) => AdoptAsync(letters, cases, documents, db, act, inside));
    }

    /// <summary>A verifier edits the letter himself: those after him must see its PDF, so it is printed within the act.</summary>
    private async Task<PreparedEffect> PrintEditedAsync(ActContext act, LetterRow seen, Sha256Digest staged, CancellationToken cancellation)
    {
        await using OfficeDb read = await factory.CreateDbContextAsync(cancellation);
        LetterRow letter = (await LetterStore.FindAsync(read, seen.CaseId, cancellation))!;
        CaseFacts? facts = await cases.FindAsync(read, act.CaseId, cancellation);
        letter.Draft = staged;
        if (facts is null)
        {
            return new PreparedEffect.Refused(CaseRefusalReason.NotFound, "Perkara naskah ini tidak ditemukan.");
        }

        if (await press.PrintAsync(read, letter, facts, cancellation) is Printed.Failed failed)
        {
            return new PreparedEffect.Refused(CaseRefusalReason.EffectRefused, failed.Message);
        }

        var pdf = (Printed.Done)await press.PlaceFieldsAsync(read, letter, facts, cancellation);
        IReadOnlyList<FieldWanted> fields = LetterPress.FieldsIn(read, act.CaseId);
        return new PreparedEffect.Ready(async (db, inside) =>
        {
            LetterRow now = await letters.FindOrAddAsync(db, act.CaseId, act.AgencyId, inside);
            if (now.StagedDraftOf(act.Caller.PersonId) != staged)
            {
                return new EffectResult.Failed("Naskah suntingan diganti selagi dicetak; ulangi.");
            }

            Sha256Digest? previous = now.LastVersion;
            await letters.AddVersionAsync(db, now, "docx", staged, 0, act.Caller.Name, act.EffectKey + "/docx", inside);
            await letters.AddVersionAsync(db, now, "bidang", pdf.Hash, pdf.Length, act.Caller.Name, act.EffectKey, inside);
            now.Draft = staged;
            now.DraftFileName = now.StagedFileName;
            now.StagedDraft = null;
            now.StagedFileName = null;
            await LetterPress.AdoptAsync(db, now, letter, fields, inside);
            await db.SaveChangesAsync(inside);
            return new EffectResult.Succeeded(new VersionMade(facts.Berkas ?? "naskah", pdf.Hash, previous, VersionRelation.NewContent) { FileName = FileNames.Pdf(now) });
        });
    }

    /// <summary>Makes the staged draft the current one; the current one stays when none is staged.</summary>
    public static async Task<EffectResult> AdoptAsync(
        LetterStore letters, ICaseFacts cases, IDocumentStore documents, OfficeDb db, ActContext act, CancellationToken cancellation)
    {
        LetterRow letter = await letters.FindOrAddAsync(db, act.CaseId, act.AgencyId, cancellation);
        if (letter.StagedDraftOf(act.Caller.PersonId) is not { } staged)
        {
            return EffectResult.Ok;
        }

        CaseFacts? facts = await cases.FindAsync(db, act.CaseId, cancellation);
        Sha256Digest? previous = letter.LastVersion;
        await using Stream? stream = await documents.OpenReadAsync(staged, cancellation);
        letter.Draft = staged;
        letter.DraftFileName = letter.StagedFileName;
        letter.StagedDraft = null;
        letter.StagedFileName = null;
        letter.Sealed = false;
        if (await LetterStore.FindVersionAsync(db, act.EffectKey, cancellation) is null)
        {
            await letters.AddVersionAsync(db, letter, "docx", staged, stream?.Length ?? 0, act.Caller.Name, act.EffectKey, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        return new EffectResult.Succeeded(new VersionMade(facts?.Berkas ?? "naskah", staged, previous, VersionRelation.NewContent) { FileName = letter.DraftFileName });
    }
}

/// <summary><c>dok.cek_tata_naskah</c>: every variable known, the obligatory ones there. The letterhead is the template's; a letter of another make passes when it has the variables.</summary>
internal sealed class CheckDraft(IDocumentStore documents, IDbContextFactory<OfficeDb> factory) : IActEffect
{
    public string Name => "dok.cek_tata_naskah";

    public async Task<PreparedEffect> PrepareAsync(ActContext act, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        LetterRow? letter = await LetterStore.FindAsync(db, act.CaseId, cancellation);
        if ((letter?.StagedDraftOf(act.Caller.PersonId) ?? letter?.Draft) is not { } draft)
        {
            return new PreparedEffect.Refused(CaseRefusalReason.Incomplete, "Unggah dulu konsep naskah (.docx).");
        }

        return await ProblemOfAsync(documents, draft, cancellation) is { } problem
            ? new PreparedEffect.Refused(CaseRefusalReason.EffectRefused, problem.Message)
            : PreparedEffect.Nothing;
    }

    public static async Task<DocxProblem?> ProblemOfAsync(IDocumentStore documents, Sha256Digest draft, CancellationToken cancellation) =>
        DocxDoor.Read("naskah.docx", await documents.ReadAllAsync(draft, cancellation)) switch
        {
            DocxReading.Accepted(var package) => PlaceholderCheck.Check(package),
            DocxReading.Refused(var problem) => problem,
            _ => throw new InvalidOperationException("An unknown reading."),
        };
}
