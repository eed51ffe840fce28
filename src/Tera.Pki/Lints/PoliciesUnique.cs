using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>No policy stands twice.</summary>
public sealed class PoliciesUnique : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "rfc5280.policies-unique";

    /// <inheritdoc/>
    public override string Citation => "RFC 5280 4.2.1.4; zlint e_ext_cert_policy_duplicate";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2008, 5, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        if (subject.Certificate.Find(Oids.CertificatePolicies) is not { } extension)
        {
            return null;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var policies = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        while (policies.HasData)
        {
            var policy = policies.ReadSequence().ReadObjectIdentifier();
            if (!seen.Add(policy))
            {
                return $"the policy {policy} stands twice";
            }
        }
        return null;
    }
}
