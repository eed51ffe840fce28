using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pades.Tests.Signing.LongTerm;

/// <summary>openssl's opinion of the CMS structures and tokens that lie in our files.</summary>
public sealed class OpenSslTests(LiveAuthorityFixture fixture) : IClassFixture<LiveAuthorityFixture>
{
    public static TheoryData<string> Algorithms { get; } = [.. SignatureAlgorithm.Signing.Where(a => !a.SignsMessage).Select(a => a.Name)];

    private LiveAuthority Authority => fixture.Authority;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Openssl_verifies_signature_and_tokens_of_each_algorithm(string algorithm)
    {
        var identity = Identity.Of(SignatureAlgorithm.FindByName(algorithm)!);
        var output = new MemoryStream();
        await PadesSigner.SignAsync(
            PdfFile.Open(SmallPdf.Make()), output, identity.Signer, identity.Request("Bupati"),
            Authority.To(PadesLevel.Lta) with { Anchors = [Certificate.Decode(identity.Chain[0])] }, TestContext.Current.CancellationToken);
        var pdf = output.ToArray();
        var evidence = PadesValidator.Collect(PdfBytes.From(pdf));

        using var content = TemporaryFile.Of(Covered(pdf, evidence.Signatures[0]));
        using var cms = TemporaryFile.Of(evidence.Signatures[0].Container);
        using var root = Pem(identity.Chain[1]);
        Run("cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", cms.Path, "-content", content.Path, "-CAfile", root.Path, "-purpose", "any", "-no_check_time", "-out", "/dev/null");

        var signer = SignedData.Read(evidence.Signatures[0].Container, out _)!.Signers[0];
        VerifyToken(Assert.Single(evidence.Signatures[0].TimeStamps).Token, signer.Signature.ToArray());
        var document = Assert.Single(evidence.Signatures, s => s.IsDocumentTimeStamp);
        VerifyToken(document.Container, Covered(pdf, document));
    }

    private void VerifyToken(byte[] token, byte[] stamped)
    {
        using var file = TemporaryFile.Of(token);
        using var data = TemporaryFile.Of(stamped);
        using var root = Pem(Authority.Root.Encoded);
        Run("ts", "-verify", "-token_in", "-in", file.Path, "-data", data.Path, "-CAfile", root.Path);
    }

    private static TemporaryFile Pem(ReadOnlyMemory<byte> certificate) =>
        TemporaryFile.Of(System.Text.Encoding.ASCII.GetBytes(Certificate.Decode(certificate).ToPem()));

    private static byte[] Covered(byte[] pdf, SignatureEvidence signature)
    {
        var range = signature.ByteRange.Select(n => (int)n).ToArray();
        return [.. pdf.AsSpan(range[0], range[1]), .. pdf.AsSpan(range[2], range[3])];
    }

    private static void Run(params string[] arguments)
    {
        var code = ForeignTools.Run("openssl", arguments, out var output);
        Assert.True(code == 0, $"openssl {arguments[0]}: {output}");
    }
}
