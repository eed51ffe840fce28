using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters.Effects;
using Tera.Office.Letters.Rendering;
using Tera.Office.Notifications;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Dispatch;

/// <summary>What the three ways of sending share: only a signed letter leaves, and each addressee gets it once, however often the effect runs.</summary>
internal abstract class DispatchEffect(IOrganisation organisation, INotifications notifications, IDocumentStore documents, TimeProvider time) : IOutboxEffect
{
    public abstract string Name { get; }

    /// <summary>The addressees this effect is for.</summary>
    protected abstract Task<IReadOnlyList<LetterDestination>> DestinationsAsync(OfficeDb db, LetterRegistration registration, CancellationToken cancellation);

    public async Task<EffectResult> RunAsync(OutboxContext context, CancellationToken cancellation)
    {
        LetterRow? letter = await LetterStore.FindAsync(context.Db, context.CaseId, cancellation);
        if (letter is not { Signed: true, CurrentPdf: { } pdf } || LetterStore.RegistrationOf(letter) is not { } registration)
        {
            return new EffectResult.Failed("Naskah belum ditandatangani, jadi belum dapat dikirim.");
        }

        var failures = new List<string>();
        foreach (LetterDestination destination in await DestinationsAsync(context.Db, registration, cancellation))
        {
            LetterDispatchRow row = await FindOrAddAsync(context.Db, letter, destination, cancellation);
            if (row.State == "terkirim")
            {
                continue;
            }

            string? problem = destination.Kind == "internal"
                ? await ReleaseAsync(context.Db, letter, pdf, Guid.Parse(destination.Target), cancellation)
                : await MailAsync(letter, pdf, destination, cancellation);
            row.State = problem is null ? "terkirim" : "gagal";
            row.Problem = problem;
            row.At = time.GetUtcNow();
            if (problem is not null)
            {
                failures.Add($"{destination.Name}: {problem}");
            }
        }

        if (failures.Count == 0)
        {
            return EffectResult.Ok;
        }

        // What was sent is kept, so that the repeated step sends only the rest.
        await context.Db.SaveChangesAsync(cancellation);
        return new EffectResult.Failed("Tidak terkirim ke " + string.Join("; ", failures.Take(3)) + ".");
    }

