using System.Formats.Asn1;

namespace Tera.Pki.Lints;

/// <summary>All lints.</summary>
public static class LintSet
{
    /// <summary>The lints, by source.</summary>
    public static IReadOnlyList<CertificateLint> All { get; } =
    [
        new VersionThree(), new SerialPositive(), new SerialLength(), new ValidityNotReversed(), new IssuerNotEmpty(), new SubjectNotEmpty(),
        new BasicConstraintsCritical(), new CertSignOnlyForAuthority(), new PathLengthOnlyForAuthority(), new KeyUsageCritical(),
        new AuthorityKeyIdentifierPresent(), new SubjectKeyIdentifierPresent(), new AccessInformationNotCritical(), new PoliciesUnique(),
        new AttributeLengths(), new CountryCode(), new ExtensionsReadable(),
        new PersonName(), new PseudonymAlone(), new KeyUsageType(), new ExtendedKeyUsageNotCritical(), new DistributionPointHttp(), new AccessInformationHttp(), new CountryPresent(),
        new LegalPersonName(),
        new DisclosureHttps(), new SecureDeviceClaim(),
        new TimeStampingPurposeAlone(), new OcspNoCheckForResponders(),
        new NoNationalIdentifier(), new NoControlCharacters(), new SerialEntropy(), new StrongSignatureHash(), new RsaKeyQuality(), new WithinIssuerValidity(), new WithinProfile(),
    ];

    /// <summary>Runs the lints that were in effect when the certificate begins.</summary>
    /// <param name="subject">The certificate and what belongs to it.</param>
    /// <returns>What they found; a waived finding keeps its place, with the reason.</returns>
    public static IReadOnlyList<LintFinding> Run(LintSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var day = DateOnly.FromDateTime(subject.Certificate.NotBefore.UtcDateTime);
        var findings = new List<LintFinding>();
        foreach (var lint in All)
        {
            if (lint.EffectiveFrom <= day && Check(lint, subject) is { } text)
            {
                findings.Add(new LintFinding(lint.Id, lint.Severity, text, subject.Profile?.Waivers.GetValueOrDefault(lint.Id)));
            }
        }
        return findings;
    }

    /// <summary>A certificate from elsewhere may hold an extension that cannot be read; that is a finding and no accident.</summary>
    private static string? Check(CertificateLint lint, LintSubject subject)
    {
        try
        {
            return lint.Check(subject);
        }
        catch (AsnContentException e)
        {
            return $"an extension cannot be read: {e.Message}";
        }
    }
}
