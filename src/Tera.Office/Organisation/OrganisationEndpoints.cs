using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tera.Office.Accounts;
using Tera.Office.Api;

namespace Tera.Office.Organisation;

/// <summary>REST: positions and their holders, acting officials.</summary>
internal static class OrganisationEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1/organisation").WithTags("Organisasi").RequireAuthorization();
        api.MapGet("/positions", async (HttpContext context, IOrganisation organisation, TimeProvider time) =>
                Results.Json(await organisation.DirectoryAsync(context.Caller().AgencyId, await TodayAsync(context, organisation, time), context.RequestAborted), ApiJson.Options))
            .WithName("listPositions").WithSummary("Semua jabatan instansi dengan pemangkunya hari ini.").Produces<IReadOnlyList<Holding>>().ProducesProblem(401);
        api.MapGet("/verifiers", async (HttpContext context, IOrganisation organisation, TimeProvider time, Guid signer) =>
                Results.Json(await organisation.EligibleVerifiersAsync(context.Caller().AgencyId, signer, await TodayAsync(context, organisation, time), context.RequestAborted), ApiJson.Options))
            .WithName("listVerifiers").WithSummary("Pejabat di bawah penandatangan yang boleh menjadi verifikator; signer adalah id jabatan.").Produces<IReadOnlyList<Holding>>().ProducesProblem(401);
        api.MapPost("/acting", AppointAsync)
            .WithName("appointActing").WithSummary("Menetapkan Plh, Plt, atau Pj dengan surat perintah; hanya admin.")
            .Accepts<Appointment>("application/json").Produces<Appointed>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<DateOnly> TodayAsync(HttpContext context, IOrganisation organisation, TimeProvider time)
    {
        Agency agency = (await organisation.FindAgencyAsync(context.Caller().AgencyId, context.RequestAborted))!;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(agency.Zone)).DateTime);
    }

    private static async Task<IResult> AppointAsync(HttpContext context, ActingOfficials officials)
    {
        (Appointment? appointment, ApiProblem? problem) = await ApiJson.ReadAsync<Appointment>(context);
        if (appointment is null)
        {
            return problem!;
        }

        return await officials.AppointAsync(context.Caller(), appointment, context.RequestAborted) switch
        {
            AppointmentAnswer.Appointed(var id) => Results.Json(new Appointed(id), ApiJson.Options, statusCode: StatusCodes.Status201Created),
            AppointmentAnswer.Refused(var reason) => ProblemOf(reason),
            _ => throw new InvalidOperationException("An appointment is made or refused."),
        };
    }

    private static ApiProblem ProblemOf(AppointmentRefusalReason reason)
    {
        (int status, string detail, string? field) = reason switch
        {
            AppointmentRefusalReason.NotAdmin => (StatusCodes.Status403Forbidden, "Hanya admin instansi yang boleh menetapkan pejabat pengganti.", null),
            AppointmentRefusalReason.NotFound => (StatusCodes.Status404NotFound, "Jabatan atau orang itu tidak ada di instansi ini.", null),
            AppointmentRefusalReason.NotActing => (StatusCodes.Status400BadRequest, "Pilih plt, plh, atau pj.", "kind"),
            AppointmentRefusalReason.OrderMissing => (StatusCodes.Status400BadRequest, "Tuliskan nomor surat perintah (paling banyak 120 karakter).", "orderNumber"),
            AppointmentRefusalReason.DatesReversed => (StatusCodes.Status400BadRequest, "Tanggal akhir mendahului tanggal mulai.", "to"),
            AppointmentRefusalReason.TooLong => (StatusCodes.Status400BadRequest, "Plt paling lama tiga bulan dan dapat diperpanjang tiga bulan.", "to"),
            AppointmentRefusalReason.Overlaps => (StatusCodes.Status409Conflict, "Pada masa itu jabatan ini sudah mempunyai pejabat pengganti, atau orang itu pemangkunya sendiri.", "from"),
            AppointmentRefusalReason.PositionNotVacant => (StatusCodes.Status409Conflict, "Plt hanya untuk jabatan yang kosong; pejabat yang berhalangan sementara digantikan Plh.", "kind"),
            _ => throw new ArgumentOutOfRangeException(nameof(reason)),
        };
        return new ApiProblem(status, System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), "Penetapan ditolak", detail, field);
    }

    private sealed record Appointed(Guid Id);
}
