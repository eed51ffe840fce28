using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;

namespace Tera.Office.Organisation;

/// <summary>Writes the demo agencies into an empty database.</summary>
internal sealed class DemoAgencySeed(OfficeOptions options, TimeProvider time) : IDatabaseSeed
{
    private static readonly DateOnly HeldSince = new(2025, 2, 20);

    private static readonly Dictionary<string, string> UnitNames = new(StringComparer.Ordinal)
    {
        ["kepala-daerah"] = "Kepala Daerah",
        ["setda"] = "Sekretariat Daerah",
        ["bagian-umum"] = "Bagian Umum Sekretariat Daerah",
        ["diskominfo"] = "Dinas Komunikasi dan Informatika",
        ["bidang-persandian"] = "Bidang Persandian dan Statistik Dinas Komunikasi dan Informatika",
        ["inspektorat"] = "Inspektorat Daerah",
    };

    private static readonly AgencyRow[] Agencies =
    [
        new() { Id = IdOf("agency", DemoAgency.Name), Name = DemoAgency.Name, ShortName = "Kab. Arunika", Address = "Jalan Merdeka Raya Nomor 1, Arunika Kota 00001", Zone = "Asia/Jakarta" },
        new() { Id = IdOf("agency", "Pemerintah Kabupaten Samudra Jaya"), Name = "Pemerintah Kabupaten Samudra Jaya", ShortName = "Kab. Samudra Jaya", Address = "Jalan Bahari Nomor 7, Samudra Jaya 00002", Zone = "Asia/Jayapura" },
    ];

    public int Order => 10;

    /// <summary>Demo rows have ids derived from their codes, so that Accounts finds its persons without reading this slice's tables.</summary>
    public static Guid IdOf(string what, string code) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"tera-demo/{what}/{code}")).AsSpan(0, 16));

    public async Task SeedAsync(OfficeDb db, CancellationToken cancellation)
    {
        if (!options.SeedDemoAgency || await db.Set<AgencyRow>().AnyAsync(cancellation))
        {
            return;
        }

        db.AddRange(Agencies.Select(agency => new AgencyRow { Id = agency.Id, Name = agency.Name, ShortName = agency.ShortName, Address = agency.Address, Zone = agency.Zone }));
        foreach ((string agency, string unit) in DemoPeople.All.Select(person => (person.Agency, person.Unit)).Distinct())
        {
            db.Add(new UnitRow { Id = IdOf("unit", agency + "/" + unit), AgencyId = IdOf("agency", agency), Code = unit, Name = UnitNames[unit] });
        }

        int rank = 0;
        foreach (DemoPerson demo in DemoPeople.All)
        {
            Add(db, demo, rank++);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private void Add(OfficeDb db, DemoPerson demo, int rank)
    {
        Guid agency = IdOf("agency", demo.Agency);
        var person = new PersonRow
        {
            Id = IdOf("person", demo.Code),
            AgencyId = agency,
            Name = demo.Name,
            DisplayName = demo.DisplayName,
            Nip = demo.Nip,
            Pangkat = demo.Pangkat,
            Email = demo.Code + (demo.Agency == DemoAgency.Name ? "@arunika.example" : "@samudra-jaya.example"),
        };
        var position = new PositionRow
        {
            Id = IdOf("position", demo.Code),
            AgencyId = agency,
            UnitId = IdOf("unit", demo.Agency + "/" + demo.Unit),
            AboveId = demo.Above is { } above ? IdOf("position", above) : null,
            Code = demo.Code,
            LaneCodes = demo.LaneCodes,
            Name = demo.Position,
            Kind = demo.Kind,
            Eselon = demo.Eselon,
            SetaraEselon = demo.SetaraEselon,
            Rank = rank,
        };
        db.Add(person);
        db.Add(position);
        db.Add(new HoldingRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            AgencyId = agency,
            PositionId = position.Id,
            PersonId = person.Id,
            Kind = HoldingKind.Definitif,
            From = HeldSince,
        });
    }
}