    private async Task<LetterDispatchRow> FindOrAddAsync(OfficeDb db, LetterRow letter, LetterDestination destination, CancellationToken cancellation)
    {
        LetterDispatchRow? there = db.Set<LetterDispatchRow>().Local.FirstOrDefault(row => row.CaseId == letter.CaseId && row.Kind == destination.Kind && row.Target == destination.Target)
            ?? await db.Set<LetterDispatchRow>().FirstOrDefaultAsync(row => row.CaseId == letter.CaseId && row.Kind == destination.Kind && row.Target == destination.Target, cancellation);
        if (there is not null)
        {
            return there;
        }

        var added = new LetterDispatchRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            CaseId = letter.CaseId,
            Kind = destination.Kind,
            Name = destination.Name,
            Target = destination.Target,
            State = "antre",
        };
        db.Add(added);
        return added;
    }

    private async Task<string?> ReleaseAsync(OfficeDb db, LetterRow letter, Sha256Digest pdf, Guid position, CancellationToken cancellation)
    {
        bool there = db.Set<ReceivedLetterRow>().Local.Any(row => row.PositionId == position && row.CaseId == letter.CaseId)
            || await db.Set<ReceivedLetterRow>().AnyAsync(row => row.PositionId == position && row.CaseId == letter.CaseId, cancellation);
        if (there)
        {
            return null;
        }

        LetterValues values = LetterPress.ValuesOf(letter);
        db.Add(new ReceivedLetterRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            AgencyId = letter.AgencyId,
            PositionId = position,
            CaseId = letter.CaseId,
            Number = values.Number,
            Hal = values.Hal,
            From = values.SignerPosition,
            Pdf = pdf,
            At = time.GetUtcNow(),
        });
        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (Holding holder in await organisation.HoldersOfAsync(position, today, cancellation))
        {
            await notifications.NoticeAsync(
                db, new Notice(letter.AgencyId, holder.PersonId, $"letter/{letter.CaseId}/{position}/{holder.PersonId}", $"Surat masuk: {values.Hal}", $"Nomor {values.Number} dari {values.SignerPosition}.", "/surat/masuk"), cancellation);
        }

        return null;
    }

    private async Task<string?> MailAsync(LetterRow letter, Sha256Digest pdf, LetterDestination destination, CancellationToken cancellation)
    {
        LetterValues values = LetterPress.ValuesOf(letter);
        Agency? agency = await organisation.FindAgencyAsync(letter.AgencyId, cancellation);
        string body = $"""
            Yth. {destination.Name},

            Bersama ini disampaikan surat nomor {values.Number} tanggal {values.Date}, hal: {values.Hal}.

            Surat terlampir telah ditandatangani secara elektronik. Simpan berkas apa adanya; mencetak, memindai, atau mengubahnya menghilangkan tanda tangan.
            Keasliannya dapat diperiksa di {values.Address.AbsoluteUri}

            {agency?.Name}
            """;
        return await notifications.SendAsync(
            new MailToSend(
                letter.AgencyId, $"{letter.CaseId}/{pdf}/{destination.Target}", destination.Target, agency?.Name ?? "", $"{values.Hal} ({values.Number})", body,
                new MailAttachment(FileNames.Safe(values.Number) + ".pdf", await documents.ReadAllAsync(pdf, cancellation))), cancellation) switch
        {
            MailAnswer.Sent => null,
            MailAnswer.Refused(var reason) => reason,
            _ => throw new InvalidOperationException("An unknown answer."),
        };
    }
}

/// <summary><c>kirim.internal</c>: into the inbox of the positions named.</summary>
internal sealed class SendInside(IOrganisation organisation, INotifications notifications, IDocumentStore documents, TimeProvider time)
    : DispatchEffect(organisation, notifications, documents, time)
{
    public override string Name => "kirim.internal";

    protected override Task<IReadOnlyList<LetterDestination>> DestinationsAsync(OfficeDb db, LetterRegistration registration, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LetterDestination>>(registration.Destinations.Where(destination => destination.Kind == "internal" && destination.Target != Guid.Empty.ToString()).ToList());
}

/// <summary><c>kirim.eksternal</c>: by mail, with the signed PDF.</summary>
internal sealed class SendOutside(IOrganisation organisation, INotifications notifications, IDocumentStore documents, TimeProvider time)
    : DispatchEffect(organisation, notifications, documents, time)
{
    public override string Name => "kirim.eksternal";

    protected override Task<IReadOnlyList<LetterDestination>> DestinationsAsync(OfficeDb db, LetterRegistration registration, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LetterDestination>>(registration.Destinations.Where(destination => destination.Kind == "external").ToList());
}

/// <summary><c>kirim.grup</c>: to every member of the groups named, inside or by mail.</summary>
internal sealed class SendToGroups(IOrganisation organisation, INotifications notifications, IDocumentStore documents, TimeProvider time)
    : DispatchEffect(organisation, notifications, documents, time)
{
    public override string Name => "kirim.grup";

    protected override async Task<IReadOnlyList<LetterDestination>> DestinationsAsync(OfficeDb db, LetterRegistration registration, CancellationToken cancellation)
    {
        var members = new List<LetterDestination>();
        foreach (LetterDestination group in registration.Destinations.Where(destination => destination.Kind == "group"))
        {
            var id = Guid.Parse(group.Target);
            if (await db.Set<RecipientGroupRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation) is { } row)
            {
                members.AddRange(JsonSerializer.Deserialize<List<LetterDestination>>(row.Members, JsonSerializerOptions.Web) ?? []);
            }
        }

        return members.DistinctBy(member => (member.Kind, member.Target)).ToList();
    }
}
