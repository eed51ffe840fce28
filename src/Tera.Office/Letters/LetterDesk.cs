using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Cases;
using Tera.Office.Letters.Dispatch;
using Tera.Office.Letters.Docx;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Letters.Rendering;
using Tera.Office.Letters.Templates;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters;

/// <summary>
/// The slice's front. Who may see or change a letter is the case's to say: seen by who sees the case, changed by who has its open task.
/// The desk is asked for when needed, not held: it runs the effects, and those of Signing come back here.
/// </summary>
internal sealed class LetterDesk(
    Func<ICaseDesk> desk, ICaseFacts cases, IOrganisation organisation, LetterStore letters, LetterData data, Letterheads letterheads,
    SigningPreparation signing, LetterReading reading, IDocumentStore documents, IDbContextFactory<OfficeDb> factory) : ILetters
{
    public Task<SignedLetter?> FindSignedAsync(OfficeDb db, Guid caseId, CancellationToken cancellation) => LetterReading.SignedAsync(db, caseId, cancellation);

    public Task<IReadOnlyList<ReceivedLetter>> ReceivedAsync(Caller caller, int limit, CancellationToken cancellation) => reading.ReceivedAsync(caller, limit, cancellation);

    public Task<IReadOnlyList<RegisterLine>> OutgoingRegisterAsync(Caller caller, int year, string? kind, CancellationToken cancellation) =>
        reading.RegisterAsync(caller, year, kind, cancellation);

    public Task<LetterFile?> FileAsync(Caller caller, Guid caseId, Sha256Digest? hash, CancellationToken cancellation) => reading.FileAsync(desk(), caller, caseId, hash, cancellation);

    public Task<byte[]?> PageImageAsync(Caller caller, Guid caseId, Sha256Digest? hash, int page, int width, CancellationToken cancellation) =>
        reading.PageImageAsync(desk(), caller, caseId, hash, page, width, cancellation);

    public Task<IReadOnlyList<LetterTemplate>> TemplatesAsync(Caller caller, CancellationToken cancellation) => Task.FromResult(LetterTemplates.All);

    public async Task<byte[]?> TemplateFileAsync(Caller caller, string templateId, CancellationToken cancellation)
    {
        if (LetterTemplates.Find(templateId) is not { } template)
        {
            return null;
        }

        DateOnly today = await data.TodayAsync(caller.AgencyId, cancellation);
        Holding? own = (await organisation.HoldingsOfAsync(caller.PersonId, today, cancellation)).FirstOrDefault();
        return LetterTemplates.Build(template, await letterheads.OfAsync(caller.AgencyId, own?.UnitId, today, cancellation));
    }

    public async Task<LetterPage?> FindAsync(Caller caller, Guid caseId, CancellationToken cancellation)
    {
        if (await desk().FindAsync(caller, caseId, cancellation) is null)
        {
            return null;
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await LetterStore.FindAsync(db, caseId, cancellation) is { } letter && letter.AgencyId == caller.AgencyId
            ? await LetterPages.OfAsync(db, letter, cancellation)
            : null;
    }

    public async Task<LetterAnswer> ChooseTemplateAsync(Caller caller, Guid caseId, string templateId, CancellationToken cancellation)
    {
        LetterTemplate? template = LetterTemplates.Find(templateId);
        return template is null
            ? new LetterAnswer.Refused(LetterRefusalReason.InvalidField, "Templat itu tidak ada.", "templateId")
            : await ChangeAsync(caller, caseId, (_, letter, facts) =>
            {
                if ((facts.Kops.Count > 0 && !facts.Kops.Contains(template.Kop, StringComparer.Ordinal)) || (facts.Kinds.Count > 0 && !facts.Kinds.Contains(template.Kind, StringComparer.Ordinal)))
                {
                    return Task.FromResult<LetterAnswer.Refused?>(new(LetterRefusalReason.InvalidField, "Templat itu tidak dipakai dalam prosedur ini.", "templateId"));
                }

                letter.TemplateId = template.Id;
                return Task.FromResult<LetterAnswer.Refused?>(null);
            }, cancellation);
    }

    public async Task<LetterAnswer> StageDraftAsync(Caller caller, Guid caseId, string fileName, Stream content, CancellationToken cancellation)
    {
        (byte[]? bytes, LetterAnswer.Refused? problem) = await ReadBoundedAsync(content, cancellation);
        if (bytes is null)
        {
            return problem!;
        }

        DocxProblem? wrong = DocxDoor.Read(fileName, bytes) switch
        {
            DocxReading.Accepted(var package) => PlaceholderCheck.Check(package),
            DocxReading.Refused(var found) => found,
            _ => throw new InvalidOperationException("An unknown reading."),
        };
        if (wrong is not null)
        {
            return new LetterAnswer.Refused(wrong.Reason, wrong.Message, "file");
        }

        return await ChangeAsync(caller, caseId, async (_, letter, _) =>
        {
            StoredDocument stored = await documents.PutAsync(bytes, cancellation);
            letter.StagedDraft = stored.Name;
            letter.StagedFileName = FileName(fileName);
            letter.StagedBy = caller.PersonId;
            return null;
        }, cancellation);
    }

    public async Task<LetterAnswer> StageRegistrationAsync(Caller caller, Guid caseId, LetterRegistration registration, CancellationToken cancellation) =>
        RegistrationCheck.Check(registration) is { } refused
            ? refused
            : await ChangeAsync(caller, caseId, async (db, letter, facts) =>
            {
                if (await RegistrationPeople.CheckAsync(db, organisation, data, facts, registration, cancellation) is { } problem)
                {
                    return problem;
                }

                letter.StagedRegistration = LetterStore.Write(registration);
                return null;
            }, cancellation);

    public async Task<LetterAnswer> PrepareForSigningAsync(Caller caller, Guid caseId, CancellationToken cancellation)
    {
        CasePage? page = await desk().FindAsync(caller, caseId, cancellation);
        if (page is null)
        {
            return NotFound;
        }

        if (page.Open.FirstOrDefault(task => task is { Mine: true, NeedsPassphrase: true }) is not { } task)
        {
            return page.Open.Any(open => open.NeedsPassphrase) ? NotYours : NotOpen;
        }

        try
        {
            return await signing.PrepareAsync(desk(), caller, caseId, task, cancellation) is { } refused ? refused : await DoneAsync(caseId, cancellation);
        }
        catch (ConverterUnavailableException)
        {
            return new LetterAnswer.Refused(LetterRefusalReason.ConverterUnavailable, "Naskah harus dicetak ulang dengan tanggal hari ini, tetapi pengubah PDF sedang tidak tersedia. Naskah tidak berubah; coba lagi beberapa saat lagi.");
        }
    }

    public async Task<LetterToSign?> ToSignAsync(Guid caseId, Guid positionId, Guid personId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        LetterRow? letter = await LetterStore.FindAsync(db, caseId, cancellation);
        LetterFieldRow? field = await db.Set<LetterFieldRow>().AsNoTracking().FirstOrDefaultAsync(row => row.CaseId == caseId && row.PositionId == positionId, cancellation);
        if (letter is not { CurrentPdf: { } pdf, RenderedValues: not null } || field is null)
        {
            return null;
        }

        // A program may sign without having asked to prepare: what preparation promises holds here, where the bytes are handed out.
        string? obstacle = field.Paraf ? null : SigningPreparation.ObstacleOf(letter, personId, await data.TodayAsync(letter.AgencyId, cancellation));
        return new LetterToSign(pdf, field.Name, LetterPress.ValuesOf(letter).Hal, LetterPress.ValuesOf(letter).Number, obstacle);
    }

    public async Task RecordSignedAsync(OfficeDb db, Guid caseId, Sha256Digest seen, Sha256Digest revision, bool final, CancellationToken cancellation)
    {
        LetterRow letter = await LetterStore.FindAsync(db, caseId, cancellation) ?? throw new InvalidOperationException($"The case {caseId} has no letter.");
        string key = $"{caseId}/signed/{revision}";
        if (await LetterStore.FindVersionAsync(db, key, cancellation) is not null)
        {
            return;
        }

        if (letter.CurrentPdf != seen)
        {
            throw new InvalidOperationException("The signed bytes are not the letter's current ones.");
        }

        await using Stream? stream = await documents.OpenReadAsync(revision, cancellation);
        await letters.AddVersionAsync(db, letter, final ? "ttd" : "paraf", revision, stream?.Length ?? 0, "Penandatangan", key, cancellation);
        letter.CurrentPdf = revision;
        letter.Sealed = true;
        if (final)
        {
            letter.Signed = true;
            letter.SignedAt = letters.Now;
        }

        await db.SaveChangesAsync(cancellation);
    }

    public async Task<PublicLetter?> FindPublicAsync(string code, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        string wanted = code.ToUpperInvariant();
        LetterRow? letter = await db.Set<LetterRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == wanted, cancellation);
        return letter is null ? null : await PublicAsync(db, letter, current: true, cancellation);
    }

    public async Task<PublicLetter?> FindPublicByHashAsync(Sha256Digest hash, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        Guid caseId = await db.Set<LetterVersionRow>().AsNoTracking().Where(version => version.Hash == hash && version.Kind != "docx").Select(version => version.CaseId).FirstOrDefaultAsync(cancellation);
        return await LetterStore.FindAsync(db, caseId, cancellation) is { } letter ? await PublicAsync(db, letter, letter.CurrentPdf == hash, cancellation) : null;
    }

    private async Task<PublicLetter?> PublicAsync(OfficeDb db, LetterRow letter, bool current, CancellationToken cancellation)
    {
        if (letter is not { CurrentPdf: { } pdf, RenderedValues: not null, PrintedDate: { } date }
            || await organisation.FindAgencyAsync(letter.AgencyId, cancellation) is not { } agency
            || await cases.FindAsync(db, letter.CaseId, cancellation) is not { } facts)
        {
            return null;
        }

        LetterValues values = LetterPress.ValuesOf(letter);
        ILookup<string, SignatureStep> steps = facts.Signatures.ToLookup(step => step.StepId, StringComparer.Ordinal);
        List<PublicApproval> approvals = (await desk().HistoryAsync(letter.CaseId, cancellation))
            // An approval that a newer text made void binds to no version any more, and is nobody's business.
            .Where(record => steps.Contains(record.StepId) && record is { Outcome: "ya", DocumentHash: not null })
            .Select(record => new PublicApproval(record.ActorPosition, record.Actor, steps[record.StepId].First().Paraf ? "Paraf" : "Tanda tangan elektronik", record.DoneAt))
            .ToList();
        return new PublicLetter(letter.CaseId, agency.Name, agency.Zone, values.Number, values.Hal, date, letter.Signed, pdf, current, approvals);
    }

    private async Task<LetterAnswer> ChangeAsync(
        Caller caller, Guid caseId, Func<OfficeDb, LetterRow, CaseFacts, Task<LetterAnswer.Refused?>> change, CancellationToken cancellation)
    {
        CasePage? page = await desk().FindAsync(caller, caseId, cancellation);
        if (page is null)
        {
            return NotFound;
        }

        if (!page.Open.Any(task => task.Mine))
        {
            return page.Open.Count == 0 ? NotOpen : NotYours;
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        if (await cases.FindAsync(db, caseId, cancellation) is not { Berkas: not null } facts)
        {
            return NotFound;
        }

        LetterRow letter = await letters.FindOrAddAsync(db, caseId, caller.AgencyId, cancellation);
        if (letter.Signed)
        {
            return NotOpen;
        }

        if (await change(db, letter, facts) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancellation);
        return new LetterAnswer.Done(await LetterPages.OfAsync(db, letter, cancellation));
    }

    private async Task<LetterAnswer> DoneAsync(Guid caseId, CancellationToken cancellation)
    {
        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return new LetterAnswer.Done(await LetterPages.OfAsync(db, (await LetterStore.FindAsync(db, caseId, cancellation))!, cancellation));
    }

    private static async Task<(byte[]?, LetterAnswer.Refused?)> ReadBoundedAsync(Stream content, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            if (memory.Length + read > DocxLimits.Default.FileBytes)
            {
                return (null, new LetterAnswer.Refused(LetterRefusalReason.TooLarge, $"Berkas lebih besar daripada {DocxLimits.Default.FileBytes >> 20} MB.", "file"));
            }

            memory.Write(buffer, 0, read);
        }

        return (memory.ToArray(), null);
    }

    // A browser may send a whole path; only the last part is a name.
    private static string FileName(string fileName)
    {
        string name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = new string(name.Where(character => !char.IsControl(character)).ToArray());
        return name.Length > 200 ? name[^200..] : name;
    }

    private static LetterAnswer.Refused NotFound => new(LetterRefusalReason.NotFound, "Naskah ini tidak ada.");

    private static LetterAnswer.Refused NotYours => new(LetterRefusalReason.NotYours, "Langkah yang terbuka pada naskah ini bukan tugas Anda.");

    private static LetterAnswer.Refused NotOpen => new(LetterRefusalReason.NotOpen, "Naskah ini tidak sedang menunggu tindakan itu.");
}
