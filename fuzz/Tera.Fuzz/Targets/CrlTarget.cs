using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Paths;
using Tera.Pki.Revocation.Crl;

namespace Tera.Fuzz.Targets;

/// <summary>Certificate revocation lists: decoded, searched, and used to judge a path.</summary>
internal sealed class CrlTarget(SeedBank bank) : FuzzTarget
{
    private readonly List<byte[]> _signed = [.. bank.Authority.Crls.Select(Signed)];

    public override string Name => "crl";

    public override IReadOnlyList<byte[]> Seeds => bank.Crls;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DerMutator.Mutate(seed, other, random);

    public override string Execute(byte[] input)
    {
        if (!CertificateRevocationList.TryDecode(input, out var list, out var error))
            return error;
        var authority = bank.Authority;
        var signed = list.IsSignedBy(authority.Root.SubjectPublicKeyInfo.Span);
        if (signed && !_signed.Exists(s => s.AsSpan().SequenceEqual(list.ToBeSigned.Span)))
            throw new BrokenPromiseException("only what an authority signed is signed by it");
        var found = list.Find(authority.Root.Subject, authority.Leaf.SerialNumber);
        if (!IsForDearPart(input))
            return $"{signed}|{found is null}|{Math.ILogB(list.Count + 1)}|{list.Number is null}|{list.DeltaBase is null}|{list.NextUpdate is null}|{list.HasUnknownCriticalEntryExtension}";
        var path = PathValidator.Validate(new PathRequest
        {
            Leaf = authority.Leaf,
            Anchors = [authority.Root],
            At = Identity.Now,
            Revocation = new RevocationEvidence { Crls = [list], AcceptsLaterEvidence = true },
        });
        return $"{signed}|{found is null}|{path.Reason}|{Math.ILogB(list.Count + 1)}|{list.Number is null}|{list.DeltaBase is null}|{list.NextUpdate is null}|{list.HasUnknownCriticalEntryExtension}|{path.Detail}";
    }

    private static byte[] Signed(byte[] crl) => CertificateRevocationList.TryDecode(crl, out var list, out _) ? list.ToBeSigned.ToArray() : [];
}
