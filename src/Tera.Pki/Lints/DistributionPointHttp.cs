using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>The CRL distribution point is not critical and has an http address, which needs no certificate to be read.</summary>
public sealed class DistributionPointHttp : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.distribution-point-http";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.3.11; pkilint gen-4.3.11-4, gen-4.3.11-5";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        if (subject.Certificate.Find(Oids.CrlDistributionPoints) is not { } extension)
        {
            return subject.Profile is { HasCrlDistributionPoint: true } ? "the profile asks for a CRL distribution point, and there is none" : null;
        }
        if (extension.IsCritical)
        {
            return "cRLDistributionPoints is critical";
        }
        var points = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        while (points.HasData)
        {
            var point = points.ReadSequence();
            var names = point.ReadSequence(Der.Context(0, constructed: true)).ReadSequence(Der.Context(0, constructed: true));
            while (names.HasData)
            {
                if (!names.IsContext(6))
                {
                    names.ReadEncodedValue();
                }
                else if (names.ReadCharacterString(UniversalTagNumber.IA5String, Der.Context(6)).StartsWith("http://", StringComparison.Ordinal))
                {
                    return null;
                }
            }
        }
        return "no CRL distribution point has an http address";
    }
}
