using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Certificates;
using Tera.Pki.Lints;
using Tera.Pki.Paths;
using Tera.Pki.Profiles;

namespace Tera.Fuzz.Targets;

/// <summary>Certificates: decoded, linted, and put at each place of a path.</summary>
internal sealed class CertificateTarget(SeedBank bank) : FuzzTarget
{
    public override string Name => "certificate";

    public override double Share => 1.5;

    public override IReadOnlyList<byte[]> Seeds => bank.Certificates;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DerMutator.Mutate(seed, other, random);

    public override string Execute(byte[] input)
    {
        if (!Certificate.TryDecode(input, out var certificate, out var error))
            return error;
        var name = certificate.ToString();
        var authority = bank.Authority;
        var signed = certificate.IsSignedBy(authority.Root.SubjectPublicKeyInfo.Span);
        if (signed && !certificate.ToBeSigned.Span.SequenceEqual(authority.Root.ToBeSigned.Span) && !certificate.ToBeSigned.Span.SequenceEqual(authority.Leaf.ToBeSigned.Span) && !certificate.ToBeSigned.Span.SequenceEqual(authority.Stamper.ToBeSigned.Span))
            throw new BrokenPromiseException("only what an authority signed is signed by it");
        if (!IsForDearPart(input))
            return $"{signed}|{certificate.Constraints.Malformed.Count}|{name.Length > 300}";
        certificate.IsSignedBy(certificate.SubjectPublicKeyInfo.Span);
        var lints = LintSet.Run(new LintSubject(certificate, authority.Root, BuiltInProfiles.Person)).Count;
        var asLeaf = PathValidator.Validate(Request(certificate, [authority.Leaf], [authority.Root]));
        var asAnchor = PathValidator.Validate(Request(authority.Leaf, [], [certificate]));
        var asBoth = PathValidator.Validate(Request(certificate, [certificate, authority.Root], [certificate]));
        return $"{signed}|{Math.Min(lints, 20)}|{asLeaf.Reason}|{asAnchor.Reason}|{asBoth.Reason}|{certificate.Constraints.Malformed.Count}|{name.Length > 300}";
    }

    private static PathRequest Request(Certificate leaf, IReadOnlyList<Certificate> intermediates, IReadOnlyList<Certificate> anchors) => new()
    {
        Leaf = leaf,
        Intermediates = intermediates,
        Anchors = anchors,
        At = Identity.Now,
        Usage = KeyUsages.DigitalSignature,
        ExplicitPolicy = true,
    };
}
