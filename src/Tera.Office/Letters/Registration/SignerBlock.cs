using Tera.Office.Organisation;

namespace Tera.Office.Letters.Registration;

/// <summary>What is printed under the signature.</summary>
internal sealed record SignerBlock(string Name, string Position, string Pangkat, string Nip)
{
    /// <summary>
    /// Permendagri 1/2023 art. 44: (1) decisions bear the name without titles, (2) correspondence with titles; (3) officials other than the head of
    /// the region, the deputy and the Sekda also NIP and pangkat; (4), (5) acting officials of head, deputy and Sekda: neither titles nor NIP nor pangkat.
    /// </summary>
    public static SignerBlock Of(Person person, Holding holding, string kind)
    {
        bool head = IsHead(holding.PositionCode);
        bool acting = holding.Kind != HoldingKind.Definitif;
        bool titles = kind != "sk" && !(head && acting);
        bool numbers = !head;
        return new SignerBlock(
            titles ? person.DisplayName : person.Name,
            Prefix(holding.Kind) + holding.PositionName,
            numbers ? person.Pangkat ?? "" : "",
            numbers && person.Nip is { } nip ? Spaced(nip) : "");
    }

    private static bool IsHead(string code) => code is "bupati" or "wabup" or "sekda" or "walikota" or "wawali" or "gubernur" or "wagub";

    private static string Prefix(HoldingKind kind) => kind switch
    {
        HoldingKind.Plt => "Plt. ",
        HoldingKind.Plh => "Plh. ",
        HoldingKind.Pj => "Pj. ",
        _ => "",
    };

    // 19800101 200501 1 001: as BKN prints the 18 digits of a PNS.
    private static string Spaced(string nip) => nip.Length == 18 ? $"{nip[..8]} {nip[8..14]} {nip[14]} {nip[15..]}" : nip;
}
