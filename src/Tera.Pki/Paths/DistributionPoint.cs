using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Crl;

namespace Tera.Pki.Paths;

/// <summary>A CRL distribution point of a certificate (RFC 5280 4.2.1.13).</summary>
internal sealed record DistributionPoint(DistributionPointName? Name, RevocationReasons Reasons, IReadOnlyList<GeneralName> CrlIssuer)
{
    /// <summary>The points of a certificate, and last the one that RFC 5280 6.3.3 has assumed: any CRL of the certificate's issuer.</summary>
    internal static IReadOnlyList<DistributionPoint> Of(Certificate certificate)
    {
        var points = new List<DistributionPoint>();
        if (certificate.Find(Oids.CrlDistributionPoints) is { } extension)
        {
            var sequence = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                points.Add(Read(sequence.ReadSequence()));
            }
        }
        var issuer = new GeneralName(GeneralNameForm.Directory, "", default, certificate.Issuer);
        points.Add(new DistributionPoint(new DistributionPointName([issuer], null), RevocationReasons.All, []));
        return points;
    }

    /// <summary>Whether a CRL is one of this point and for this kind of certificate: 6.3.3 (b).</summary>
    internal bool Covers(Certificate certificate, CertificateRevocationList list)
    {
        var scope = list.Scope;
        if (CrlIssuer.Count > 0)
        {
            if (scope is not { IsIndirect: true } || !CrlIssuer.Any(n => list.Issuer.Equals(n.Directory)))
            {
                return false;
            }
        }
        else if (!list.Issuer.Equals(certificate.Issuer))
        {
            return false;
        }
        if (scope is null)
        {
            return true;
        }
        var isAuthority = certificate.Constraints.IsCertificateAuthority;
        return !scope.OnlyAttributeCertificates
            && !(scope.OnlyUserCertificates && isAuthority)
            && !(scope.OnlyAuthorityCertificates && !isAuthority)
            && (scope.Name is not { } named || SharesName(certificate, named.Resolve(list.Issuer)));
    }

    private bool SharesName(Certificate certificate, IReadOnlyList<GeneralName> scopeNames)
    {
        var relativeTo = CrlIssuer.Select(n => n.Directory).FirstOrDefault(d => d is not null) ?? certificate.Issuer;
        var own = Name?.Resolve(relativeTo) ?? CrlIssuer;
        return own.Any(o => scopeNames.Any(o.Matches));
    }

    private static DistributionPoint Read(AsnReader point)
    {
        var name = point.IsContext(0) ? DistributionPointName.Read(point.ReadSequence(Der.Context(0, constructed: true))) : null;
        var reasons = point.IsContext(1) ? point.ReadNamedBitListValue<RevocationReasons>(Der.Context(1)) : RevocationReasons.All;
        IReadOnlyList<GeneralName> issuer = point.IsContext(2) ? GeneralName.ReadAll(point.ReadSequence(Der.Context(2, constructed: true))) : [];
        point.ThrowIfNotEmpty();
        return new DistributionPoint(name, reasons, issuer);
    }
}
