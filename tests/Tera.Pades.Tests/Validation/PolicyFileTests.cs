using System.Text;
using System.Security.Cryptography;
using Tera.Pades.Validation;
using Tera.Pades.Validation.Policies;
using static Tera.Pades.Tests.Validation.Story;

namespace Tera.Pades.Tests.Validation;

/// <summary>Rules are data: roots, ages and algorithms come from a file, and a file that cannot be meant is refused.</summary>
public sealed class PolicyFileTests
{
    private static readonly Party Root = Party.Root();
    private static readonly Party Signer = Root.Signer(2020, 2030);

    [Fact]
    public void A_policy_names_roots_by_file_and_by_text_and_what_they_are_trusted_for()
    {
        var policy = Read($$"""
            {
              "name": "Uji", // remarks are welcome
              "trustedServices": [
                { "certificate": "akar.der", "kind": "signatures", "from": "2020-01-01T00:00:00Z", "until": "2025-01-01T00:00:00Z", "name": "Akar" },
                { "certificate": {{System.Text.Json.JsonSerializer.Serialize(new string(PemEncoding.Write("CERTIFICATE", Root.Certificate)))}}, "kind": "timeStamps" },
              ],
              "requireRevocation": true, "revocationMaximumAgeHours": 12, "maximumTimeStampDelayHours": 1.5, "defaultPermission": 2, "checkAlgorithms": false
            }
            """);
        Assert.Equal([TrustedServiceKind.Signatures, TrustedServiceKind.TimeStamps], policy.TrustedServices.Select(s => s.Kind));
        Assert.All(policy.TrustedServices, s => Assert.Equal(Root.Certificate, s.Certificate.ToArray()));
        Assert.Equal((true, TimeSpan.FromHours(12), TimeSpan.FromMinutes(90), 2, false),
            (policy.RequireRevocation, policy.RevocationMaximumAge, policy.MaximumTimeStampDelay, policy.DefaultPermission, policy.CheckAlgorithms));
        Assert.Equal(FileVerdict.TotalPassed, PadesValidator.Judge(new Story().Sign(Signer, Year(2024)).Evidence(), policy with { At = Year(2024), RequireRevocation = false }).Verdict);
    }

    [Fact]
    public void The_suite_of_algorithms_can_be_replaced()
    {
        var story = new Story().Sign(Signer, Year(2024));
        Assert.Equal(FileVerdict.TotalPassed, PadesValidator.Judge(story.Evidence(), Read("""{"trustAnchors":["akar.der"]}""")).Verdict);
        var strict = PadesValidator.Judge(story.Evidence(), Read("""{"trustAnchors":["akar.der"],"cryptoSuite":"suite.json"}"""));
        Assert.Equal(SubIndication.CryptoConstraintsFailureNoPoe, strict.Signatures[0].SubIndication);
        Assert.Contains("ECDSA key of 256 bits", strict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an unknown member", """{"requireRevokation":true}""")]
    [InlineData("a member twice", """{"requireRevocation":true,"requireRevocation":false}""")]
    [InlineData("a file that is not there", """{"trustAnchors":["lain.pem"]}""")]
    [InlineData("a file without a certificate", """{"trustAnchors":["suite.json"]}""")]
    [InlineData("PEM that is none", """{"trustAnchors":["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]}""")]
    [InlineData("a null", """{"trustAnchors":[null]}""")]
    [InlineData("a kind that is none", """{"trustedServices":[{"certificate":"akar.der","kind":"cheese"}]}""")]
    [InlineData("a kind by number", """{"trustedServices":[{"certificate":"akar.der","kind":"1"}]}""")]
    [InlineData("an end before the beginning", """{"trustedServices":[{"certificate":"akar.der","from":"2025-01-01T00:00:00Z","until":"2024-01-01T00:00:00Z"}]}""")]
    [InlineData("a permission that is none", """{"defaultPermission":4}""")]
    [InlineData("an age before birth", """{"revocationMaximumAgeHours":-1}""")]
    [InlineData("a suite that is none", """{"cryptoSuite":"akar.der"}""")]
    [InlineData("no JSON", "trust everybody")]
    public void What_cannot_be_meant_is_refused(string what, string json)
    {
        Assert.False(PolicyFile.TryRead(Encoding.UTF8.GetBytes(json), Year(2024), ReadFile, out _, out var error), what);
        Assert.NotEmpty(error);
    }

    private static ValidationPolicy Read(string json) =>
        PolicyFile.TryRead(Encoding.UTF8.GetBytes(json), Year(2024), ReadFile, out var policy, out var error) ? policy : throw new InvalidDataException(error);

    private static byte[]? ReadFile(string name) => name switch
    {
        "akar.der" => Root.Certificate,
        "suite.json" => """{"name":"Ketat","digests":[{"oid":"2.16.840.1.101.3.4.2.1","name":"SHA-256"}],"keys":[{"family":"ECDSA","bits":384}]}"""u8.ToArray(),
        _ => null,
    };
}
