using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>DSA keys may leave their parameters out and take their issuer's (RFC 3279 2.3.2, RFC 5280 6.1.4 (f)).</summary>
internal static class DsaParameters
{
    private const int MaximumSteps = 8;

    /// <summary>The public key of a certificate, with inherited parameters filled in.</summary>
    internal static ReadOnlyMemory<byte> Complete(Certificate certificate, IEnumerable<Certificate> known)
    {
        if (!IsDsa(certificate, out var parameters) || parameters is not null)
        {
            return certificate.SubjectPublicKeyInfo;
        }
        var pool = known.ToList();
        var holder = certificate;
        for (var step = 0; step < MaximumSteps; step++)
        {
            var issuer = pool.Find(c => c.Subject.Equals(holder.Issuer) && !c.Equals(holder) && IsDsa(c, out _));
            if (issuer is null)
            {
                break;
            }
            if (IsDsa(issuer, out parameters) && parameters is { } inherited)
            {
                return Encode(certificate, inherited);
            }
            holder = issuer;
        }
        return certificate.SubjectPublicKeyInfo;
    }

    private static bool IsDsa(Certificate certificate, out ReadOnlyMemory<byte>? parameters)
    {
        var algorithm = new AsnReader(certificate.SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        var isDsa = algorithm.ReadObjectIdentifier() == Oids.Dsa;
        parameters = algorithm.IsUniversal(UniversalTagNumber.Sequence) ? algorithm.ReadEncodedValue() : (ReadOnlyMemory<byte>?)null;
        return isDsa;
    }

    private static ReadOnlyMemory<byte> Encode(Certificate certificate, ReadOnlyMemory<byte> parameters) => Der.Encode(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.Dsa);
                writer.WriteEncodedValue(parameters.Span);
            }
            writer.WriteBitString(certificate.SubjectPublicKey.Span);
        }
    });
}
