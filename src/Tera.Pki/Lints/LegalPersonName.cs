using Tera.Pki.Asn1;
using Tera.Pki.Profiles;

namespace Tera.Pki.Lints;

/// <summary>An organisation has country, organisation, organizationIdentifier and common name, each once.</summary>
public sealed class LegalPersonName : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-3.legal-person-name";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-3 4.2.1; pkilint leg-4.2.1-1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        if (subject.Profile?.Names is not NameRule.LegalPerson)
        {
            return null;
        }
        string[] once = [Oids.Country, Oids.Organization, Oids.OrganizationIdentifier, Oids.CommonName];
        var odd = Array.Find(once, oid => subject.Certificate.Subject.Values(oid).Count() != 1);
        return odd is null ? null : $"the attribute {odd} does not stand exactly once";
    }
}
