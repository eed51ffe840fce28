using Tera.Fuzz.Mutators;
using Tera.Fuzz.Seeds;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Targets;

/// <summary>Encrypted files: the dictionary that says how, and strings and streams that decipher to anything.</summary>
internal sealed class EncryptionTarget(SeedBank bank) : FuzzTarget
{
    private readonly Identity _identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);

    public override string Name => "encryption";

    public override IReadOnlyList<byte[]> Seeds { get; } = [LockedPdf.Make(), .. bank.Documents.Where(d => d.Length < 64 * 1024 && d.AsSpan().IndexOf("/Encrypt"u8) >= 0)];

    public override byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        // The dictionary with the algorithms stands around /Standard: half of the mutations are there.
        var at = seed.AsSpan().IndexOf("/Standard"u8);
        if (at < 0 || random.Next(2) == 0)
            return PdfMutator.Mutate(seed, other, random);
        var (from, to) = (Math.Max(0, at - 400), Math.Min(seed.Length, at + 600));
        var middle = ByteMutator.Mutate(seed[from..to], [], random, PdfMutator.Words);
        return [.. seed.AsSpan(0, from), .. middle, .. seed.AsSpan(to)];
    }

    public override bool IsDocumented(Exception exception) => exception is PdfException or SigningException;

    public override string Execute(byte[] input)
    {
        var report = PadesValidator.Validate(PdfBytes.From(input), new ValidationPolicy { At = Identity.Now });
        var file = PdfFile.Open(input);
        foreach (var entry in file.Revisions[^1].Objects.Take(200))
        {
            if (file.TryGetObject(entry.Id, null, out var value) == PdfRefusal.None)
                PdfWalk.Visit(file, value);
        }
        var output = new MemoryStream();
        _identity.Sign(file, _identity.Request("Bupati"), output);
        var signed = PadesValidator.Collect(PdfBytes.From(output.ToArray()));
        return $"{report.Verdict}|{file.WasRepaired}|{signed.IsEncrypted}|{signed.Signatures.Count}";
    }
}
