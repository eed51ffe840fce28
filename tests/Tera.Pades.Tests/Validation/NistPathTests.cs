using System.Text.Json;
using Tera.Pades.Cms;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Validation;

/// <summary>NIST's path cases (PKITS) asked of the certificate block: a signer's verdict passes exactly where NIST says that the path does.</summary>
public sealed class NistPathTests(ITestOutputHelper output)
{
    [Fact]
    public void Signers_of_the_nist_cases_pass_as_nist_expects()
    {
        var file = Path.Combine(Path.GetDirectoryName(Pdf.Corpus.Require("signed.tsv"))!, "pkits", "cases.jsonl");
        var (asked, wrong) = (0, new List<string>());
        foreach (var line in File.ReadLines(file))
        {
            var row = JsonDocument.Parse(line).RootElement;
            // Policies are no question of a signature policy here.
            if (!row.GetProperty("checkRevocation").GetBoolean() || row.GetProperty("policies").GetArrayLength() > 0
                || row.GetProperty("explicitPolicy").GetBoolean() || row.GetProperty("inhibitMapping").GetBoolean())
                continue;
            asked++;
            var report = PadesValidator.Judge(EvidenceOf(row), new ValidationPolicy
            {
                At = DateTimeOffset.Parse(row.GetProperty("at").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                TrustAnchors = [.. Values(row, "roots").Select(r => (ReadOnlyMemory<byte>)r)],
                RequireRevocation = true,
                CheckAlgorithms = false,
            });
            if (report.Verdict == FileVerdict.TotalPassed != row.GetProperty("expected").GetBoolean())
                wrong.Add($"{row.GetProperty("id").GetString()}: {report.Signatures[0].SubIndication} {report.Reason}");
        }
        output.WriteLine($"{asked - wrong.Count} of {asked}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked > 100);
    }

    private static Evidence EvidenceOf(JsonElement row) => new()
    {
        Length = 2000,
        RevisionEnds = [2000],
        Signatures =
        [
            new SignatureEvidence
            {
                Field = "Tanda",
                SubFilter = "ETSI.CAdES.detached",
                ByteRange = [0, 1000, 1900, 100],
                Revision = 0,
                DigestMatches = true,
                Value = SignatureValueState.Holds,
                DigestAlgorithm = "2.16.840.1.101.3.4.2.1",
                SignatureAlgorithm = "1.2.840.113549.1.1.11",
                SignerCertificate = Convert.FromBase64String(row.GetProperty("leaf").GetString()!),
                Certificates = [.. Values(row, "intermediates")],
                Crls = [.. Values(row, "crls")],
                OcspResponses = [.. Values(row, "ocsps")],
            },
        ],
    };

    private static IEnumerable<byte[]> Values(JsonElement row, string name) => row.GetProperty(name).EnumerateArray().Select(v => Convert.FromBase64String(v.GetString()!));
}
