using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Tera.Pades.Cms;

namespace Tera.Pades.Validation;

/// <summary>
/// Writes the validation report of ETSI TS 119 102-2 v1.2.1 in XML: a SignatureValidationReport for each signature, then the validation
/// objects (certificates, revocation data, time stamps with a report of their own) with their proofs of existence. The same report gives
/// the same bytes. It holds no data about persons but what their certificates say.
/// </summary>
public static class EtsiReport
{
    /// <summary>The namespace of the report.</summary>
    public const string Namespace = "http://uri.etsi.org/19102/v1.2.1#";

    private const string Ds = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <summary>Writes the report of one file.</summary>
    /// <param name="evidence">The facts.</param>
    /// <param name="report">The verdict made from these facts.</param>
    /// <returns>The XML text.</returns>
    public static string Write(Evidence evidence, ValidationReport report)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(report);
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("ValidationReport", Namespace);
            xml.WriteAttributeString("xmlns", "ds", null, Ds);
            // The verdict speaks of persons' signatures, in the order of the facts; of time stamps alone where nobody else signed.
            var facts = evidence.Signatures.Where(s => !s.IsDocumentTimeStamp).ToList();
            facts = facts.Count > 0 ? facts : [.. evidence.Signatures];
            for (var i = 0; i < report.Signatures.Count; i++)
                WriteSignature(xml, i, report.Signatures[i], facts[i], report);
            if (report.Signatures.Count == 0)
                WriteNothing(xml, report);
            if (report.Objects.Count > 0)
            {
                xml.WriteStartElement("SignatureValidationObjects", Namespace);
                foreach (var item in report.Objects)
                    WriteObject(xml, item, report);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteSignature(XmlWriter xml, int index, SignatureReport signature, SignatureEvidence facts, ValidationReport report)
    {
        xml.WriteStartElement("SignatureValidationReport", Namespace);
        WriteIdentifier(xml, index, facts);
        WriteConstraints(xml, report);
        WriteTimeInfo(xml, report.At, signature.IsTimeProven ? signature.SignedAt : null);
        if (facts.ComputedDigest is { } digest)
        {
            xml.WriteStartElement("SignersDocument", Namespace);
            WriteDigest(xml, DigestUri(facts.DigestAlgorithm), digest);
            xml.WriteEndElement();
        }
        if (facts.ClaimedTime is { } claimed)
        {
            xml.WriteStartElement("SignatureAttributes", Namespace);
            xml.WriteStartElement("SigningTime", Namespace);
            xml.WriteAttributeString("Signed", "true");
            xml.WriteElementString("Time", Namespace, Instant(claimed));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        if (facts.SignerCertificate is { } certificate)
        {
            xml.WriteStartElement("SignerInformation", Namespace);
            WriteReference(xml, "SignerCertificate", IdOf(ProvenObjectKind.Certificate, certificate));
            if (signature.Signer is { Length: > 0 } name)
                xml.WriteElementString("Signer", Namespace, Text(name));
            xml.WriteEndElement();
        }
        WriteProcess(xml, signature.Level switch
        {
            "PAdES-B-LTA" or "DocTimeStamp" => "LTA",
            "PAdES-B-T" or "PAdES-B-LT" or "PKCS7-T" or "PKCS7-LT" or "PKCS7-LTA" => "LTVM",
            _ => "Basic",
        });
        WriteStatus(xml, Main(signature.Indication), signature.SubIndication, signature.Chain, signature.Reason);
        xml.WriteEndElement();
    }

    // A report has a status even where there is nothing to report about.
    private static void WriteNothing(XmlWriter xml, ValidationReport report)
    {
        xml.WriteStartElement("SignatureValidationReport", Namespace);
        WriteTimeInfo(xml, report.At, null);
        if (report.Verdict == FileVerdict.NoSignature)
            WriteStatus(xml, "noSignatureFound", null, [], report.Reason);
        else
            WriteStatus(xml, "total-failed", SubIndication.FormatFailure, [], report.Reason);
        xml.WriteEndElement();
    }

    private static void WriteIdentifier(XmlWriter xml, int index, SignatureEvidence facts)
    {
        xml.WriteStartElement("SignatureIdentifier", Namespace);
        xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"S{index + 1}-{Convert.ToHexString(SHA256.HashData(facts.Container))}"));
        if (facts.ComputedDigest is { } digest)
            WriteDigest(xml, DigestUri(facts.DigestAlgorithm), digest);
        else
            WriteDigest(xml, DigestUri(CmsOids.Sha256), SHA256.HashData(facts.Container));
        if (SignedData.Read(facts.Container, out _) is { Signers: [var signer, ..] })
            xml.WriteElementString("SignatureValue", Ds, Convert.ToBase64String(signer.Signature.Span));
        xml.WriteElementString("HashOnly", Namespace, "false");
        xml.WriteElementString("DocHashOnly", Namespace, "false");
        xml.WriteElementString("DAIdentifier", Namespace, Text(facts.Field));
        xml.WriteEndElement();
    }

