using System.Security.Cryptography;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Bench;

/// <summary>Verification of letters, every check on, beside one hash of the bytes and the operations with public keys.</summary>
internal static class VerifyTable
{
    public static void Run(Options options)
    {
        foreach (var kind in (string[])["ec", "rsa"])
        {
            var key = SigningKey.Create(kind);
            var policy = Verifying.PolicyOf(key);
            foreach (var size in (int[])[38_000, 1_000_000])
            {
                var signed = Signing.ToArray(key, Letter.Make(size));
                var contest = new Contest($"verify {kind}, {size / 1000} KB in memory");
                var checks = new SignatureChecks([key]);
                contest.Add("one hash, and a check each of signature and certificates", () => checks.Run(signed));
                contest.Add("Tera, every check on", () => Verifying.Memory(signed, policy));
                contest.Run(options.Rounds, options.Window);
                contest.Print();
            }
        }
    }
}

/// <summary>The irreducible work of a verification: one hash of the file, one operation for each signature and for each certificate below the root.</summary>
internal sealed class SignatureChecks
{
    private readonly List<(SignatureAlgorithm Algorithm, PublicKey Key, byte[] Digest, byte[] Signature)> _checks = [];

    public SignatureChecks(IReadOnlyCollection<SigningKey> signers)
    {
        var digest = new byte[32];
        foreach (var signer in signers)
        {
            var chain = signer.Chain.Select(Certificate.Decode).ToList();
            _checks.Add((signer.Signer.Algorithm, PublicKey.Shared(chain[0].SubjectPublicKeyInfo.Span)!, digest, signer.Signer.SignDigest(digest)));
            for (var i = 0; i + 1 < chain.Count; i++)
            {
                var algorithm = SignatureAlgorithm.Find(chain[i].SignatureAlgorithmIdentifier)!;
                _checks.Add((algorithm, PublicKey.Shared(chain[i + 1].SubjectPublicKeyInfo.Span)!, algorithm.Digest(chain[i].ToBeSigned.Span), chain[i].Signature.ToArray()));
            }
        }
    }

    public void Run(ReadOnlySpan<byte> file)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(file, digest);
        foreach (var check in _checks)
        {
            if (!check.Key.Verify(check.Algorithm, check.Digest, check.Signature))
                throw new InvalidOperationException("A check of the limit does not hold.");
        }
    }
}
