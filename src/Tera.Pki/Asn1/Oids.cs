namespace Tera.Pki.Asn1;

/// <summary>The object identifiers this library knows by name, each with the document that assigns it.</summary>
public static class Oids
{
    // Keys and signatures: RFC 3279, RFC 4055, RFC 5480, RFC 5758, RFC 8410
    internal const string RsaEncryption = "1.2.840.113549.1.1.1";
    internal const string RsaSha1 = "1.2.840.113549.1.1.5";
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string Mgf1 = "1.2.840.113549.1.1.8";
    internal const string RsaSha256 = "1.2.840.113549.1.1.11";
    internal const string RsaSha384 = "1.2.840.113549.1.1.12";
    internal const string RsaSha512 = "1.2.840.113549.1.1.13";
    internal const string EcPublicKey = "1.2.840.10045.2.1";
    internal const string EcdsaSha1 = "1.2.840.10045.4.1";
    internal const string EcdsaSha256 = "1.2.840.10045.4.3.2";
    internal const string EcdsaSha384 = "1.2.840.10045.4.3.3";
    internal const string EcdsaSha512 = "1.2.840.10045.4.3.4";
    internal const string Dsa = "1.2.840.10040.4.1";
    internal const string DsaSha1 = "1.2.840.10040.4.3";
    internal const string DsaSha256 = "2.16.840.1.101.3.4.3.2";
    internal const string Ed25519 = "1.3.101.112";
    internal const string Ed448 = "1.3.101.113";
    internal const string P256 = "1.2.840.10045.3.1.7";
    internal const string P384 = "1.3.132.0.34";
    internal const string P521 = "1.3.132.0.35";

    // Digests: RFC 3370, RFC 5754
    internal const string Sha1 = "1.3.14.3.2.26";
    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    internal const string Sha384 = "2.16.840.1.101.3.4.2.2";
    internal const string Sha512 = "2.16.840.1.101.3.4.2.3";

    // Attribute types: X.520, RFC 4519, RFC 2985
    internal const string CommonName = "2.5.4.3";
    internal const string Surname = "2.5.4.4";
    internal const string SerialNumberAttribute = "2.5.4.5";
    internal const string Country = "2.5.4.6";
    internal const string Locality = "2.5.4.7";
    internal const string State = "2.5.4.8";
    internal const string Organization = "2.5.4.10";
    internal const string OrganizationalUnit = "2.5.4.11";
    internal const string Title = "2.5.4.12";
    internal const string Description = "2.5.4.13";
    internal const string GivenName = "2.5.4.42";
    internal const string Pseudonym = "2.5.4.65";
    internal const string OrganizationIdentifier = "2.5.4.97";
    internal const string EmailAddress = "1.2.840.113549.1.9.1";
    internal const string DomainComponent = "0.9.2342.19200300.100.1.25";

    // Certificate extensions: RFC 5280 4.2
    internal const string SubjectKeyIdentifier = "2.5.29.14";
    internal const string KeyUsage = "2.5.29.15";
    internal const string PrivateKeyUsagePeriod = "2.5.29.16";
    internal const string SubjectAltName = "2.5.29.17";
    internal const string IssuerAltName = "2.5.29.18";
    internal const string BasicConstraints = "2.5.29.19";
    internal const string CrlNumber = "2.5.29.20";
    internal const string CrlReason = "2.5.29.21";
    internal const string InvalidityDate = "2.5.29.24";
    internal const string DeltaCrlIndicator = "2.5.29.27";
    internal const string IssuingDistributionPoint = "2.5.29.28";
    internal const string CertificateIssuer = "2.5.29.29";
    internal const string NameConstraints = "2.5.29.30";
    internal const string CrlDistributionPoints = "2.5.29.31";
    internal const string CertificatePolicies = "2.5.29.32";
    internal const string AnyPolicy = "2.5.29.32.0";
    internal const string PolicyMappings = "2.5.29.33";
    internal const string AuthorityKeyIdentifier = "2.5.29.35";
    internal const string PolicyConstraints = "2.5.29.36";
    internal const string ExtendedKeyUsage = "2.5.29.37";
    internal const string FreshestCrl = "2.5.29.46";
    internal const string InhibitAnyPolicy = "2.5.29.54";
    internal const string ExpiredCertsOnCrl = "2.5.29.60";
    internal const string AuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";
    internal const string QcStatements = "1.3.6.1.5.5.7.1.3";
    internal const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
    internal const string CpsQualifier = "1.3.6.1.5.5.7.2.1";
    internal const string UserNoticeQualifier = "1.3.6.1.5.5.7.2.2";

    // Access methods: RFC 5280 4.2.2.1
    internal const string CaIssuers = "1.3.6.1.5.5.7.48.2";
    internal const string Ocsp = "1.3.6.1.5.5.7.48.1";

    // OCSP: RFC 6960
    internal const string OcspBasic = "1.3.6.1.5.5.7.48.1.1";
    internal const string OcspNonce = "1.3.6.1.5.5.7.48.1.2";
    internal const string OcspArchiveCutoff = "1.3.6.1.5.5.7.48.1.6";
    internal const string OcspExtendedRevoke = "1.3.6.1.5.5.7.48.1.9";

    // CMS and time stamps: RFC 5652, RFC 5035, RFC 3161
    internal const string SignedData = "1.2.840.113549.1.7.2";
    internal const string ContentType = "1.2.840.113549.1.9.3";
    internal const string MessageDigest = "1.2.840.113549.1.9.4";
    internal const string SigningTime = "1.2.840.113549.1.9.5";
    internal const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    internal const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    internal const string TstInfo = "1.2.840.113549.1.9.16.1.4";

    // QcStatements: EN 319 412-5
    internal const string QcCompliance = "0.4.0.1862.1.1";
    internal const string QcRetentionPeriod = "0.4.0.1862.1.3";
    internal const string QcSscd = "0.4.0.1862.1.4";
    internal const string QcPds = "0.4.0.1862.1.5";
    internal const string QcType = "0.4.0.1862.1.6";

    /// <summary>id-kp-timeStamping (RFC 3161 2.3).</summary>
    public const string KeyPurposeTimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>id-kp-OCSPSigning (RFC 6960 4.2.2.2).</summary>
    public const string KeyPurposeOcspSigning = "1.3.6.1.5.5.7.3.9";

    /// <summary>id-kp-documentSigning (RFC 9336).</summary>
    public const string KeyPurposeDocumentSigning = "1.3.6.1.5.5.7.3.36";

    /// <summary>Adobe's purpose for signing PDF documents, the only one in BSrE's person certificates.</summary>
    public const string KeyPurposeAdobePdfSigning = "1.2.840.113583.1.1.5";

    /// <summary>Microsoft's purpose for signing documents.</summary>
    public const string KeyPurposeMicrosoftDocumentSigning = "1.3.6.1.4.1.311.10.3.12";

    /// <summary>anyExtendedKeyUsage (RFC 5280 4.2.1.12).</summary>
    public const string KeyPurposeAny = "2.5.29.37.0";
}
