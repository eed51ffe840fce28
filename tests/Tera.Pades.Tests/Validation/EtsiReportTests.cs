using System.Xml;
using System.Xml.Linq;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using static Tera.Pades.Tests.Validation.Story;

namespace Tera.Pades.Tests.Validation;

/// <summary>The report of TS 119 102-2: its elements stand in the order of the schema, what the schema requires is there, every reference leads somewhere.</summary>
public sealed class EtsiReportTests
{
    /// <summary>For each type of the schema its child elements in their order; those with a ! are required.</summary>
    private static readonly Dictionary<string, string[]> Order = new(StringComparer.Ordinal)
    {
        ["ValidationReport"] = ["SignatureValidationReport!", "SignatureValidationObjects", "SignatureValidator", "Signature"],
        ["SignatureValidationReport"] =
        [
            "SignatureIdentifier", "ValidationConstraintsEvaluationReport", "ValidationTimeInfo", "SignersDocument", "SignatureAttributes",
            "SignerInformation", "SignatureQuality", "SignatureValidationProcess", "SignatureValidationStatus!",
        ],
        ["SignatureIdentifier"] = ["DigestAlgAndValue", "SignatureValue", "HashOnly!", "DocHashOnly!", "DAIdentifier"],
        ["ValidationTimeInfo"] = ["ValidationTime!", "BestSignatureTime!"],
        ["BestSignatureTime"] = ["POETime!", "TypeOfProof!", "POEObject"],
        ["POE"] = ["POETime!", "TypeOfProof!", "POEObject"],
        ["SignerInformation"] = ["SignerCertificate!", "Signer"],
        ["SignatureValidationStatus"] = ["MainIndication!", "SubIndication", "AssociatedValidationReportData"],
        ["AssociatedValidationReportData"] =
            ["TrustAnchor", "CertificateChain", "SignedDataObjects", "RevocationStatusInformation", "CryptoInformation", "AdditionalValidationReportData"],
        ["CertificateChain"] = ["SigningCertificate!", "IntermediateCertificate", "TrustAnchor"],
        ["ReportData"] = ["Type!", "Value!"],
        ["SignatureValidationObjects"] = ["ValidationObject!"],
        ["ValidationObject"] = ["ObjectType!", "ValidationObjectRepresentation!", "POE", "POEProvisioning", "ValidationReport"],
        ["DigestAlgAndValue"] = ["DigestMethod!", "DigestValue!"],
    };

    private static readonly Party Root = Party.Root();
    private static readonly Party Signer = Root.Authority("Penerbit Uji", 2005, 2050).Signer(2020, 2024);
    private static readonly Party Stamper = Root.TimeStamper(2018, 2040);

    [Fact]
    public void A_signature_with_a_time_stamp_is_reported_with_chain_objects_and_proofs()
    {
        var at = Year(2022);
        var story = new Story().Sign(Signer, at, Stamp(Stamper, at)).Store(Root.Crl(at, Year(2035))).StampDocument(Stamper, at.AddDays(1));
        var policy = new ValidationPolicy { At = Year(2030), TrustAnchors = [Root.Certificate] };
        var report = PadesValidator.Judge(story.Evidence(), policy);
        var text = EtsiReport.Write(story.Evidence(), report);
        Assert.Equal(text, EtsiReport.Write(story.Evidence(), PadesValidator.Judge(story.Evidence(), policy)));
        var xml = Walk(text);
        Assert.Equal("urn:etsi:019102:mainindication:total-passed", xml.Descendants(Name("SignatureValidationReport")).Single().Descendants(Name("MainIndication")).Single().Value);
        Assert.Equal("2022-01-01T00:00:00Z", xml.Descendants(Name("BestSignatureTime")).First().Element(Name("POETime"))!.Value);
        Assert.Single(xml.Descendants(Name("IntermediateCertificate")).Select(e => e.Attribute("VOReference")!.Value).Distinct(StringComparer.Ordinal));
        var crl = xml.Descendants(Name("ValidationObject")).Single(o => o.Element(Name("ObjectType"))!.Value.EndsWith(":CRL", StringComparison.Ordinal));
        Assert.Equal("2022-01-02T00:00:00Z", crl.Element(Name("POE"))!.Element(Name("POETime"))!.Value);
        Assert.Contains(xml.Descendants(Name("ValidationObject")), o => o.Element(Name("ValidationReport"))?.Descendants(Name("MainIndication")).Single().Value == "urn:etsi:019102:mainindication:passed");
    }

    [Fact]
    public void A_refusal_has_its_sub_indication()
    {
        var story = new Story().Sign(Signer, Year(2022), s => s with { DigestMatches = false });
        var xml = Walk(EtsiReport.Write(story.Evidence(), PadesValidator.Judge(story.Evidence(), new ValidationPolicy { At = Year(2023) })));
        Assert.Equal("urn:etsi:019102:mainindication:total-failed", xml.Descendants(Name("MainIndication")).Single().Value);
        Assert.Equal("urn:etsi:019102:subindication:HASH_FAILURE", xml.Descendants(Name("SubIndication")).Single().Value);
    }

    [Fact]
    public void Names_that_xml_cannot_hold_do_not_break_the_report()
    {
        var story = new Story().Sign(Signer, Year(2022), s => s with { Field = "a\u0000<b>\ud800\ufffe&\U0001F58A" });
        Walk(EtsiReport.Write(story.Evidence(), PadesValidator.Judge(story.Evidence(), new ValidationPolicy { At = Year(2023) })));
    }

    [Fact]
    public void Every_foreign_file_has_a_report_of_the_right_form()
    {
        foreach (var row in Corpus.Rows("signed.tsv"))
        {
            var evidence = PadesValidator.Collect(PdfBytes.From(File.ReadAllBytes(Corpus.Require(Path.Combine("signed", row["file"])))));
            Walk(EtsiReport.Write(evidence, PadesValidator.Judge(evidence, new ValidationPolicy { At = SignedForm.At })));
        }
    }

    private static XName Name(string local) => XName.Get(local, EtsiReport.Namespace);

    private static XDocument Walk(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var xml = XDocument.Load(reader);
        Assert.Equal(Name("ValidationReport"), xml.Root!.Name);
        foreach (var element in xml.Descendants())
            CheckOrder(element);
        var ids = xml.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        foreach (var reference in xml.Descendants().Attributes("VOReference"))
            Assert.Contains(reference.Value, ids);
        return xml;
    }

    private static void CheckOrder(XElement element)
    {
        // Within a validation object a ValidationReport is that of one signature.
        var type = element.Name.LocalName == "ValidationReport" && element.Parent is not null ? "SignatureValidationReport" : element.Name.LocalName;
        if (!Order.TryGetValue(type, out var order))
            return;
        var positions = element.Elements().Select(c => Array.FindIndex(order, o => o.TrimEnd('!') == c.Name.LocalName)).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
        foreach (var required in order.Where(o => o.EndsWith('!')))
            Assert.Contains(element.Elements(), c => c.Name.LocalName == required.TrimEnd('!'));
    }
}