    private static void WriteConstraints(XmlWriter xml, ValidationReport report)
    {
        xml.WriteStartElement("ValidationConstraintsEvaluationReport", Namespace);
        xml.WriteStartElement("SignatureValidationPolicy", Namespace);
        xml.WriteElementString("PolicyName", Namespace, Text(report.PolicyName));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteTimeInfo(XmlWriter xml, DateTimeOffset at, DateTimeOffset? proven)
    {
        xml.WriteStartElement("ValidationTimeInfo", Namespace);
        xml.WriteElementString("ValidationTime", Namespace, Instant(at));
        xml.WriteStartElement("BestSignatureTime", Namespace);
        WriteProof(xml, proven ?? at);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteProof(XmlWriter xml, DateTimeOffset time)
    {
        xml.WriteElementString("POETime", Namespace, Instant(time));
        xml.WriteElementString("TypeOfProof", Namespace, "urn:etsi:019102:poetype:validation");
    }

    private static void WriteProcess(XmlWriter xml, string process)
    {
        xml.WriteStartElement("SignatureValidationProcess", Namespace);
        xml.WriteElementString("SignatureValidationProcessID", Namespace, "urn:etsi:019102:validationprocess:" + process);
        xml.WriteEndElement();
    }

    private static void WriteStatus(XmlWriter xml, string main, SubIndication? sub, IReadOnlyList<ReadOnlyMemory<byte>> chain, string reason)
    {
        xml.WriteStartElement("SignatureValidationStatus", Namespace);
        xml.WriteElementString("MainIndication", Namespace, "urn:etsi:019102:mainindication:" + main);
        if (sub is { } named)
            xml.WriteElementString("SubIndication", Namespace, "urn:etsi:019102:subindication:" + ReportJson.NameOf(named));
        xml.WriteStartElement("AssociatedValidationReportData", Namespace);
        if (chain.Count > 0)
        {
            WriteReference(xml, "TrustAnchor", IdOf(ProvenObjectKind.Certificate, chain[^1].Span));
            xml.WriteStartElement("CertificateChain", Namespace);
            WriteReference(xml, "SigningCertificate", IdOf(ProvenObjectKind.Certificate, chain[0].Span));
            for (var i = 1; i + 1 < chain.Count; i++)
                WriteReference(xml, "IntermediateCertificate", IdOf(ProvenObjectKind.Certificate, chain[i].Span));
            WriteReference(xml, "TrustAnchor", IdOf(ProvenObjectKind.Certificate, chain[^1].Span));
            xml.WriteEndElement();
        }
        xml.WriteStartElement("AdditionalValidationReportData", Namespace);
        xml.WriteStartElement("ReportData", Namespace);
        xml.WriteElementString("Type", Namespace, "urn:tera:validation:reason");
        xml.WriteElementString("Value", Namespace, Text(reason));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, ProvenObject item, ValidationReport report)
    {
        xml.WriteStartElement("ValidationObject", Namespace);
        xml.WriteAttributeString("id", IdOf(item.Kind, item.Encoded.Span));
        xml.WriteElementString("ObjectType", Namespace, "urn:etsi:019102:validationObject:" + item.Kind switch
        {
            ProvenObjectKind.Certificate => "certificate",
            ProvenObjectKind.Crl => "CRL",
            ProvenObjectKind.OcspResponse => "OCSPResponse",
            _ => "timestamp",
        });
        xml.WriteStartElement("ValidationObjectRepresentation", Namespace);
        // Revocation lists reach megabytes; who has the file has them.
        if (item.Kind is ProvenObjectKind.Crl or ProvenObjectKind.OcspResponse)
            WriteDigest(xml, DigestUri(CmsOids.Sha256), SHA256.HashData(item.Encoded.Span));
        else
            xml.WriteElementString("base64", Namespace, Convert.ToBase64String(item.Encoded.Span));
        xml.WriteEndElement();
        xml.WriteStartElement("POE", Namespace);
        WriteProof(xml, item.ProvenAt);
        xml.WriteEndElement();
        if (item.Kind == ProvenObjectKind.TimeStamp && report.TimeStamps.FirstOrDefault(t => t.Token.Span.SequenceEqual(item.Encoded.Span)) is { } stamp)
            WriteTimeStamp(xml, stamp, report);
        xml.WriteEndElement();
    }

    private static void WriteTimeStamp(XmlWriter xml, TimeStampReport stamp, ValidationReport report)
    {
        if (stamp is { Trusted: true, Time: { } time })
        {
            xml.WriteStartElement("POEProvisioning", Namespace);
            xml.WriteElementString("POETime", Namespace, Instant(time));
            xml.WriteEndElement();
        }
        xml.WriteStartElement("ValidationReport", Namespace);
        WriteConstraints(xml, report);
        WriteTimeInfo(xml, report.At, null);
        if (stamp.Chain.Count > 0)
        {
            xml.WriteStartElement("SignerInformation", Namespace);
            WriteReference(xml, "SignerCertificate", IdOf(ProvenObjectKind.Certificate, stamp.Chain[0].Span));
            if (stamp.Authority is { Length: > 0 } authority)
                xml.WriteElementString("Signer", Namespace, Text(authority));
            xml.WriteEndElement();
        }
        WriteStatus(xml, stamp.Indication switch { Indication.TotalPassed => "passed", Indication.TotalFailed => "failed", _ => "indeterminate" }, stamp.SubIndication, stamp.Chain, stamp.Reason);
        xml.WriteEndElement();
    }

    private static void WriteDigest(XmlWriter xml, string algorithm, byte[] digest)
    {
        xml.WriteStartElement("DigestAlgAndValue", Namespace);
        xml.WriteStartElement("DigestMethod", Ds);
        xml.WriteAttributeString("Algorithm", algorithm);
        xml.WriteEndElement();
        xml.WriteElementString("DigestValue", Ds, Convert.ToBase64String(digest));
        xml.WriteEndElement();
    }

    private static void WriteReference(XmlWriter xml, string element, string id)
    {
        xml.WriteStartElement(element, Namespace);
        xml.WriteAttributeString("VOReference", id);
        xml.WriteEndElement();
    }

    private static string Main(Indication indication) => indication switch
    {
        Indication.TotalPassed => "total-passed",
        Indication.TotalFailed => "total-failed",
        _ => "indeterminate",
    };

    private static string IdOf(ProvenObjectKind kind, ReadOnlySpan<byte> encoded) => kind switch
    {
        ProvenObjectKind.Certificate => "C-",
        ProvenObjectKind.Crl => "R-",
        ProvenObjectKind.OcspResponse => "O-",
        _ => "T-",
    } + Convert.ToHexString(SHA256.HashData(encoded));

    private static string DigestUri(string oid) => oid switch
    {
        CmsOids.Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
        CmsOids.Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
        CmsOids.Sha384 => "http://www.w3.org/2001/04/xmldsig-more#sha384",
        CmsOids.Sha512 => "http://www.w3.org/2001/04/xmlenc#sha512",
        CmsOids.Sha3Of256 => "http://www.w3.org/2007/05/xmldsig-more#sha3-256",
        CmsOids.Sha3Of384 => "http://www.w3.org/2007/05/xmldsig-more#sha3-384",
        CmsOids.Sha3Of512 => "http://www.w3.org/2007/05/xmldsig-more#sha3-512",
        _ => "urn:oid:" + oid,
    };

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Names come from files of strangers: what XML cannot hold is replaced.
    private static string Text(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                kept.Append(text[i]).Append(text[++i]);
            else
                kept.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }
        return kept.ToString();
    }
}
