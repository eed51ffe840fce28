using Tera.Office.Letters.Templates;
using Tera.Office.Organisation;

namespace Tera.Office.Letters.Registration;

/// <summary>What an agency's letterhead says, from its own data.</summary>
internal sealed class Letterheads(IOrganisation organisation)
{
    private static readonly string[] Prefixes = ["Pemerintah ", "Kabupaten ", "Kota ", "Provinsi "];
    private static readonly string[] UnitKinds = ["Dinas ", "Badan ", "Inspektorat", "Kecamatan ", "Satuan ", "Rumah Sakit ", "Kantor ", "Sekretariat ", "Pusat "];

    public async Task<LetterheadData> OfAsync(Guid agencyId, Guid? unitId, DateOnly on, CancellationToken cancellation)
    {
        Agency agency = await organisation.FindAgencyAsync(agencyId, cancellation) ?? throw new InvalidOperationException($"The agency {agencyId} does not exist.");
        IReadOnlyList<Holding> directory = await organisation.DirectoryAsync(agencyId, on, cancellation);
        return new LetterheadData(
            agency.Name, Region(agency.Name), UnitName(directory, unitId) ?? agency.ShortName, agency.Address, Place(agency.Address), "layanan sertifikat elektronik Tera, " + agency.Name);
    }

    internal static string Region(string government)
    {
        string region = government;
        foreach (string prefix in Prefixes)
        {
            region = region.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? region[prefix.Length..] : region;
        }

        return region;
    }

    /// <summary>The town of an address: its last part that is no street, number, telephone or site. <c>Jalan Cakrawala 1, Wanasari 00000</c> -> <c>Wanasari</c>.</summary>
    internal static string Place(string address)
    {
        string[] notTowns = ["jalan", "jl", "telepon", "telp", "laman", "pos-el", "surel", "kode pos", "faksimile", "email"];
        return address.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(part => !notTowns.Any(word => part.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            .Select(part => string.Join(' ', part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Any(char.IsAsciiDigit) && !word.Contains('.'))))
            .LastOrDefault(part => part.Length > 0) ?? "";
    }

    // The directory is in the order of the tree: the perangkat daerah of a bidang or seksi stands before it.
    private static string? UnitName(IReadOnlyList<Holding> directory, Guid? unitId)
    {
        int at = directory.ToList().FindIndex(holding => holding.UnitId == unitId);
        string? own = at < 0 ? null : directory[at].UnitName;
        for (; at >= 0; at--)
        {
            if (UnitKinds.Any(kind => directory[at].UnitName.StartsWith(kind, StringComparison.OrdinalIgnoreCase)))
            {
                return directory[at].UnitName;
            }
        }

        return own;
    }
}
