using System.Security.Cryptography;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pki.TimeStamping;

namespace Tera.Fuzz.Targets;

/// <summary>Time-stamp tokens and responses.</summary>
internal sealed class TimeStampTarget(SeedBank bank) : FuzzTarget
{
    public override string Name => "timestamp";

    public override IReadOnlyList<byte[]> Seeds => bank.TimeStamps;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DerMutator.Mutate(seed, other, random);

    public override string Execute(byte[] input)
    {
        var encoded = (ReadOnlyMemory<byte>)input;
        var answer = "";
        if (TimeStampResponse.TryDecode(input, out var response, out var refusedResponse))
        {
            answer = $"{response.IsGranted} {response.Failure}";
            encoded = response.Token ?? default;
        }
        if (!TimeStampToken.TryDecode(encoded, out var token, out var error))
            return $"{answer}|{refusedResponse}|{error}";
        token.Stamps(HashAlgorithmName.SHA256, new byte[32]);
        TimeStampRefusal? refusal = null;
        if (IsForDearPart(input))
            token.Verify([bank.Authority.Stamper], out refusal);
        var info = token.Info;
        return $"{answer}|{refusal}|{token.Algorithm}|{info.HashAlgorithm}|{info.Accuracy is null}|{info.Nonce is null}|{info.AuthorityName is null}|{token.Certificates.Count}";
    }
}
