using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>Reads the policy extensions of RFC 5280 4.2.1.4, .5, .11 and .14.</summary>
internal static class PolicyExtensions
{
    /// <summary>The policies, or null when the extension is absent. A repeated policy is an error.</summary>
    internal static HashSet<string>? ReadPolicies(Certificate certificate)
    {
        if (certificate.Find(Oids.CertificatePolicies) is not { } extension)
        {
            return null;
        }
        var policies = new HashSet<string>(StringComparer.Ordinal);
        var sequence = ReadSequence(extension);
        while (sequence.HasData)
        {
            if (!policies.Add(sequence.ReadSequence().ReadObjectIdentifier()))
            {
                throw new AsnContentException("a policy stands twice");
            }
        }
        return policies;
    }

    internal static List<(string Issuer, string Subject)>? ReadMappings(Certificate certificate)
    {
        if (certificate.Find(Oids.PolicyMappings) is not { } extension)
        {
            return null;
        }
        var mappings = new List<(string, string)>();
        var sequence = ReadSequence(extension);
        while (sequence.HasData)
        {
            var mapping = sequence.ReadSequence();
            mappings.Add((mapping.ReadObjectIdentifier(), mapping.ReadObjectIdentifier()));
        }
        return mappings;
    }

    internal static (int? RequireExplicit, int? InhibitMapping) ReadConstraints(Certificate certificate)
    {
        if (certificate.Find(Oids.PolicyConstraints) is not { } extension)
        {
            return (null, null);
        }
        var sequence = ReadSequence(extension);
        var requireExplicit = sequence.IsContext(0) ? ReadSkip(sequence, Der.Context(0)) : (int?)null;
        var inhibitMapping = sequence.IsContext(1) ? ReadSkip(sequence, Der.Context(1)) : (int?)null;
        sequence.ThrowIfNotEmpty();
        return (requireExplicit, inhibitMapping);
    }

    internal static int? ReadInhibitAny(Certificate certificate) => certificate.Find(Oids.InhibitAnyPolicy) is { } extension
        ? ReadSkip(new AsnReader(extension.Value, AsnEncodingRules.DER), Asn1Tag.Integer)
        : null;

    private static AsnReader ReadSequence(CertificateExtension extension)
    {
        var outer = new AsnReader(extension.Value, AsnEncodingRules.DER);
        var sequence = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        return sequence;
    }

    private static int ReadSkip(AsnReader reader, Asn1Tag tag)
    {
        var value = reader.ReadInteger(tag);
        return value.Sign < 0 ? throw new AsnContentException("SkipCerts is negative") : (int)System.Numerics.BigInteger.Min(value, int.MaxValue);
    }
}
