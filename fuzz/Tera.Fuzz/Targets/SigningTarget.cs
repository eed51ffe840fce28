using Tera.Fuzz.Execution;
using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Targets;

/// <summary>A whole file opened and signed. What is there stays as it is, and the result opens and is intact.</summary>
internal sealed class SigningTarget(SeedBank bank) : FuzzTarget
{
    private readonly Identity _identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    public override string Name => "sign";

    public override double Share => 2;

    public override IReadOnlyList<byte[]> Seeds => bank.Documents;

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => PdfMutator.Mutate(seed, other, random);

    public override bool IsDocumented(Exception exception) => exception is PdfException or SigningException or MarkException;

    public override string Execute(byte[] input)
    {
        var file = PdfFile.Open(input);
        var request = RequestFor(input);
        var output = new MemoryStream();
        var made = _identity.Sign(file, request, output);
        var signed = output.ToArray();
        if (!signed.AsSpan().StartsWith(input))
            throw new BrokenPromiseException("signing changes no byte that is there");
        var evidence = PadesValidator.Collect(PdfBytes.From(signed));
        // By its bytes: an older revision may have had a field of the same name.
        var own = evidence.Signatures.FirstOrDefault(s => s.Field == request.FieldName && s.ByteRange is [0, var before, var behind, var length]
            && new ByteRange(before, behind, length) == made.ByteRange);
        if (own is null)
            throw new BrokenPromiseException("a signed file shows the signature that was made");
        if (!own.IsIntact)
            throw new BrokenPromiseException($"a signed file's new signature is intact ({string.Join(',', own.Defects)})");
        var report = PadesValidator.Judge(evidence, ValidationTarget.PolicyFor(evidence));
        return $"{report.Verdict}|{file.WasRepaired}|{Math.Min(file.Revisions.Count, 6)}|{file.Revisions[^1].UsesXrefStream}|{evidence.Changes.Count > 0}";
    }

    private SignatureRequest RequestFor(byte[] input)
    {
        var choice = input.Length == 0 ? 0 : input.Length ^ input[^1] ^ input[input.Length / 2];
        var request = _identity.Request((choice & 3) switch { 0 => "Bupati", 1 => "Signature1", 2 => "Sekda", _ => "Pejabat" });
        if ((choice & 4) != 0)
        {
            request = request with
            {
                NewField = new SignatureFieldSpec(request.FieldName, (choice >> 5) & 1, new PdfRectangle(72, 72, 200, 60)),
                Appearance = new SignatureAppearance(["Ditandatangani secara elektronik", "Sari Uji Coba"]),
            };
        }
        return (choice & 24) == 24 ? request with { Certify = DocMdpPermission.FormFilling } : request;
    }
}
