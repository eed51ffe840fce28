using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Accounts;
using Tera.Office.Shell;

namespace Tera.Office.Organisation.Pages;

/// <summary>The agency as it stands today, and the appointment of acting officials.</summary>
internal static class OrganisationPages
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder pages = endpoints.MapSignedInPages();
        pages.MapGet("/admin/organisasi", ShowAsync);
        pages.MapForm("/admin/organisasi/pejabat", AppointAsync);
    }

    private static Task<IResult> ShowAsync(HttpContext context, Visit visit, IOrganisation organisation, string? tersimpan) =>
        ScreenAsync(context, visit, organisation, AppointmentTyped.Nothing, [], tersimpan is not null);

    private static async Task<IResult> AppointAsync(HttpContext context, Visit visit, IOrganisation organisation, ActingOfficials acting)
    {
        Caller caller = context.Caller();
        if (!caller.Roles.Contains(Role.Admin))
        {
            return ErrorPages.Show(ErrorKind.Forbidden);
        }

        AppointmentTyped typed = AppointmentTyped.Read(context.Request.Form);
        if (typed.Parse() is not { } appointment)
        {
            return await ScreenAsync(context, visit, organisation, typed, typed.Problems(visit), false);
        }

        return await acting.AppointAsync(caller, appointment, context.RequestAborted) is AppointmentAnswer.Refused refused
            ? await ScreenAsync(context, visit, organisation, typed, [AppointmentRefusals.Of(visit, refused.Reason)], false)
            : Results.Redirect("/admin/organisasi?tersimpan=1");
    }

    private static async Task<IResult> ScreenAsync(
        HttpContext context, Visit visit, IOrganisation organisation, AppointmentTyped typed, IReadOnlyList<FieldProblem> problems, bool saved)
    {
        Caller caller = context.Caller();
        DateOnly today = visit.Time.DayIn(visit.Now);
        return PageRoutes.Show<OrganisationScreen>(
            new
            {
                Directory = await organisation.DirectoryAsync(caller.AgencyId, today, context.RequestAborted),
                Agency = await organisation.FindAgencyAsync(caller.AgencyId, context.RequestAborted),
                MayAppoint = caller.Roles.Contains(Role.Admin),
                Typed = typed,
                Problems = problems,
                Saved = saved,
            },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}

/// <summary>The appointment form as typed.</summary>
public sealed record AppointmentTyped(string Position, string Person, string Kind, string Order, string From, string To)
{
    public static AppointmentTyped Nothing { get; } = new("", "", "Plh", "", "", "");

    internal static AppointmentTyped Read(IFormCollection form) =>
        new(form.Text("jabatan"), form.Text("orang"), form.Text("jenis"), form.Text("surat-perintah"), form.Text("mulai"), form.Text("sampai"));

    internal Appointment? Parse() =>
        Guid.TryParse(Position, out Guid position) && Guid.TryParse(Person, out Guid person) && Enum.TryParse(Kind, out HoldingKind kind)
        && DateOf(From) is DateOnly from && DateOf(To) is DateOnly to
            ? new Appointment(position, person, kind, Order, from, to)
            : null;

    internal IReadOnlyList<FieldProblem> Problems(Visit visit)
    {
        var problems = new List<FieldProblem>();
        AddUnless(Guid.TryParse(Position, out _), "jabatan", visit.T("Pilih jabatan.", "Choose the position."));
        AddUnless(Guid.TryParse(Person, out _), "orang", visit.T("Pilih pejabat.", "Choose the official."));
        AddUnless(DateOf(From) is not null, "mulai", visit.T("Isi tanggal mulai.", "Fill in the first day."));
        AddUnless(DateOf(To) is not null, "sampai", visit.T("Isi tanggal selesai.", "Fill in the last day."));
        return problems;

        void AddUnless(bool good, string field, string message)
        {
            if (!good)
            {
                problems.Add(new FieldProblem(field, message));
            }
        }
    }

    private static DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}

/// <summary>The reasons why an appointment is refused, in words.</summary>
internal static class AppointmentRefusals
{
    public static FieldProblem Of(Visit visit, AppointmentRefusalReason reason) => reason switch
    {
        AppointmentRefusalReason.OrderMissing => new("surat-perintah", visit.T("Isi nomor surat perintah.", "Fill in the number of the order.")),
        AppointmentRefusalReason.DatesReversed => new("sampai", visit.T("Hari terakhir tidak boleh sebelum hari pertama.", "The last day may not be before the first.")),
        AppointmentRefusalReason.TooLong => new("sampai", visit.T("Plt paling lama 3 bulan dan dapat diperpanjang 3 bulan.", "A Plt serves at most 3 months, extendable by 3.")),
        AppointmentRefusalReason.Overlaps => new("mulai", visit.T("Pada tanggal itu jabatan ini sudah punya pejabat sementara, atau orang itu pejabat definitifnya.", "On these dates the position already has an acting official, or this person is its definitive holder.")),
        AppointmentRefusalReason.PositionNotVacant => new("jenis", visit.T("Plt hanya untuk jabatan yang kosong. Bila pejabatnya berhalangan sementara, pilih Plh.", "Plt is only for a vacant position. If its holder is away for a time, choose Plh.")),
        AppointmentRefusalReason.NotActing => new("jenis", visit.T("Pilih Plh, Plt, atau Pj.", "Choose Plh, Plt or Pj.")),
        AppointmentRefusalReason.NotAdmin => new(null, visit.T("Hanya admin yang boleh mencatat penugasan.", "Only an administrator may record an appointment.")),
        _ => new(null, visit.T("Jabatan atau pejabat itu tidak ada di instansi Anda.", "That position or official is not in your agency.")),
    };
}
