using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Letters.Effects;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>
/// A letter is dated on the day it is signed. When that is not the printed day, it is printed again from the same draft, and only a proof that
/// nothing but number and date differ lets the verifiers' approvals count for the new bytes. Once a paraf has signed the bytes they stay as they
/// are, with the date of their registration.
/// </summary>
internal sealed class SigningPreparation(
    ICaseFacts cases, LetterStore letters, LetterData data, LetterRenderer renderer, LetterPress press, NumberRegister numbers, PdfTools tools,
    IDocumentStore documents, IDbContextFactory<OfficeDb> factory)
{
    public async Task<LetterAnswer.Refused?> PrepareAsync(ICaseDesk desk, Caller caller, Guid caseId, OpenTask task, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        CaseFacts? facts = await cases.FindAsync(db, caseId, cancellation);
        LetterRow? letter = await LetterStore.FindAsync(db, caseId, cancellation);
        if (facts is null || letter is not { CurrentPdf: not null, RenderedValues: not null } || LetterStore.RegistrationOf(letter) is not { } registration)
        {
            return new LetterAnswer.Refused(LetterRefusalReason.NotFound, "Naskah ini belum punya PDF.");
        }

        // A paraf stands below what was printed, whoever is named there; only the signer's own date and name are at stake.
        if (facts.Signatures.Any(step => step.StepId == task.StepId && step.Paraf))
        {
            return null;
        }

        if (OtherSigner(letter, caller.PersonId) is { } other)
        {
            return new LetterAnswer.Refused(LetterRefusalReason.RenderingDiffers, other);
        }

        DateOnly today = await data.TodayAsync(facts.AgencyId, cancellation);
        if (IsOfAnotherDay(letter, today))
        {
            if (await PrintAgainAsync(db, letter, facts, registration, today, cancellation) is { } refused)
            {
                return refused;
            }
        }

        return await RecordAsync(desk, letter, facts, task, db, cancellation);
    }

    /// <summary>Why the current bytes must not get that person's signature today; null: they may.</summary>
    public static string? ObstacleOf(LetterRow letter, Guid person, DateOnly today) =>
        OtherSigner(letter, person)
        ?? (IsOfAnotherDay(letter, today) ? "Naskah belum bertanggal hari ini. Buka kembali langkah ini agar naskah disiapkan, lalu bacalah sebelum menandatangani." : null);

    private static string? OtherSigner(LetterRow letter, Guid person) => letter.PrintedSigner == person
        ? null
        : $"Naskah ini mencetak {LetterPress.ValuesOf(letter).SignerPosition} {LetterPress.ValuesOf(letter).SignerName} sebagai penandatangan, bukan Anda. Kembalikan kepada konseptor agar didaftarkan ulang dengan Anda sebagai penandatangan; nomornya tetap.";

    private static bool IsOfAnotherDay(LetterRow letter, DateOnly today) => letter.PrintedDate != today && !letter.Sealed;

    private async Task<LetterAnswer.Refused?> PrintAgainAsync(
        OfficeDb db, LetterRow letter, CaseFacts facts, LetterRegistration registration, DateOnly today, CancellationToken cancellation)
    {
        LetterValues old = LetterPress.ValuesOf(letter);
        Holding? signer = await data.SignerAsync(facts, registration, today, cancellation);
        if (signer is null || signer.PersonId != letter.PrintedSigner || letter.RenderedDraft is not { } draftHash)
        {
            return Differs("Pejabat penandatangan berubah sejak naskah dicetak.");
        }

        // The same person may have become acting or definitive meanwhile: "Plh." and the rest of the block are part of the text that was approved.
        if ((await data.ValuesAsync(letter, registration, old.Number, signer, today, cancellation)).SignerPosition != old.SignerPosition)
        {
            return Differs("Kedudukan penandatangan (definitif, Plt., Plh.) berubah sejak naskah dicetak.");
        }

        byte[] draft = await documents.ReadAllAsync(draftHash, cancellation);
        if (await renderer.RenderAsync(draft, old, cancellation) is not RenderAnswer.Done(var again))
        {
            return Differs("Naskah tidak dapat dicetak ulang.");
        }

        // The approved bytes themselves must be what this draft and these values give, or the comparison below would compare strangers.
        byte[] approved = await documents.ReadAllAsync(letter.CurrentPdf!.Value, cancellation);
        IReadOnlyList<string> approvedText = await tools.TextAsync(approved, cancellation);
        if (!approvedText.SequenceEqual(again.Text, StringComparer.Ordinal) || !(await tools.PagesAsync(approved, cancellation)).SequenceEqual(again.Pages))
        {
            return Differs("Cetakan ulang tidak sama dengan naskah yang diverifikasi.");
        }

        // The same number within its year; in a new year a new one, and the old one stays in the register as cancelled.
        LetterNumberRow number = await numbers.ReserveAsync(db, await data.NumberOfAsync(db, facts, registration, today, cancellation), cancellation);
        LetterValues fresh = old with { Number = number.Text, Date = IndonesianDate.Write(today) };
        if (await renderer.RenderAsync(draft, fresh, cancellation) is not RenderAnswer.Done(var rendered))
        {
            return Differs("Naskah tidak dapat dicetak ulang dengan tanggal hari ini.");
        }

        Equivalence.Answer proof = Equivalence.Prove(again, old, rendered, fresh);
        if (!proof.Same)
        {
            return Differs(proof.Text);
        }

        StoredDocument plain = await documents.PutAsync(rendered.Pdf, cancellation);
        LetterPress.Note(letter, draftHash, fresh, today, signer, number.Id);
        letter.CurrentPdf = plain.Name;
        var placed = (Printed.Done)await press.PlaceFieldsAsync(db, letter, facts, cancellation);
        letter.EquivalenceProof = proof.Text;
        await letters.AddVersionAsync(db, letter, "setara", placed.Hash, placed.Length, "Sistem", $"{letter.CaseId}/setara/{placed.Hash}", cancellation);
        await db.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>Tells the case; done again after a crash between our commit and the case's.</summary>
    private static async Task<LetterAnswer.Refused?> RecordAsync(ICaseDesk desk, LetterRow letter, CaseFacts facts, OpenTask task, OfficeDb db, CancellationToken cancellation)
    {
        if (letter.EquivalenceProof is not { } proof)
        {
            return null;
        }

        if (task.DocumentHash != letter.CurrentPdf!.Value.Hex)
        {
            Sha256Digest? before = Sha256Digest.TryParse(task.DocumentHash, out Sha256Digest seen) ? seen : null;
            var version = new VersionMade(facts.Berkas ?? "naskah", letter.CurrentPdf.Value, before, VersionRelation.EquivalentRendering) { FileName = FileNames.Pdf(letter) };
            if (await desk.RecordVersionAsync(letter.CaseId, version, proof, cancellation) is CaseAnswer.Refused refused)
            {
                return new LetterAnswer.Refused(LetterRefusalReason.RenderingDiffers, refused.Message);
            }
        }

        letter.EquivalenceProof = null;
        await db.SaveChangesAsync(cancellation);
        return null;
    }

    private static LetterAnswer.Refused Differs(string why) => new(
        LetterRefusalReason.RenderingDiffers, $"Naskah harus dicetak ulang dengan tanggal hari ini, tetapi {char.ToLowerInvariant(why[0])}{why[1..]} Kembalikan kepada konseptor.");
}
