namespace Tera.Pki.Certificates;

/// <summary>Where relying parties find what belongs to an issuer: its certificate, its OCSP responder, its CRLs.</summary>
public sealed record IssuerLocations
{
    /// <summary>No addresses, for a root.</summary>
    public static IssuerLocations None { get; } = new();

    /// <summary>The address of the issuer's DER certificate.</summary>
    public string? CaIssuers { get; init; }

    /// <summary>The address of its OCSP responder.</summary>
    public string? Ocsp { get; init; }

    /// <summary>The addresses of the CRL that a serial number would be on; they are fixed at issuance.</summary>
    public Func<SerialNumber, IReadOnlyList<string>> CrlsOf { get; init; } = _ => [];
}
