using System.Security.Cryptography;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Seeds;

/// <summary>What mutation begins with: documents of our own making, and foreign ones where a folder of them is given.</summary>
internal sealed class SeedBank
{
    private const int MaxEach = 300;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <param name="corpus">A folder with <c>signed</c> and <c>unsigned</c> PDF files in it, or null.</param>
    /// <param name="random">Picks the foreign files.</param>
    /// <param name="documents">Foreign files at most.</param>
    public SeedBank(string? corpus, Random random, int documents)
    {
        AddOwn();
        if (corpus is not null)
        {
            var files = Directory.EnumerateFiles(corpus, "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
            random.Shuffle(files);
            foreach (var file in files.Where(f => new FileInfo(f).Length <= MaxDocument).Take(documents))
                Documents.Add(File.ReadAllBytes(file));
        }
        foreach (var document in Documents)
            Harvest(document);
    }

    /// <summary>Larger files make executions slow and teach nothing new.</summary>
    public const int MaxDocument = 160 * 1024;

    public OwnAuthority Authority { get; } = new();

    public List<byte[]> Documents { get; } = [];

    public List<byte[]> SignedDataContainers { get; } = [];

    public List<byte[]> TimeStamps { get; } = [];

    public List<byte[]> Certificates { get; } = [];

    public List<byte[]> Crls { get; } = [];

    public List<byte[]> Ocsps { get; } = [];

    /// <summary>SHA-256 of the bytes that the intact signatures of all seeds cover: no mutation can make another.</summary>
    public HashSet<string> SignedContents { get; } = new(StringComparer.Ordinal);

    /// <summary>Small files only, of each kind of cross-reference section, plain and signed up to three times.</summary>
    public List<byte[]> SmallDocuments { get; } = [];

    /// <summary>The bytes that a signature covers, hashed by other code than the one under test.</summary>
    public static string ContentOf(byte[] document, IReadOnlyList<long> byteRange)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < byteRange.Count; i += 2)
            hash.AppendData(document, (int)byteRange[i], (int)byteRange[i + 1]);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private void AddOwn()
    {
        var fields = new[] { "Kabag", "Asisten", "Bupati" };
        foreach (var kind in SmallPdf.Kinds)
        {
            var pdf = SmallPdf.Make(kind, pages: 3, catalogExtra: "/AcroForm<</Fields[]>>", more: ["<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a)>>", "[1 0 R 2.5(x)<AB>]"]);
            SmallDocuments.Add(pdf);
            var signer = Identity.Of(kind == "classic" ? SignatureAlgorithm.RsaPkcs1Sha256 : SignatureAlgorithm.EcdsaP256Sha256);
            for (var i = 0; i < fields.Length; i++)
            {
                var certify = i == 0 && kind == "hybrid";
                pdf = signer.Sign(pdf, fields[i], r => certify ? r with { Certify = DocMdpPermission.FormFilling } : r);
                SmallDocuments.Add(pdf);
            }
        }
        Documents.AddRange(SmallDocuments);
        Certificates.AddRange([Authority.Root.Encoded.ToArray(), Authority.Leaf.Encoded.ToArray(), Authority.Stamper.Encoded.ToArray()]);
        Crls.AddRange(Authority.Crls);
        Ocsps.AddRange(Authority.Ocsps);
        TimeStamps.AddRange(Authority.StampResponses);
    }

    private void Harvest(byte[] document)
    {
        Evidence evidence;
        try
        {
            evidence = PadesValidator.Collect(PdfBytes.From(document));
        }
        catch (Exception)
        {
            // A seed that breaks the product at once is found as soon as it is executed.
            return;
        }
        foreach (var signature in evidence.Signatures)
        {
            if (signature.IsIntact)
                SignedContents.Add(ContentOf(document, signature.ByteRange));
            Keep(signature.IsDocumentTimeStamp ? TimeStamps : SignedDataContainers, [signature.Container]);
            Keep(TimeStamps, signature.TimeStamps.Select(t => t.Token));
            Keep(Certificates, signature.Certificates);
            Keep(Crls, signature.Crls);
            Keep(Ocsps, signature.OcspResponses);
        }
        Keep(Certificates, evidence.StoredCertificates.Select(c => c.Encoded));
        Keep(Crls, evidence.StoredCrls.Select(c => c.Encoded));
        Keep(Ocsps, evidence.StoredOcspResponses.Select(c => c.Encoded));
    }

    private void Keep(List<byte[]> into, IEnumerable<byte[]> items)
    {
        foreach (var item in items.Where(i => i.Length is > 0 and < 64 * 1024))
        {
            if (into.Count < MaxEach && _seen.Add(Convert.ToHexString(SHA256.HashData(item))))
                into.Add(item);
        }
    }
}
