namespace Tera.Authority.Issuance;

/// <summary>The two issuers, as they are called in rows and in the addresses <c>/crl/NAME.crl</c> and <c>/ca/NAME.cer</c>.</summary>
internal static class IssuerNames
{
    public const string Root = "root";
    public const string Issuing = "issuing";

    public static IReadOnlyList<string> All { get; } = [Root, Issuing];
}
