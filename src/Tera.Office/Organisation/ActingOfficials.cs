using Microsoft.EntityFrameworkCore;
using Tera.Office.Accounts;
using Tera.Office.Storage;

namespace Tera.Office.Organisation;

/// <summary>
/// Appoints acting officials. Plh: the holder is away; Plt: the post is vacant, three months and once three more (UU 30/2014 art. 14;
/// SE BKN 2/SE/VII/2019). They act with their own certificate and passphrase, so an appointment moves no key.
/// </summary>
public sealed class ActingOfficials(IDbContextFactory<OfficeDb> factory, TimeProvider time)
{
    private const int LongestPltMonths = 6;

    public async Task<AppointmentAnswer> AppointAsync(Caller caller, Appointment appointment, CancellationToken cancellation)
    {
        if (!caller.Roles.Contains(Role.Admin))
        {
            return new AppointmentAnswer.Refused(AppointmentRefusalReason.NotAdmin);
        }

        if (Check(appointment) is { } wrong)
        {
            return new AppointmentAnswer.Refused(wrong);
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        bool known = await db.Set<PositionRow>().AnyAsync(position => position.Id == appointment.PositionId && position.AgencyId == caller.AgencyId, cancellation)
            && await db.Set<PersonRow>().AnyAsync(person => person.Id == appointment.PersonId && person.AgencyId == caller.AgencyId, cancellation);
        if (!known)
        {
            return new AppointmentAnswer.Refused(AppointmentRefusalReason.NotFound);
        }

        List<HoldingRow> others = await db.Set<HoldingRow>().AsNoTracking()
            .Where(holding => holding.PositionId == appointment.PositionId && holding.From <= appointment.To && (holding.To == null || holding.To >= appointment.From))
            .ToListAsync(cancellation);
        if (others.Any(other => other.Kind != HoldingKind.Definitif || other.PersonId == appointment.PersonId))
        {
            return new AppointmentAnswer.Refused(AppointmentRefusalReason.Overlaps);
        }

        if (appointment.Kind == HoldingKind.Plt && others.Count > 0)
        {
            return new AppointmentAnswer.Refused(AppointmentRefusalReason.PositionNotVacant);
        }

        var row = new HoldingRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            AgencyId = caller.AgencyId,
            PositionId = appointment.PositionId,
            PersonId = appointment.PersonId,
            Kind = appointment.Kind,
            From = appointment.From,
            To = appointment.To,
            OrderNumber = appointment.OrderNumber.Trim(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellation);
        return new AppointmentAnswer.Appointed(row.Id);
    }

    /// <summary>Ends an appointment; its last day is <paramref name="lastDay"/>. False: there is none of that id in the caller's agency.</summary>
    public async Task<bool> EndAsync(Caller caller, Guid appointmentId, DateOnly lastDay, CancellationToken cancellation)
    {
        if (!caller.Roles.Contains(Role.Admin))
        {
            return false;
        }

        await using OfficeDb db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<HoldingRow>()
            .Where(holding => holding.Id == appointmentId && holding.AgencyId == caller.AgencyId && holding.Kind != HoldingKind.Definitif && holding.To > lastDay)
            .ExecuteUpdateAsync(set => set.SetProperty(holding => holding.To, lastDay), cancellation) == 1;
    }

    private static AppointmentRefusalReason? Check(Appointment appointment) => appointment switch
    {
        { Kind: not (HoldingKind.Plt or HoldingKind.Plh or HoldingKind.Pj) } => AppointmentRefusalReason.NotActing,
        { OrderNumber: var number } when string.IsNullOrWhiteSpace(number) || number.Length > 120 || number.Any(char.IsControl) => AppointmentRefusalReason.OrderMissing,
        { From: var from, To: var to } when to < from => AppointmentRefusalReason.DatesReversed,
        { Kind: HoldingKind.Plt, From: var from, To: var to } when to >= from.AddMonths(LongestPltMonths) => AppointmentRefusalReason.TooLong,
        _ => null,
    };
}

/// <param name="OrderNumber">Number of the surat perintah.</param>
/// <param name="To">Last day, included.</param>
public sealed record Appointment(Guid PositionId, Guid PersonId, HoldingKind Kind, string OrderNumber, DateOnly From, DateOnly To);

public abstract record AppointmentAnswer
{
    private AppointmentAnswer() { }

    public sealed record Appointed(Guid Id) : AppointmentAnswer;

    public sealed record Refused(AppointmentRefusalReason Reason) : AppointmentAnswer;
}

public enum AppointmentRefusalReason
{
    NotAdmin,
    NotFound,
    NotActing,
    OrderMissing,
    DatesReversed,
    TooLong,
    Overlaps,
    PositionNotVacant,
}
