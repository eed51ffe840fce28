using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Revocation.Ocsp;

/// <summary>SingleResponse of RFC 6960 4.2.1: the status of one certificate.</summary>
public sealed class OcspSingleResponse
{
    internal OcspSingleResponse(AsnReader response)
    {
        CertId = OcspCertId.Read(response);
        Status = ReadStatus(response);
        ThisUpdate = response.ReadGeneralizedTime();
        if (response.IsContext(0))
        {
            NextUpdate = response.ReadSequence(Der.Context(0, constructed: true)).ReadGeneralizedTime();
        }
        if (response.IsContext(1))
        {
            var extensions = CertificateExtension.ReadAll(response.ReadSequence(Der.Context(1, constructed: true)).ReadSequence());
            HasUnknownCriticalExtension = extensions.Any(e => e.IsCritical);
            if (extensions.FirstOrDefault(e => e.Oid == Oids.OcspArchiveCutoff) is { } cutoff)
            {
                ArchiveCutoff = new AsnReader(cutoff.Value, AsnEncodingRules.DER).ReadGeneralizedTime();
            }
        }
        response.ThrowIfNotEmpty();
    }

    /// <summary>Which certificate.</summary>
    public OcspCertId CertId { get; }

    /// <summary>Its status.</summary>
    public CertificateStatus Status { get; }

    /// <summary>The instant at which the status was known to be right.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When newer information comes at the latest; null when it is always there.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>How far back the responder knows revoked certificates that ended, or null.</summary>
    public DateTimeOffset? ArchiveCutoff { get; }

    internal bool HasUnknownCriticalExtension { get; }

    private static CertificateStatus ReadStatus(AsnReader response)
    {
        if (response.IsContext(0))
        {
            response.ReadNull(Der.Context(0));
            return new CertificateStatus.Good();
        }
        if (response.IsContext(2))
        {
            response.ReadNull(Der.Context(2));
            return new CertificateStatus.Unknown();
        }
        var revoked = response.ReadSequence(Der.Context(1, constructed: true));
        var at = revoked.ReadGeneralizedTime();
        var reason = revoked.IsContext(0) ? revoked.ReadSequence(Der.Context(0, constructed: true)).ReadEnumeratedBytes().Span[0] : (byte)0;
        return reason is <= 10 and not 7
            ? new CertificateStatus.Revoked(at, (RevocationReason)reason)
            : throw new AsnContentException("the reason is none of RFC 5280");
    }
}
