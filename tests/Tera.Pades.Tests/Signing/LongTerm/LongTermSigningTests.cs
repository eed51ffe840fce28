using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Signing.LongTerm;

public sealed class LongTermSigningTests(LiveAuthorityFixture fixture) : IClassFixture<LiveAuthorityFixture>
{
    private LiveAuthority Authority => fixture.Authority;

    [Theory]
    [InlineData(PadesLevel.T, "PAdES-B-T", 0)]
    [InlineData(PadesLevel.Lt, "PAdES-B-LT", 0)]
    [InlineData(PadesLevel.Lta, "PAdES-B-LTA", 1)]
    public async Task A_signature_is_made_at_each_level_and_others_agree(PadesLevel level, string name, int documentTimeStamps)
    {
        foreach (var kind in SmallPdf.Kinds)
        {
            var pdf = await SignAsync(SmallPdf.Make(kind), level);
            using var file = TemporaryFile.Of(pdf);
            Assert.True(ForeignTools.QpdfCheck(file.Path, out var message) == 0, message);
            Assert.Equal(1, ForeignTools.ValidSignatures(file.Path));

            var report = Validate(pdf, Authority);
            var signature = Assert.Single(report.Signatures);
            Assert.Equal(name, signature.Level);
            Assert.Equal(documentTimeStamps, PadesValidator.Collect(PdfBytes.From(pdf)).Signatures.Count(s => s.IsDocumentTimeStamp && s.IsIntact));
            // A B-T file that carries the signer's certificate alone leads to no root by itself.
            Assert.True(level == PadesLevel.T || signature.Indication == Indication.TotalPassed, signature.Reason);
        }
    }

    internal static ValidationReport Validate(byte[] pdf, LiveAuthority authority) => PadesValidator.Validate(PdfBytes.From(pdf), new ValidationPolicy
    {
        At = TimeProvider.System.GetUtcNow(),
        TrustAnchors = [authority.Root.Encoded],
        RequireRevocation = true,
    });

    private async Task<byte[]> SignAsync(byte[] pdf, PadesLevel level)
    {
        var output = new MemoryStream();
        await PadesSigner.SignAsync(PdfFile.Open(pdf), output, Authority.PersonKey, Authority.SignatureRequest("Bupati"), Authority.To(level), TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
