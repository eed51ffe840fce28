using Tera.Pki.Asn1;

namespace Tera.Pki.Certificates;

/// <summary>An attribute that a request brings for the subject.</summary>
/// <param name="Type">A short name: C, ST, L, O, OU, organizationIdentifier, CN, SN, GN, pseudonym, serialNumber, title, description.</param>
/// <param name="Value">The text.</param>
public sealed record SubjectAttribute(string Type, string Value)
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["C"] = Oids.Country,
        ["ST"] = Oids.State,
        ["L"] = Oids.Locality,
        ["O"] = Oids.Organization,
        ["OU"] = Oids.OrganizationalUnit,
        ["organizationIdentifier"] = Oids.OrganizationIdentifier,
        ["CN"] = Oids.CommonName,
        ["SN"] = Oids.Surname,
        ["GN"] = Oids.GivenName,
        ["pseudonym"] = Oids.Pseudonym,
        ["serialNumber"] = Oids.SerialNumberAttribute,
        ["title"] = Oids.Title,
        ["description"] = Oids.Description,
    };

    /// <summary>The object identifier of the type, or null when the short name is unknown.</summary>
    public string? Oid => Types.GetValueOrDefault(Type);
}
