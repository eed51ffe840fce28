using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>
/// What RFC 5280 section 4 forbids a CA to issue, and section 6 does not ask a relying party to notice: openssl's -x509_strict.
/// Left out, because NIST's cases have their breach valid: critical basicConstraints, keyUsage and policyConstraints, positive serial numbers.
/// </summary>
internal static class ProfileRules
{
    internal static PathProblem? Judge(IReadOnlyList<Certificate> chain)
    {
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            var isAnchor = i == chain.Count - 1;
            if (!(isAnchor && chain[i].Version == 1) && FirstBreach(chain[i], isAnchor) is { } breach)
            {
                return new PathProblem(PathReason.ProfileViolated, $"{chain[i]}: {breach}", chain[i]);
            }
        }
        return null;
    }

    private static string? FirstBreach(Certificate certificate, bool isAnchor)
    {
        var constraints = certificate.Constraints;
        var isAuthority = constraints.IsCertificateAuthority;
        if (certificate.Version != 3)
        {
            return "the version is not 3 (RFC 5280 4.1.2.1)";
        }
        if (certificate.SerialNumber.Octets.Length > 20 || !certificate.SerialNumber.Octets.Span.ContainsAnyExcept((byte)0))
        {
            return "the serial number is zero or longer than 20 octets (RFC 5280 4.1.2.2)";
        }
        if (certificate.Issuer.IsEmpty || (isAuthority && certificate.Subject.IsEmpty))
        {
            return "the issuer, or the subject of a CA, is empty (RFC 5280 4.1.2.4, 4.1.2.6)";
        }
        if (!isAuthority && (constraints.PathLength is not null || HasCertSign(constraints) || certificate.Find(Oids.NameConstraints) is not null))
        {
            return "pathLenConstraint, keyCertSign or nameConstraints without a CA (RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.10)";
        }
        if (isAuthority && constraints.KeyUsage is null)
        {
            return "a CA has no keyUsage (RFC 5280 4.2.1.3)";
        }
        return KeyIdentifierBreach(certificate, isAnchor) ?? CriticalityBreach(certificate) ?? AlternativeNameBreach(certificate);
    }

    private static bool HasCertSign(CertificateConstraints constraints) => ((constraints.KeyUsage ?? KeyUsages.None) & KeyUsages.KeyCertSign) != KeyUsages.None;

    private static string? KeyIdentifierBreach(Certificate certificate, bool isAnchor)
    {
        // Only a self-signed certificate may leave its authority's key identifier out (RFC 5280 4.2.1.1).
        if (certificate.Constraints.AuthorityKeyIdentifier is null && !(isAnchor && certificate.IsSelfIssued))
        {
            return "authorityKeyIdentifier is missing (RFC 5280 4.2.1.1)";
        }
        return certificate.Constraints is { IsCertificateAuthority: true, SubjectKeyIdentifier: null }
            ? "a CA has no subjectKeyIdentifier (RFC 5280 4.2.1.2)"
            : null;
    }

    private static string? CriticalityBreach(Certificate certificate)
    {
        foreach (var extension in certificate.Extensions)
        {
            switch (extension)
            {
                case { Oid: Oids.AuthorityKeyIdentifier or Oids.SubjectKeyIdentifier or Oids.AuthorityInfoAccess or Oids.FreshestCrl, IsCritical: true }:
                    return $"the extension {extension.Oid} is critical (RFC 5280 4.2)";
                case { Oid: Oids.InhibitAnyPolicy or Oids.NameConstraints, IsCritical: false }:
                    return $"the extension {extension.Oid} is not critical (RFC 5280 4.2.1)";
            }
        }
        return null;
    }

    private static string? AlternativeNameBreach(Certificate certificate)
    {
        if (certificate.Find(Oids.SubjectAltName) is not { } names)
        {
            return certificate.Subject.IsEmpty ? "there is neither a subject nor an alternative name (RFC 5280 4.1.2.6)" : null;
        }
        if (!new AsnReader(names.Value, AsnEncodingRules.DER).ReadSequence().HasData)
        {
            return "subjectAltName is empty (RFC 5280 4.2.1.6)";
        }
        return certificate.Subject.IsEmpty && !names.IsCritical ? "subjectAltName is not critical though the subject is empty (RFC 5280 4.2.1.6)" : null;
    }
}
