using Tera.Pki.Asn1;
using Tera.Pki.Profiles;

namespace Tera.Pki.Lints;

/// <summary>A person has a given name or a surname (one is enough for a mononym), or a pseudonym.</summary>
public sealed class PersonName : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "en319412-2.person-name";

    /// <inheritdoc/>
    public override string Citation => "EN 319 412-2 4.2.4; pkilint nat-4.2.4-1";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2014, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject) =>
        subject.Profile?.Names is NameRule.NaturalPerson && !subject.Certificate.Subject.Attributes.Any(a => a.Oid is Oids.GivenName or Oids.Surname or Oids.Pseudonym)
            ? "there is neither a given name nor a surname nor a pseudonym"
            : null;
}
