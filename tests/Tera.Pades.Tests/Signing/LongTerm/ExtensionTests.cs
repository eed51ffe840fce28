using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing.LongTerm;

public sealed class ExtensionTests(LiveAuthorityFixture fixture) : IClassFixture<LiveAuthorityFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>Signers whose certificates name no responder and no list: each is the end of its own chain.</summary>
    private static readonly Certificate[] Unaddressed =
        [.. new[] { SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.EcdsaP256Sha256 }.Select(a => Certificate.Decode(Identity.Of(a).Chain[0]))];

    private LiveAuthority Authority => fixture.Authority;

    [Fact]
    public async Task A_signature_of_somebody_else_is_raised_step_by_step()
    {
        var signed = Identity.Of(SignatureAlgorithm.RsaPssSha256).Sign(SmallPdf.Make("object streams"), "Bupati");
        var stamped = await ExtendAsync(signed, PadesLevel.T);
        var longTerm = await ExtendAsync(stamped, PadesLevel.Lt);
        var archived = await ExtendAsync(longTerm, PadesLevel.Lta);
        Assert.Equal(["PAdES-B-B", "PAdES-B-T", "PAdES-B-LT", "PAdES-B-LTA"], new[] { signed, stamped, longTerm, archived }.Select(LevelOf));
        Assert.Equal(longTerm, archived[..longTerm.Length]);
        Assert.Equal("PAdES-B-LTA", LevelOf(await ExtendAsync(signed, PadesLevel.Lta)));
        using var file = TemporaryFile.Of(archived);
        Assert.True(ForeignTools.QpdfCheck(file.Path, out var message) == 0, message);
        Assert.Equal(1, ForeignTools.ValidSignatures(file.Path));
    }

    [Theory]
    [InlineData(DocMdpPermission.NoChanges)]
    [InlineData(DocMdpPermission.FormFilling)]
    public async Task A_document_certified_against_changes_stays_unchanged(DocMdpPermission permission)
    {
        var signed = Identity.Of(SignatureAlgorithm.EcdsaP256Sha256).Sign(SmallPdf.Make(), "Bupati", r => r with { Certify = permission });
        var archived = await ExtendAsync(signed, PadesLevel.Lta);
        var report = LongTermSigningTests.Validate(archived, Authority);
        Assert.Equal(ChangesAfter.Allowed, report.Signatures[0].ChangesAfter);
        Assert.NotEqual(FileVerdict.TotalFailed, report.Verdict);
    }

    [Fact]
    public async Task What_the_document_has_is_not_put_in_again()
    {
        var once = await ExtendAsync(await SignAsync(), PadesLevel.Lt);
        var (again, added) = await ExtendWithReportAsync(once, Authority.To(PadesLevel.Lt));
        Assert.Equal(once, again);
        Assert.Equal((0, 0, 0, 0), (added.Certificates, added.Crls, added.OcspResponses, added.TimeStamps));
        // What is there serves without the network.
        Assert.Equal(once, (await ExtendWithReportAsync(once, new ExtensionRequest { Level = PadesLevel.Lt })).Pdf);
    }

    [Fact]
    public async Task A_renewal_adds_what_proves_the_last_time_stamp_and_keeps_what_was_there()
    {
        var longTerm = await ExtendAsync(await SignAsync(), PadesLevel.Lt);
        // The archive time stamp shall be younger than the evidence there is of its authority.
        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancel);
        var first = await ExtendAsync(longTerm, PadesLevel.Lta);
        var (second, added) = await ExtendWithReportAsync(first, Authority.To(PadesLevel.Lta));
        Assert.Equal(1, added.TimeStamps);
        Assert.True(added.OcspResponses > 0, "nothing proves the first archive time stamp");
        var (old, now) = (Collect(first), Collect(second));
        Assert.Equal(first, second[..first.Length]);
        Assert.Equal(2, now.Signatures.Count(s => s.IsDocumentTimeStamp && s.IsIntact));
        Assert.All(old.StoredOcspResponses, o => Assert.Contains(now.StoredOcspResponses, n => n.Encoded.AsSpan().SequenceEqual(o.Encoded)));
        Assert.Equal(now.StoredOcspResponses.Count, now.StoredOcspResponses.DistinctBy(o => Convert.ToHexString(o.Encoded)).Count());
        using var file = TemporaryFile.Of(second);
        Assert.True(ForeignTools.QpdfCheck(file.Path, out var message) == 0, message);
    }

    [Fact]
    public async Task The_earlier_entries_of_a_foreign_store_are_kept()
    {
        var pdf = SmallPdf.Make(
            catalogExtra: "/DSS<</Certs 101 0 R/CRLs[]/VRI<</0123456789ABCDEF0123456789ABCDEF01234567<</Cert[100 0 R]>>>>>>",
            more: ["<</Length 3>>\nstream\nabc\nendstream", "[100 0 R]"]);
        var extended = PdfFile.Open(await ExtendAsync(await SignAsync(pdf), PadesLevel.Lt)).Latest;
        var store = extended.GetDictionary(extended.Catalog, "DSS")!;
        Assert.Equal(new PdfReference(new ObjectId(100)), extended.GetArray(store, "Certs")![0]);
        Assert.True(extended.GetArray(store, "Certs")!.Count > 3);
        Assert.NotNull(extended.GetDictionary(store, "VRI")!["0123456789ABCDEF0123456789ABCDEF01234567"]);
    }

    [Fact]
    public async Task The_document_is_read_once_for_all_of_it()
    {
        var pdf = SmallPdf.Make(catalogExtra: $"/Isi({new string('x', 300_000)})");
        Assert.Equal(await BytesRead(PadesLevel.T), await BytesRead(PadesLevel.Lta));

        async Task<long> BytesRead(PadesLevel level)
        {
            using var source = new CountingStream(pdf);
            await PadesSigner.SignAsync(PdfFile.Open(source), Stream.Null, Authority.PersonKey, Authority.SignatureRequest("Bupati"), Authority.To(level), Cancel);
            Assert.True(source.BytesAtLength(128 * 1024) > 200_000);
            return source.BytesAtLength(128 * 1024);
        }
    }

    [Theory]
    [InlineData("--encrypt", "rahasia", "pemilik", "256", "--")]
    [InlineData("--encrypt", "rahasia", "pemilik", "128", "--use-aes=y", "--")]
    [InlineData("--object-streams=generate", "--encrypt", "rahasia", "pemilik", "128", "--use-aes=n", "--")]
    public async Task An_encrypted_file_is_signed_extended_and_renewed(params string[] way)
    {
        using var plain = TemporaryFile.Of(SmallPdf.Make());
        using var encrypted = new TemporaryFile();
        Assert.NotEqual(2, ForeignTools.Run("qpdf", ["--allow-weak-crypto", plain.Path, .. way, encrypted.Path], out _));
        var pdf = await RaiseAsync(File.ReadAllBytes(encrypted.Path), (file, output) =>
            PadesSigner.SignAsync(file, output, Authority.PersonKey, Authority.SignatureRequest("Bupati"), Authority.To(PadesLevel.Lta), Cancel));
        pdf = await RaiseAsync(pdf, (file, output) => PadesExtender.ExtendAsync(file, output, Authority.To(PadesLevel.Lta), Cancel));

        var report = Assert.Single(Tera.Pades.Baseline.BaselineRequirements.Check(PdfFile.Open(pdf, password: "rahasia".AsMemory())));
        Assert.Equal(PadesLevel.Lta, report.Level);
        using var done = TemporaryFile.Of(pdf);
        Assert.True(ForeignTools.Run("qpdf", ["--password=rahasia", "--check", done.Path], out var message) == 0, message);
        ForeignTools.Run("pdfsig", ["-nocert", "-upw", "rahasia", done.Path], out var said);
        Assert.Contains("Signature is Valid", said, StringComparison.Ordinal);

        static async Task<byte[]> RaiseAsync(byte[] input, Func<PdfFile, Stream, Task> write)
        {
            var output = new MemoryStream();
            await write(PdfFile.Open(input, password: "rahasia".AsMemory()), output);
            return output.ToArray();
        }
    }

    [Fact]
    public async Task Foreign_files_get_a_time_stamp_that_others_accept()
    {
        var tried = 0;
        foreach (var row in Corpus.Rows("signed.tsv").Where(r => r["class"] == "clean").Take(30))
        {
            var pdf = File.ReadAllBytes(Corpus.Require(Path.Combine("signed", row["file"])));
            var before = Collect(pdf);
            if (before.Signatures.Count == 0 || !before.Signatures.All(s => s.IsIntact))
                continue;
            var extended = await ExtendAsync(pdf, PadesLevel.T);
            var after = Collect(extended);
            Assert.True(after.Signatures.All(s => s.IsIntact), row["file"]);
            Assert.All(LongTermSigningTests.Validate(extended, Authority).Signatures, s => Assert.NotEqual(ChangesAfter.Forbidden, s.ChangesAfter));
            using var one = TemporaryFile.Of(pdf);
            using var other = TemporaryFile.Of(extended);
            Assert.True(ForeignTools.ValidSignatures(one.Path) == ForeignTools.ValidSignatures(other.Path), row["file"]);
            Assert.True(ForeignTools.QpdfCheck(one.Path, out _) == ForeignTools.QpdfCheck(other.Path, out var message), message);
            tried++;
        }
        Assert.True(tried >= 15, $"only {tried} files");
    }

    private async Task<byte[]> SignAsync(byte[]? pdf = null)
    {
        var output = new MemoryStream();
        await PadesSigner.SignAsync(PdfFile.Open(pdf ?? SmallPdf.Make()), output, Authority.PersonKey, Authority.SignatureRequest("Bupati"), Authority.TimeStamps, Cancel);
        return output.ToArray();
    }

    private async Task<byte[]> ExtendAsync(byte[] pdf, PadesLevel level) => (await ExtendWithReportAsync(pdf, Authority.To(level) with { Anchors = Unaddressed })).Pdf;

    private static async Task<(byte[] Pdf, ExtendedPdf Report)> ExtendWithReportAsync(byte[] pdf, ExtensionRequest request)
    {
        var output = new MemoryStream();
        var report = await PadesExtender.ExtendAsync(PdfFile.Open(pdf), output, request, Cancel);
        Assert.Equal(output.Length, report.Length);
        Assert.Equal(pdf.Length + report.Appended.Length, output.Length);
        return (output.ToArray(), report);
    }

    private static Evidence Collect(byte[] pdf) => PadesValidator.Collect(PdfBytes.From(pdf));

    private string LevelOf(byte[] pdf) => LongTermSigningTests.Validate(pdf, Authority).Signatures[0].Level;
}
