using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>A certificate that promises authority information has both addresses, and they are http.</summary>
public sealed class AccessInformationHttp : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.access-information-http";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.4.1; pkilint gen-4.4.1-3";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        if (subject.Profile is not { HasAuthorityInformation: true })
        {
            return null;
        }
        if (subject.Certificate.Find(Oids.AuthorityInfoAccess) is not { } extension)
        {
            return "authorityInfoAccess is missing";
        }
        var found = new HashSet<string>(StringComparer.Ordinal);
        var descriptions = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        while (descriptions.HasData)
        {
            var description = descriptions.ReadSequence();
            var method = description.ReadObjectIdentifier();
            if (description.IsContext(6) && description.ReadCharacterString(UniversalTagNumber.IA5String, Der.Context(6)).StartsWith("http://", StringComparison.Ordinal))
            {
                found.Add(method);
            }
        }
        return found.IsSupersetOf([Oids.CaIssuers, Oids.Ocsp]) ? null : "caIssuers or OCSP has no http address";
    }
}
