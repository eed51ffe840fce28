using Tera.Pki.Asn1;
using Tera.Pki.Profiles;

namespace Tera.Pki.Lints;

/// <summary>Persons and organisations have a country.</summary>
public sealed class CountryPresent : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.country-present";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.2.4, EN 319 412-3 4.2.1; pkilint nat-4.2.4-1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Profile?.Names is NameRule.NaturalPerson or NameRule.LegalPerson && !subject.Certificate.Subject.Values(Oids.Country).Any()
            ? "countryName is missing"
            : null;
}
