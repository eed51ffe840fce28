using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Registration;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Rendering;

public abstract record Printed
{
    private Printed() { }

    public sealed record Done(Sha256Digest Hash, long Length) : Printed;

    public sealed record Failed(string Message) : Printed;
}

/// <summary>Prints the letter of a case: current draft, registered data, number and day to PDF, then its fields. Changes the letter's row; the caller saves.</summary>
internal sealed class LetterPress(LetterRenderer renderer, LetterData data, IOrganisation organisation, IDocumentStore documents)
{
    /// <summary>Draft to PDF without fields.</summary>
    public async Task<Printed> PrintAsync(OfficeDb db, LetterRow letter, CaseFacts facts, CancellationToken cancellation)
    {
        if (letter.Draft is not { } draft || LetterStore.RegistrationOf(letter) is not { } registration)
        {
            return new Printed.Failed("Konsep .docx atau registrasi naskah belum ada.");
        }

        if (await NumberRegister.FindOpenAsync(db, facts.CaseId, cancellation) is not { } number)
        {
            return new Printed.Failed("Nomor naskah belum dipesan.");
        }

        DateOnly today = await data.TodayAsync(facts.AgencyId, cancellation);
        if (await data.SignerAsync(facts, registration, today, cancellation) is not { } signer)
        {
            return new Printed.Failed("Jabatan penandatangan sedang tidak terisi; pilih penandatangan lain.");
        }

        LetterValues values = await data.ValuesAsync(letter, registration, number.Text, signer, today, cancellation);
        RenderAnswer rendering = await renderer.RenderAsync(await documents.ReadAllAsync(draft, cancellation), values, cancellation);
        if (rendering is not RenderAnswer.Done(var rendered))
        {
            return new Printed.Failed(((RenderAnswer.Failed)rendering).Message);
        }

        StoredDocument stored = await documents.PutAsync(rendered.Pdf, cancellation);
        Note(letter, draft, values, today, signer, number.Id);
        letter.CurrentPdf = stored.Name;
        return new Printed.Done(stored.Name, stored.Length);
    }

    /// <summary>Empty fields on the current PDF, for everybody who will sign it.</summary>
    public async Task<Printed> PlaceFieldsAsync(OfficeDb db, LetterRow letter, CaseFacts facts, CancellationToken cancellation)
    {
        byte[] pdf = await documents.ReadAllAsync(letter.CurrentPdf!.Value, cancellation);
        IReadOnlyList<FieldWanted> fields = Fields(facts, LetterStore.RegistrationOf(letter)!, await SignerPositionAsync(letter, facts, cancellation));
        StoredDocument stored = await documents.PutAsync(LetterRenderer.PlaceFields(pdf, fields, ValuesOf(letter)), cancellation);
        await NoteFieldsAsync(db, letter.CaseId, fields, cancellation);
        letter.CurrentPdf = stored.Name;
        return new Printed.Done(stored.Name, stored.Length);
    }

    private static async Task NoteFieldsAsync(OfficeDb db, Guid caseId, IReadOnlyList<FieldWanted> fields, CancellationToken cancellation)
    {
        List<LetterFieldRow> there = await db.Set<LetterFieldRow>().Where(field => field.CaseId == caseId).ToListAsync(cancellation);
        db.RemoveRange(there.Where(row => fields.All(field => field.Name != row.Name)));
        foreach (FieldWanted field in fields)
        {
            if (there.Find(row => row.Name == field.Name) is { } row)
            {
                row.PositionId = field.PositionId;
                row.Paraf = field.Paraf;
            }
            else
            {
                db.Add(new LetterFieldRow { CaseId = caseId, Name = field.Name, PositionId = field.PositionId, Paraf = field.Paraf });
            }
        }
    }

    /// <summary>The fields as a unit of work has them, saved or not.</summary>
    public static IReadOnlyList<FieldWanted> FieldsIn(OfficeDb db, Guid caseId) =>
        db.Set<LetterFieldRow>().Local.Where(row => row.CaseId == caseId).Select(row => new FieldWanted(row.Name, row.PositionId, row.Paraf)).ToList();

    /// <summary>Takes over what was printed on a row of another unit of work.</summary>
    public static async Task AdoptAsync(OfficeDb db, LetterRow letter, LetterRow printed, IReadOnlyList<FieldWanted> fields, CancellationToken cancellation)
    {
        letter.RenderedDraft = printed.RenderedDraft;
        letter.RenderedValues = printed.RenderedValues;
        letter.PrintedDate = printed.PrintedDate;
        letter.PrintedSigner = printed.PrintedSigner;
        letter.NumberId = printed.NumberId;
        letter.CurrentPdf = printed.CurrentPdf;
        letter.Sealed = false;
        await NoteFieldsAsync(db, letter.CaseId, fields, cancellation);
    }

    public static void Note(LetterRow letter, Sha256Digest draft, LetterValues values, DateOnly on, Holding signer, Guid number)
    {
        letter.RenderedDraft = draft;
        letter.RenderedValues = JsonSerializer.Serialize(values, JsonSerializerOptions.Web);
        letter.PrintedDate = on;
        letter.PrintedSigner = signer.PersonId;
        letter.NumberId = number;
        letter.Sealed = false;
        letter.EquivalenceProof = null;
    }

    public static LetterValues ValuesOf(LetterRow letter) =>
        JsonSerializer.Deserialize<LetterValues>(letter.RenderedValues!, JsonSerializerOptions.Web) ?? throw new InvalidDataException("The values of a rendering are missing.");

    /// <summary>A paraf that is a signature gets its invisible field, one that is only a record gets none; a post that stands twice signs once.</summary>
    internal static IReadOnlyList<FieldWanted> Fields(CaseFacts facts, LetterRegistration registration, (Guid Position, string Code)? signer)
    {
        var fields = new List<FieldWanted>();
        foreach (SignatureStep step in facts.Signatures.Where(step => step.AsSignature && step.Paraf))
        {
            if (step.Holders.FirstOrDefault() is { } holder && fields.TrueForAll(field => field.PositionId != holder.PositionId))
            {
                fields.Add(new FieldWanted(Unique(fields, "paraf_" + Code(holder.PositionCode)), holder.PositionId, Paraf: true));
            }
        }

        if (signer is { } who)
        {
            fields.RemoveAll(field => field.PositionId == who.Position);
            fields.Add(new FieldWanted(Unique(fields, "ttd_" + Code(who.Code)), who.Position, Paraf: false));
        }

        return fields;
    }

    private async Task<(Guid, string)?> SignerPositionAsync(LetterRow letter, CaseFacts facts, CancellationToken cancellation)
    {
        DateOnly on = letter.PrintedDate ?? await data.TodayAsync(facts.AgencyId, cancellation);
        LetterRegistration registration = LetterStore.RegistrationOf(letter)!;
        Holding? signer = await data.SignerAsync(facts, registration, on, cancellation)
            ?? (registration.SignerPosition is { } position ? (await organisation.HoldersOfAsync(position, on, cancellation)).FirstOrDefault() : null);
        return signer is null ? null : (signer.PositionId, signer.PositionCode);
    }

    // A period would make a child field (ISO 32000-1 12.7.3.2).
    private static string Code(string code) => new(code.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_').ToArray());

    private static string Unique(List<FieldWanted> fields, string name)
    {
        string unique = name;
        for (int number = 2; fields.Exists(field => field.Name == unique); number++)
        {
            unique = $"{name}_{number}";
        }

        return unique;
    }
}
