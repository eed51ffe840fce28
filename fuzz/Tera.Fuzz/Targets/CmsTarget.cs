using System.Text;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Targets;

/// <summary>CMS SignedData as a signature's /Contents, under each SubFilter. The first byte of an input picks the SubFilter.</summary>
internal sealed class CmsTarget : FuzzTarget
{
    private const int Reserved = 24 * 1024;

    private static readonly string[] SubFilters = ["ETSI.CAdES.detached", "adbe.pkcs7.detached", "ETSI.RFC3161", "adbe.pkcs7.sha1", "adbe.x509.rsa_sha1"];

    private readonly List<byte[]> _templates = [];
    private readonly List<byte[]> _seeds = [];
    private readonly int _hole;
    private readonly SeedBank _bank;

    public CmsTarget(SeedBank bank)
    {
        _bank = bank;
        var output = new MemoryStream();
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        var signed = identity.Sign(PdfFile.Open(SmallPdf.Make()), identity.Request("Bupati") with { ReservedContentsSize = Reserved }, output);
        var document = output.ToArray();
        bank.SignedContents.Add(SeedBank.ContentOf(document, [0, signed.ByteRange.Before, signed.ByteRange.BehindStart, signed.ByteRange.BehindLength]));
        _hole = (int)signed.ByteRange.Before + 1;
        var at = document.AsSpan().IndexOf("/ETSI.CAdES.detached"u8);
        foreach (var subFilter in SubFilters)
        {
            var template = document.ToArray();
            Encoding.ASCII.GetBytes(("/" + subFilter).PadRight(20)).CopyTo(template, at);
            _templates.Add(template);
        }
        _seeds.Add([0, .. signed.Cms.Span]);
        _seeds.AddRange(bank.SignedDataContainers.Select((c, i) => (byte[])[(byte)(i % 7 == 3 ? 3 : 1), .. c]));
        _seeds.AddRange(bank.TimeStamps.Take(40).Select(c => (byte[])[2, .. c]));
        _seeds.Add([4, 4, 3, 1, 2, 3]);
    }

    public override string Name => "cms";

    public override double Share => 1.5;

    public override IReadOnlyList<byte[]> Seeds => _seeds;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var subFilter = random.Next(20) == 0 ? (byte)random.Next(256) : seed.Length == 0 ? (byte)0 : seed[0];
        return [subFilter, .. DerMutator.Mutate(seed.Length == 0 ? [] : seed[1..], other.Length == 0 ? [] : other[1..], random)];
    }

    public override string Execute(byte[] input)
    {
        if (input.Length == 0)
            return "empty";
        var document = _templates[input[0] % _templates.Count].ToArray();
        var hole = document.AsSpan(_hole, 2 * Reserved);
        hole.Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexString(input.AsSpan(1, Math.Min(input.Length - 1, Reserved)))).CopyTo(hole);
        var evidence = PadesValidator.Collect(PdfBytes.From(document));
        var report = PadesValidator.Judge(evidence, ValidationTarget.PolicyFor(evidence));
        ValidationTarget.MustBeEarned(_bank, document, evidence, report);
        if (evidence.Signatures is not [var signature])
            return "no signature";
        var sub = report.Signatures.Count > 0 ? report.Signatures[0].SubIndication : null;
        return $"{report.Verdict}|{sub}|{string.Join(',', signature.Defects)}|{signature.Value}|{signature.DigestMatches}|{signature.DigestAlgorithm}|{signature.SignatureAlgorithm}|{signature.TimeStamps.FirstOrDefault()?.Problem}";
    }
}
