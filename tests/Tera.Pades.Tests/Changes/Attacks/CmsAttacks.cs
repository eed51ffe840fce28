using static Tera.Pades.Tests.Changes.Attacks.FormAttacks;
using static Tera.Pades.Tests.Changes.Letter;

namespace Tera.Pades.Tests.Changes.Attacks;

/// <summary>
/// The CMS structure in /Contents, which is not signed itself, is bent: content inside, other algorithms, other certificates, other
/// attributes (Mladenov and others, CCS 2019, on /Contents; pyHanko's test_pdf_sig_with_econtent; DSS's enveloping CMS).
/// The signature's key is the attacker's own to use: what he signs with it he may encode as he likes.
/// </summary>
internal static class CmsAttacks
{
    private const int Digest = 2, Attributes = 3, Algorithm = 4, Value = 5;

    public static IEnumerable<(string Name, Action<CmsSurgery> Cut)> All =>
    [
        ("content inside", c => c.Enclose("Rp 9.000.000"u8.ToArray())),
        ("nothing inside", c => c.Enclose([])),
        ("another digest algorithm", c => c.Signer[Digest] = Convert.FromHexString("300906052B0E03021A0500")),
        ("another digest algorithm, announced", c =>
        {
            c.Signer[Digest] = Convert.FromHexString("300906052B0E03021A0500");
            c.DigestAlgorithms = Convert.FromHexString("310B300906052B0E03021A0500");
        }),
        ("no certificates", c => c.Certificates = [0xA0, 0x00]),
        ("a flipped bit in the value", c => c.Signer[Value][^1] ^= 1),
        ("an empty value", c => c.Signer[Value] = [0x04, 0x00]),
        ("a flipped bit in the attributes", c => c.Signer[Attributes][^1] ^= 1),
        ("no attributes", c => c.Signer.RemoveAt(Attributes)),
        ("another signature algorithm", c => c.Signer[Algorithm] = Convert.FromHexString("300D06092A864886F70D01010C0500")),
        ("no signer", c => c.Signers = 0),
        ("a structure cut short", c => c.Signer.RemoveAt(Value)),
    ];

    /// <summary>The letter, signed by hand, with the structure as it comes from the surgeon.</summary>
    public static byte[] Make(Action<CmsSurgery> cut, string kind) =>
        Forger.SignInOneRevision(Unsigned(kind), (u, v) => Field(u, $"<<{SignatureFieldAttacks.Seal(v)}/Rect[0 0 0 0]>>"), cms: built =>
        {
            var surgery = new CmsSurgery(built);
            cut(surgery);
            return surgery.Write();
        });
}
