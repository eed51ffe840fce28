using Microsoft.EntityFrameworkCore;
using Tera.Office.Cases;
using Tera.Office.Letters.Numbering;
using Tera.Office.Letters.Rendering;
using Tera.Office.Organisation;
using Tera.Office.Storage;

namespace Tera.Office.Letters.Registration;

/// <summary>Who signs a letter and what stands on it: from the registration, the number, the day and the organisation.</summary>
internal sealed class LetterData(IOrganisation organisation, OfficeOptions options, TimeProvider time)
{
    /// <summary>Today where the agency is: a letter of Jayapura is a day ahead of UTC for nine hours.</summary>
    public async Task<DateOnly> TodayAsync(Guid agencyId, CancellationToken cancellation)
    {
        Agency agency = await organisation.FindAgencyAsync(agencyId, cancellation) ?? throw new InvalidOperationException($"The agency {agencyId} does not exist.");
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(agency.Zone)).DateTime);
    }

    /// <summary>The official whose name is printed: the registered position or the SOP's lane, its definitive holder unless an acting one is named.</summary>
    public async Task<Holding?> SignerAsync(CaseFacts facts, LetterRegistration registration, DateOnly on, CancellationToken cancellation)
    {
        IReadOnlyList<Holding> holders = registration.SignerPosition is { } position
            ? await organisation.HoldersOfAsync(position, on, cancellation)
            : facts.Signatures.LastOrDefault(step => !step.Paraf)?.Holders ?? [];
        return registration.SignerPerson is { } person
            ? holders.FirstOrDefault(holding => holding.PersonId == person)
            : holders.FirstOrDefault();
    }

    public Uri AddressOf(LetterRow letter) => new($"{options.PublicBaseUrl.AbsoluteUri.TrimEnd('/')}/v/{letter.Code}");

    public async Task<LetterValues> ValuesAsync(LetterRow letter, LetterRegistration registration, string number, Holding signer, DateOnly on, CancellationToken cancellation)
    {
        Person person = await organisation.FindPersonAsync(signer.PersonId, cancellation) ?? throw new InvalidOperationException($"The person {signer.PersonId} does not exist.");
        SignerBlock block = SignerBlock.Of(person, signer, registration.Kind);
        Uri address = AddressOf(letter);
        return new LetterValues(
            number, IndonesianDate.Write(on), block.Name, block.Position, block.Pangkat, block.Nip,
            registration.Hal, registration.Urgensi == "Biasa" ? registration.Sifat : $"{registration.Sifat}/{registration.Urgensi}", registration.Lampiran ?? "-",
            Listed(registration.Destinations.Select(destination => destination.Name).ToList()),
            registration.Tembusan.Count == 0 ? "" : "Tembusan:\n" + Listed(registration.Tembusan, always: true),
            registration.Classification, address, registration.Mark == "qr" ? QrMark.Png(address) : null);
    }

    public async Task<NumberRequest> NumberOfAsync(OfficeDb db, CaseFacts facts, LetterRegistration registration, DateOnly on, CancellationToken cancellation)
    {
        IReadOnlyList<Holding> directory = await organisation.DirectoryAsync(facts.AgencyId, on, cancellation);
        string unit = directory.FirstOrDefault(holding => holding.UnitId == facts.UnitId)?.UnitName ?? "";
        UnitCodeRow? code = await db.Set<UnitCodeRow>().AsNoTracking().FirstOrDefaultAsync(row => row.UnitId == facts.UnitId, cancellation);
        return new NumberRequest(
            facts.AgencyId, facts.CaseId, registration.Kind, facts.UnitId, code?.Code ?? UnitCode.Of(unit), registration.Classification, registration.Hal, on);
    }

    private static string Listed(IReadOnlyList<string> lines, bool always = false) =>
        lines.Count == 1 && !always ? lines[0] : string.Join('\n', lines.Select((line, index) => $"{index + 1}. {line}"));
}
