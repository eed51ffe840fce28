using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Paths;
using Tera.Pki.Revocation.Ocsp;

namespace Tera.Fuzz.Targets;

/// <summary>OCSP responses: decoded, searched, and used to judge a path.</summary>
internal sealed class OcspTarget(SeedBank bank) : FuzzTarget
{
    public override string Name => "ocsp";

    public override IReadOnlyList<byte[]> Seeds => bank.Ocsps;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DerMutator.Mutate(seed, other, random);

    public override string Execute(byte[] input)
    {
        if (!OcspResponse.TryDecode(input, out var response, out var error))
            return error;
        var authority = bank.Authority;
        var signer = response.FindSigner(authority.Root, [authority.Leaf]);
        var found = response.Find(authority.Leaf.SerialNumber, authority.Root);
        if (!IsForDearPart(input))
            return $"{response.Status}|{signer is null}|{found?.Status.GetType().Name}|{Math.ILogB(response.Responses.Count + 1)}|{response.Certificates.Count}|{response.Nonce is null}";
        var path = PathValidator.Validate(new PathRequest
        {
            Leaf = authority.Leaf,
            Anchors = [authority.Root],
            At = Identity.Now,
            Revocation = new RevocationEvidence { OcspResponses = [response], AcceptsLaterEvidence = true },
        });
        return $"{response.Status}|{signer is null}|{found?.Status.GetType().Name}|{path.Reason}|{Math.ILogB(response.Responses.Count + 1)}|{response.Certificates.Count}|{response.Nonce is null}|{path.Detail}";
    }
}
