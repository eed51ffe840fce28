using System.Security.Cryptography;
using System.Text;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing;

/// <summary>Files of every version, layout and size are signed and validated.</summary>
public sealed class KindsOfFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades");

    [Theory]
    [InlineData("1.0", "classic")]
    [InlineData("1.1", "classic")]
    [InlineData("1.2", "classic")]
    [InlineData("1.3", "classic")]
    [InlineData("1.4", "classic")]
    [InlineData("1.5", "xref stream")]
    [InlineData("1.5", "hybrid")]
    [InlineData("1.6", "object streams")]
    [InlineData("1.7", "linearized")]
    [InlineData("1.7", "linearized, object streams")]
    [InlineData("2.0", "classic")]
    [InlineData("2.0", "object streams")]
    [InlineData("2.0", "linearized")]
    public void A_file_is_signed_twice_and_both_signatures_hold(string version, string kind)
    {
        var pdf = Make(version, kind);
        var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
        foreach (var field in (string[])["Kabag", "Bupati"])
            pdf = identity.Sign(pdf, field);
        var path = Path.Combine(_folder.FullName, "signed.pdf");
        File.WriteAllBytes(path, pdf);
        Assert.True(ForeignTools.QpdfCheck(path, out var said) == 0, said);
        Assert.Equal(2, ForeignTools.ValidSignatures(path));
        var report = PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy { At = Identity.Now });
        Assert.Equal(2, report.Signatures.Count);
        Assert.All(report.Signatures, s => Assert.True(s.Intact && s.CoversWholeRevision && s.ChangesAfter != ChangesAfter.Forbidden, s.Reason));
    }

    // ISO 19005-1 6.1.3, 19005-2 6.3.2: what a file must have to be PDF/A, and what our part of it must not take away.
    [Theory]
    [InlineData("classic")]
    [InlineData("xref stream")]
    public void Nothing_that_PDF_A_forbids_is_added(string kind)
    {
        var pdf = SmallPdf.Make(kind);
        var file = PdfFile.Open(Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(pdf, "Bupati"));
        Assert.Equal(PdfFile.Open(pdf).Revisions[0].UsesXrefStream, file.Revisions[1].UsesXrefStream);
        Assert.Equal(2, ((PdfArray)file.Latest.Trailer["ID"]!).Count);
        var widget = SignatureField.Read(file.Latest)[0].Dictionary;
        var flags = ((PdfInteger)widget["F"]!).Value;
        // Print set; Invisible, Hidden, NoView and ToggleNoView clear.
        Assert.Equal(4, flags & (4 | 1 | 2 | 32 | 256));
        Assert.Null((file.Latest.Catalog!["AcroForm"] as PdfDictionary)?["NeedAppearances"]);
    }

    // Sparse files: only their ends are on the disk, but all of their bytes are hashed, which takes its time.
    [Theory(Explicit = true)]
    [InlineData(100_000_001L)]
    [InlineData((1L << 31) + 1)]
    [InlineData((1L << 32) + 1)]
    public void A_large_file_is_signed_in_place_and_validated(long length)
    {
        foreach (var kind in (string[])["classic", "xref stream"])
        {
            using var stream = new FileStream(Path.Combine(_folder.FullName, kind), FileMode.Create, FileAccess.ReadWrite);
            var small = SmallPdf.Make(kind);
            var startxref = Encoding.Latin1.GetString(small)[(Encoding.Latin1.GetString(small).LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0];
            stream.Write(small);
            stream.SetLength(length);
            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.ASCII.GetBytes($"\nstartxref\n{startxref}\n%%EOF\n"));
            stream.Flush();

            var identity = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256);
            var file = PdfFile.Open(stream);
            using var state = RevisionHash.Of(file.Bytes, HashAlgorithmName.SHA256);
            stream.Seek(0, SeekOrigin.End);
            var prepared = DocumentToSign.PrepareAppending(file, identity.Request("Bupati"), stream, state);
            var signed = prepared.Complete(identity.Signer.SignDigest(prepared.HashToSign.Span));
            stream.Flush();
            Assert.Equal(stream.Length, signed.Length);
            Assert.True(signed.ByteRange.BehindStart > length);

            var report = PadesValidator.Validate(PdfBytes.From(stream), new ValidationPolicy { At = Identity.Now });
            Assert.True(Assert.Single(report.Signatures).Intact, report.Reason);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private byte[] Make(string version, string kind)
    {
        if (!kind.StartsWith("linearized", StringComparison.Ordinal))
            return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(SmallPdf.Make(kind, pages: 3)).Replace("%PDF-1.7", "%PDF-" + version, StringComparison.Ordinal));
        var plain = Path.Combine(_folder.FullName, "plain.pdf");
        var path = Path.Combine(_folder.FullName, "linearized.pdf");
        File.WriteAllBytes(plain, SmallPdf.Make(pages: 3));
        var objects = kind.EndsWith("object streams", StringComparison.Ordinal) ? "generate" : "disable";
        Assert.Equal(0, ForeignTools.Run("qpdf", ["--linearize", $"--object-streams={objects}", $"--force-version={version}", plain, path], out _));
        return File.ReadAllBytes(path);
    }
}
