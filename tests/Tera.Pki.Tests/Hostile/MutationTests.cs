using System.Security.Cryptography;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Lints;
using Tera.Pki.Paths;
using Tera.Pki.Profiles;
using Tera.Pki.Revocation.Ocsp;
using Tera.Pki.TimeStamping;
using Tera.Pki.Tests.TimeStamping;

namespace Tera.Pki.Tests.Hostile;

/// <summary>Every parser meets changed, cut and random bytes: it says no with a text, or it reads; it never throws.</summary>
public sealed class MutationTests
{
    private const int Rounds = 1500;

    [Fact]
    public void Certificates()
    {
        using var authority = new TestAuthority();
        var person = authority.Person();
        Mutate(person.Encoded.ToArray(), bytes =>
        {
            if (!Certificate.TryDecode(bytes, out var certificate, out var error))
            {
                return error;
            }
            LintSet.Run(new LintSubject(certificate, authority.Issuing, BuiltInProfiles.Person));
            var result = PathValidator.Validate(new PathRequest
            {
                Leaf = certificate, Intermediates = [authority.Issuing], Anchors = [authority.Root], At = TestAuthority.Start.AddDays(1), ChecksProfile = true,
                Policies = ["1.2.3"], Revocation = new RevocationEvidence(),
            });
            Assert.False(result.IsValid);
            return result.Reason.ToString();
        });
    }

    [Fact]
    public async Task Time_stamp_requests_responses_and_tokens()
    {
        using var fixture = new TimeStampFixture();
        var responder = fixture.Responder();
        var request = new TimeStampRequest(HashAlgorithmName.SHA256, SHA256.HashData("a"u8), new byte[] { 1, 2, 3 }, TimeStampFixture.Policy);
        var answer = await responder.RespondAsync(request.Encoded, CancellationToken.None);
        var token = TimeStampAnswer.Check(request, answer, []);
        Mutate(request.Encoded.ToArray(), bytes => TimeStampRequest.TryDecode(bytes, out _, out var error) ? "" : error);
        Mutate(answer, bytes => TimeStampResponse.TryDecode(bytes, out _, out var error) ? "" : error);
        Mutate(token, bytes =>
        {
            if (!TimeStampToken.TryDecode(bytes, out var read, out var error))
            {
                return error;
            }
            // Octets outside of what is signed (an unsigned field, a certificate of the chain) may change and the token still hold.
            read.Verify([], out _);
            return "";
        });
    }

    [Fact]
    public async Task Ocsp_requests_and_responses()
    {
        using var authority = new TestAuthority();
        var request = OcspRequest.Create(authority.Person().SerialNumber, authority.Issuing, HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(20));
        var key = authority.Key();
        var certificate = TestAuthority.Issue(authority.Issuer.Prepare(TestAuthority.RequestOf(BuiltInProfiles.Ocsp, key)));
        var responder = new OcspResponder(key, certificate, authority.Issuing, new NeverIssued(), new Then());
        var answer = await responder.RespondAsync(request.Encoded, CancellationToken.None);
        Mutate(request.Encoded.ToArray(), bytes => OcspRequest.TryDecode(bytes, out _, out var error) ? "" : error);
        Mutate(answer.Body, bytes =>
        {
            if (!OcspResponse.TryDecode(bytes, out var read, out var error))
            {
                return error;
            }
            read.FindSigner(authority.Issuing, []);
            return "";
        });
    }

    [Fact]
    public void Keys_and_certification_requests()
    {
        using var key = KeyPairs.Create(SignatureAlgorithm.RsaPssSha256, rsaBits: 2048);
        Mutate(key.SubjectPublicKeyInfo.ToArray(), bytes =>
        {
            using var read = PublicKey.Import(bytes);
            read?.Verify(SignatureAlgorithm.RsaPssSha256, new byte[32], new byte[256]);
            return "";
        });
        Mutate(SignatureAlgorithm.RsaPssSha384.AlgorithmIdentifier.ToArray(), bytes => SignatureAlgorithm.Find(bytes)?.Name ?? "");
        Mutate(key.ExportPkcs8(), bytes => CertificationRequest.TryDecode(bytes, out _, out var error) ? "" : error);
    }

    private static void Mutate(byte[] seed, Func<byte[], string> read)
    {
        var random = new Random(20261122);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            if (bytes.AsSpan().SequenceEqual(seed))
            {
                continue;
            }
            Assert.NotNull(read(random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes));
        }
    }

    private sealed class NeverIssued : IOcspStatusSource
    {
        public ValueTask<Tera.Pki.Revocation.CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Tera.Pki.Revocation.CertificateStatus>(new Tera.Pki.Revocation.CertificateStatus.Unknown());
    }

    private sealed class Then : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TestAuthority.Start.AddDays(2);
    }
}
