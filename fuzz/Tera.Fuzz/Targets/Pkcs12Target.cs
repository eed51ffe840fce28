using System.Security.Cryptography;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Targets;

/// <summary>PKCS#12 files, opened with the right passphrase.</summary>
internal sealed class Pkcs12Target(SeedBank bank) : FuzzTarget
{
    public override string Name => "pkcs12";

    public override double Share => 0.5;

    public override IReadOnlyList<byte[]> Seeds { get; } = [bank.Authority.Pkcs12];

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DerMutator.Mutate(seed, other, random);

    public override bool IsDocumented(Exception exception) => exception is CryptographicException;

    public override string ReasonOf(Exception exception) => exception.GetType().Name;

    public override string Execute(byte[] input)
    {
        using var identity = Pkcs12Identity.Open(input, OwnAuthority.Passphrase);
        return $"{identity.Signer.Algorithm} {identity.OtherCertificates.Count}";
    }
}
