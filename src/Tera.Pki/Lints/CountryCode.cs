using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>A country is two capital letters.</summary>
public sealed class CountryCode : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.country-code";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 A.1 (X520countryName); zlint e_subject_country_not_iso";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        var odd = subject.Certificate.Subject.Values(Oids.Country).FirstOrDefault(c => c.Length != 2 || !c.All(char.IsAsciiLetterUpper));
        return odd is null ? null : "countryName is not two capital letters";
    }
}
