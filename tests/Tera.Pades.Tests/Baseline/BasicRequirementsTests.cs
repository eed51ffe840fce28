using Tera.Pades.Baseline;
using Tera.Pades.Pdf;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Baseline;

/// <summary>The lines of B-B: our own signatures keep each, and for each there is a file that breaks it.</summary>
public sealed class BasicRequirementsTests
{
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string SignaturePolicy = "1.2.840.113549.1.9.16.2.15";
    private const string CommitmentType = "1.2.840.113549.1.9.16.2.16";
    private const string SignerAttributes = "1.2.840.113549.1.9.16.2.18";
    private const string SignerAttributesV2 = "0.4.0.19122.1.1";

    private static readonly Dictionary<string, ForgedSignature> Breakers = new(StringComparer.Ordinal)
    {
        ["b.filter"] = new() { Filter = "" },
        ["b.sub-filter"] = new() { SubFilter = "adbe.pkcs7.detached" },
        ["b.contents"] = new() { Cms = new() { IsIndefinite = true } },
        ["b.byte-range"] = new() { Short = 10 },
        ["b.signing-time"] = new() { Time = "" },
        ["b.no-cert"] = new() { More = "/Cert<00>" },
        ["b.reason-or-commitment"] = new() { More = "/Reason(Setuju)", Cms = new() { More = [CommitmentType] } },
        ["b.reason-or-policy"] = new() { More = "/Reason(Setuju)", Cms = new() { More = [SignaturePolicy] } },
        ["b.one-field"] = new() { IsShared = true },
        ["b.extension"] = new() { Extensions = "" },
        ["b.one-signer"] = new() { Cms = new() { Signers = 2 } },
        ["b.detached"] = new() { Cms = new() { HasContent = true } },
        ["b.certificates"] = new() { Cms = new() { HasCertificates = false } },
        ["b.content-type"] = new() { Cms = new() { ContentType = "1.2.840.113549.1.7.5" } },
        ["b.message-digest"] = new() { IsChanged = true },
        ["b.signing-certificate"] = new() { Cms = new() { SigningCertificates = 2 } },
        ["b.no-signing-time"] = new() { Cms = new() { More = [SigningTime] } },
        ["b.signer-attributes"] = new() { Cms = new() { More = [SignerAttributes, SignerAttributesV2] } },
        ["b.signature-policy"] = new() { Cms = new() { More = [SignaturePolicy, SignaturePolicy] } },
        ["b.attributes-der"] = new() { Cms = new() { InOrder = false } },
        ["b.algorithms"] = new() { Cms = new() { SignatureAlgorithmOid = "1.2.840.10045.4.3.3" } },
        ["b.value"] = new() { Cms = new() { HasWrongValue = true } },
    };

    /// <summary>Lines that fall together with another: what is no SignedData signed has no value either.</summary>
    private static readonly Dictionary<string, string[]> Companions = new(StringComparer.Ordinal)
    {
        ["b.algorithms"] = ["b.value"],
        ["b.certificates"] = ["b.value"],
    };

    public static TheoryData<string> Ids { get; } = [.. Breakers.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_line_has_a_file_that_breaks_it_and_no_other(string id) =>
        Assert.Equal([.. Companions.GetValueOrDefault(id, []), id], Broken(Breakers[id].Build()).OrderBy(b => b == id));

    [Theory]
    [InlineData("b.contents")]
    [InlineData("b.message-digest")]
    [InlineData("b.signing-certificate")]
    public void Some_lines_can_be_broken_in_another_way(string id) => Assert.Contains(id, Broken((id switch
    {
        "b.contents" => new ForgedSignature { Behind = "AB" },
        "b.message-digest" => new ForgedSignature { Cms = new ForgedCms { HasMessageDigest = false } },
        _ => new ForgedSignature { Cms = new ForgedCms { NamesOtherCertificate = true } },
    }).Build()));

    [Fact]
    public void Two_signatures_that_claim_the_same_bytes_are_named()
    {
        var once = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(SmallPdf.Make(), "Bupati");
        // A second field with a copy of the dictionary, which claims the same hole.
        var update = new IncrementalUpdate(PdfFile.Open(once));
        var file = update.File.Latest;
        var field = Tera.Pades.Signing.SignatureField.Read(file)[0];
        var copy = update.Add(field.Dictionary.With("T", PdfText.Encode("Lain")).With("V", update.Add(field.Value!)));
        var form = file.GetDictionary(file.Catalog, "AcroForm")!;
        update.Put(file.CatalogId!.Value, file.Catalog!.With("AcroForm", form.With("Fields", new PdfArray([.. file.GetArray(form, "Fields")!, copy]))));
        var output = new MemoryStream();
        update.WriteTo(output);
        Assert.Contains("b.byte-range-own", BaselineRequirements.Check(PdfFile.Open(output.ToArray())).SelectMany(r => r.Findings).Where(f => !f.Holds).Select(f => f.Requirement.Id));
    }

    [Fact]
    public void What_the_forger_makes_without_a_fault_and_what_we_sign_keep_every_line()
    {
        Assert.Empty(Broken(new ForgedSignature().Build()));
        foreach (var algorithm in SignatureAlgorithm.Signing)
        {
            foreach (var kind in SmallPdf.Kinds)
            {
                var report = Assert.Single(BaselineRequirements.Check(PdfFile.Open(Identity.Of(algorithm).Sign(SmallPdf.Make(kind), "Bupati"))));
                Assert.Equal(PadesLevel.B, report.Level);
            }
        }
    }

    [Fact]
    public void Every_line_is_broken_by_some_test() => Assert.Equal(
        BaselineRequirements.All.Where(r => r.Level == PadesLevel.B).Select(r => r.Id).Order(StringComparer.Ordinal),
        Breakers.Keys.Append("b.byte-range-own").Order(StringComparer.Ordinal));

    private static IEnumerable<string> Broken(byte[] pdf) =>
        BaselineRequirements.Check(PdfFile.Open(pdf))[0].Findings.Where(f => !f.Holds && f.Requirement.Level == PadesLevel.B).Select(f => f.Requirement.Id);
}
