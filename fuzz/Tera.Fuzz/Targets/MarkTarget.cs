using Tera.Fuzz.Mutators;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Appearances;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pki.Keys;

namespace Tera.Fuzz.Targets;

/// <summary>The image of a mark: read, and drawn into a file.</summary>
internal sealed class MarkTarget : FuzzTarget
{
    // A JPEG up to its scan; its data is nobody's but the viewer's.
    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"u8,
        0xFF, 0xEE, 0, 14, .. "Adobe\0d\0\0\0\0\x02"u8, 0xFF, 0xC0, 0, 20, 8, 0, 9, 0, 7, 4, 1, 17, 0, 2, 17, 1, 3, 17, 1, 4, 17, 0, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9,
    ];

    private static readonly byte[] Palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 250, 240, 10];

    private readonly Identity _identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly byte[] _document = SmallPdf.Make();

    public override string Name => "mark";

    public override double Share => 0.5;

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        TestPng.Make(9, 7, 6, 16, true, (x, y, c) => x * y * c * 100),
        TestPng.Make(9, 7, 3, 2, false, (x, _, _) => x % 4, Palette, [0, 128]),
        TestPng.Make(9, 7, 0, 1, true, (x, y, _) => (x + y) % 2, transparency: [0, 1]),
        Jpeg,
    ];

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => ByteMutator.Mutate(seed, other, random, []);

    public override bool IsDocumented(Exception exception) => exception is MarkException;

    public override string ReasonOf(Exception exception) => exception is MarkException refused ? refused.Refusal.ToString() : "";

    public override string Execute(byte[] input)
    {
        var image = MarkImage.Read(input);
        var request = _identity.Request("Bupati") with
        {
            NewField = new SignatureFieldSpec("Bupati", 0, new PdfRectangle(72, 72, 200, 60)),
            Appearance = new SignatureAppearance(["Sari"]) { Picture = image },
        };
        _identity.Sign(PdfFile.Open(_document), request, Stream.Null);
        return $"{Math.ILogB(image.Width)}|{Math.ILogB(image.Height)}";
    }
}
