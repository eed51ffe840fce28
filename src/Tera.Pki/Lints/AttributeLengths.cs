using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>Attributes keep the upper bounds of X.520, which openssl and others enforce.</summary>
public sealed class AttributeLengths : CertificateLint
{
    private static readonly Dictionary<string, int> UpperBounds = new(StringComparer.Ordinal)
    {
        [Oids.CommonName] = 64,
        [Oids.Organization] = 64,
        [Oids.OrganizationalUnit] = 64,
        [Oids.SerialNumberAttribute] = 64,
        [Oids.Title] = 64,
        [Oids.GivenName] = 64,
        [Oids.Surname] = 64,
        [Oids.Pseudonym] = 128,
        [Oids.Locality] = 128,
        [Oids.State] = 128,
        [Oids.OrganizationIdentifier] = 64,
        [Oids.Description] = 1024,
    };

    /// <inheritdoc/>
    public override string Id => "rfc5280.attribute-lengths";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 A.1 (ub-common-name and others); zlint e_subject_common_name_max_length, e_subject_organization_name_max_length";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        foreach (var attribute in subject.Certificate.Subject.Attributes)
        {
            var length = attribute.Text.EnumerateRunes().Count();
            if (UpperBounds.TryGetValue(attribute.Oid, out var bound) && length > bound)
            {
                return $"the attribute {attribute.Oid} has {length} characters, {bound} are allowed";
            }
        }
        return null;
    }
}
