using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation.Ocsp;
using Tera.Pki.TimeStamping;

namespace Tera.Fuzz.Targets;

/// <summary>What clients send an authority: OCSP, time-stamp and certification requests.</summary>
internal sealed class RequestTarget(SeedBank bank) : FuzzTarget
{
    public override string Name => "requests";

    public override double Share => 0.5;

    public override IReadOnlyList<byte[]> Seeds => bank.Authority.Requests;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DerMutator.Mutate(seed, other, random);

    public override string Execute(byte[] input)
    {
        var ocsp = OcspRequest.TryDecode(input, out var status, out var refusedStatus);
        var stamp = TimeStampRequest.TryDecode(input, out _, out var refusedStamp);
        var certificate = CertificationRequest.TryDecode(input, out var subject, out var refusedCertificate);
        return $"{ocsp} {status?.CertIds.Count} {refusedStatus}|{stamp} {refusedStamp}|{certificate} {subject?.Subject.IsEmpty} {refusedCertificate}";
    }
}
