namespace Tera.Authority.Issuance;

/// <summary>Attribute types of names (X.520) that the authority's certificates have.</summary>
internal static class NameOids
{
    public const string CommonName = "2.5.4.3";
    public const string SerialNumber = "2.5.4.5";
    public const string Country = "2.5.4.6";
    public const string Organization = "2.5.4.10";
    public const string OrganizationalUnit = "2.5.4.11";
    public const string Title = "2.5.4.12";
}
