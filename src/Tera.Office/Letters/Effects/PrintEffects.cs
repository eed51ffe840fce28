using Tera.Office.Cases;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Letters.Rendering;
using Tera.Office.Letters.Templates;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Effects;

/// <summary>
/// What the three printing effects share: done once per effect key, rows left for the outbox to save with its own record.
/// </summary>
internal abstract class PrintEffect(LetterStore letters, ICaseFacts cases) : IOutboxEffect
{
    private const string System = "Sistem";

    public abstract string Name { get; }

    protected abstract string VersionKind { get; }

    public async Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
    {
        CaseFacts? facts = await cases.FindAsync(context.Db, context.CaseId, cancellation);
        LetterRow letter = await letters.FindOrAddAsync(context.Db, context.CaseId, context.AgencyId, cancellation);
        if (facts is null)
        {
            return new EffectResult.Failed("Perkara naskah ini tidak ditemukan.");
        }

        string berkas = facts.Berkas ?? "naskah";
        if (await LetterStore.FindVersionAsync(context.Db, context.EffectKey, cancellation) is { } done)
        {
            return new EffectResult.Succeeded(new VersionMade(berkas, done.Hash, null, VersionRelation.NewContent));
        }

        Sha256Digest? previous = letter.LastVersion;
        switch (await PrintAsync(context, letter, facts, cancellation))
        {
            case Printed.Done(var hash, var length):
                await letters.AddVersionAsync(context.Db, letter, VersionKind, hash, length, System, context.EffectKey, cancellation);
                return new EffectResult.Succeeded(new VersionMade(berkas, hash, previous, VersionRelation.NewContent) { FileName = FileNames.Pdf(letter) });
            case Printed.Failed(var message):
                return new EffectResult.Failed(message);
            default:
                throw new InvalidOperationException("An unknown print.");
        }
    }

    protected abstract Task<Printed> PrintAsync(OutboxContext context, LetterRow letter, CaseFacts facts, CancellationToken cancellation);
}

/// <summary><c>dok.ke_pdf</c>: draft, values and number to PDF/A.</summary>
internal sealed class ConvertDraft(LetterStore letters, ICaseFacts cases, LetterPress press) : PrintEffect(letters, cases)
{
    public override string Name => "dok.ke_pdf";

    protected override string VersionKind => "pdf";

    protected override Task<Printed> PrintAsync(OutboxContext context, LetterRow letter, CaseFacts facts, CancellationToken cancellation) =>
        press.PrintAsync(context.Db, letter, facts, cancellation);
}

/// <summary><c>dok.siapkan_bidang_ttd</c>: empty signature fields before anybody signs. Prints first where the SOP has no <c>dok.ke_pdf</c>.</summary>
internal sealed class PrepareFields(LetterStore letters, ICaseFacts cases, LetterPress press) : PrintEffect(letters, cases)
{
    public override string Name => "dok.siapkan_bidang_ttd";

    protected override string VersionKind => "bidang";

    protected override async Task<Printed> PrintAsync(OutboxContext context, LetterRow letter, CaseFacts facts, CancellationToken cancellation)
    {
        LetterNumberRow? number = await NumberRegister.FindOpenAsync(context.Db, context.CaseId, cancellation);
        bool printed = letter.CurrentPdf is not null && letter.RenderedDraft == letter.Draft && letter.LastVersion == letter.CurrentPdf
            && letter.NumberId == number?.Id && number is not null && LetterPress.ValuesOf(letter).Number == number.Text;
        return printed || await press.PrintAsync(context.Db, letter, facts, cancellation) is not Printed.Failed failed
            ? await press.PlaceFieldsAsync(context.Db, letter, facts, cancellation)
            : failed;
    }
}

/// <summary><c>naskah.buat</c>: a letter from data of the case (a recommendation), registered, numbered, printed and ready to be signed.</summary>
internal sealed class ComposeLetter(
    LetterStore letters, ICaseFacts cases, LetterPress press, LetterData data, Letterheads letterheads, NumberRegister numbers, IDocumentStore documents)
    : PrintEffect(letters, cases)
{
    // Permendagri 83/2022: Layanan Sertifikasi Elektronik.
    private const string Classification = "000.7.5";

    public override string Name => "naskah.buat";

    protected override string VersionKind => "bidang";

    protected override async Task<Printed> PrintAsync(OutboxContext context, LetterRow letter, CaseFacts facts, CancellationToken cancellation)
    {
        DateOnly today = await data.TodayAsync(facts.AgencyId, cancellation);
        if (facts.Signatures.LastOrDefault(step => !step.Paraf)?.Holders.FirstOrDefault() is not { } signer)
        {
            return new Printed.Failed("Jabatan penandatangan surat rekomendasi sedang tidak terisi.");
        }

        LetterheadData letterhead = await letterheads.OfAsync(facts.AgencyId, signer.UnitId, today, cancellation);
        byte[] draft = LetterTemplates.Build(LetterTemplates.Find("pd-surat")!, letterhead, new LetterText(
            $"Berdasarkan permohonan “{facts.Title}” dan hasil uji kesesuaian yang telah dilaksanakan, dengan ini diberikan rekomendasi bahwa sistem dimaksud telah memenuhi standar teknis integrasi Tanda Tangan Elektronik.",
            "Rekomendasi ini berlaku untuk alamat dan versi sistem yang diuji. Perubahan atas alamat atau versi tersebut memerlukan uji kesesuaian kembali.",
            "Demikian rekomendasi ini diberikan untuk dipergunakan sebagaimana mestinya."));
        StoredDocument stored = await documents.PutAsync(draft, cancellation);
        letter.TemplateId = "pd-surat";
        letter.Draft = stored.Name;
        letter.DraftFileName = "rekomendasi.docx";
        var registration = new LetterRegistration(
            "surat", "Rekomendasi Integrasi Sistem Tanda Tangan Elektronik", facts.Title, "Biasa", "Biasa", Classification, "qr",
            [new LetterDestination("internal", "Pemohon integrasi sistem", Guid.Empty.ToString())], [], signer.PositionId);
        letter.Registration = LetterStore.Write(registration);
        LetterNumberRow number = await numbers.ReserveAsync(context.Db, await data.NumberOfAsync(context.Db, facts, registration, today, cancellation), cancellation);
        letter.NumberId = number.Id;
        return await press.PrintAsync(context.Db, letter, facts, cancellation) is Printed.Failed failed
            ? failed
            : await press.PlaceFieldsAsync(context.Db, letter, facts, cancellation);
    }
}

/// <summary>Names under which a person saves a letter: its number, with what a file name cannot hold replaced.</summary>
internal static class FileNames
{
    public static string Pdf(LetterRow letter) => Safe(letter.RenderedValues is null ? "naskah" : LetterPress.ValuesOf(letter).Number) + ".pdf";

    public static string Safe(string text)
    {
        string safe = new(text.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '-').ToArray());
        return safe.Trim('-', '.') is { Length: > 0 } name ? name : "naskah";
    }
}
