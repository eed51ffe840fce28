using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Appearances;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing.LongTerm;
using Tera.Pades.Validation;
using Tera.Pki.Keys;
using Tera.Pki.Online;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Tests;

/// <summary>The examples of the README, run as they stand there against an authority on loopback.</summary>
public sealed class ReadmeTests(LiveAuthorityFixture fixture) : IClassFixture<LiveAuthorityFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pades-readme");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_examples_of_the_readme_work()
    {
        var authority = fixture.Authority;
        var (time, cancellationToken, passphrase) = (TimeProvider.System, CancellationToken.None, "kata sandi");
        using var http = new HttpClient();
        using var random = RandomNumberGenerator.Create();
        var tsa = new Uri(authority.Server.Address + "/tsa");
        var root = authority.Root.Encoded;
        ReadOnlyMemory<byte>[] chainOfRemoteKey = [authority.Person.Encoded, authority.Issuing.Encoded];
        Task<byte[]> signHash(ReadOnlyMemory<byte> hash) => authority.PersonKey.SignDigestAsync(hash, cancellationToken).AsTask();
        var (keyFile, letter, signedLetter, twiceSigned) = (At("kunci.p12"), At("surat.pdf"), At("surat-1.pdf"), At("surat-2.pdf"));
        File.WriteAllBytes(letter, SmallPdf.Make());
        File.WriteAllBytes(keyFile, Pkcs12(authority, passphrase));
        // README begins
        using var identity = Pkcs12Identity.Open(File.ReadAllBytes(keyFile), passphrase);
        using var network = new HttpValidationDataSource(time, new HttpFetchOptions { AllowsPrivateAddresses = true });
        var stamps = new HttpTimeStampClient(http, tsa, random);

        await using (var input = File.OpenRead(letter))
        await using (var output = File.Create(signedLetter))
        {
            var request = new SignatureRequest
            {
                FieldName = "Kepala Dinas",
                NewField = new SignatureFieldSpec("Kepala Dinas", PageIndex: 0, Rect: new PdfRectangle(330, 90, 200, 60)),
                Appearance = new SignatureAppearance(["Ditandatangani secara elektronik oleh", "Kepala Dinas Contoh"]),
                SigningTime = time.GetLocalNow(),
                Chain = [identity.Certificate, .. identity.OtherCertificates],
                Algorithm = identity.Signer.Algorithm,
                Reason = "Dokumen telah disetujui",
            };
            var longTerm = new ExtensionRequest { Level = PadesLevel.Lta, TimeStamps = stamps, Source = network };
            await PadesSigner.SignAsync(PdfFile.Open(input), output, identity.Signer, request, longTerm, cancellationToken);
        }

        await using (var input = File.OpenRead(signedLetter))
        await using (var output = File.Create(twiceSigned))
        {
            var prepared = DocumentToSign.Prepare(PdfFile.Open(input), new SignatureRequest
            {
                FieldName = "Bupati",
                SigningTime = time.GetLocalNow(),
                Chain = chainOfRemoteKey,
                Algorithm = SignatureAlgorithm.EcdsaP256Sha256,
            }, output);
            // Only this leaves the house: 32 bytes.
            byte[] value = await signHash(prepared.HashToSign);
            // A value that does not verify is refused, and the output holds the unchanged document.
            SignedPdf signed = prepared.Complete(value);
            Console.WriteLine($"{signed.Length} bytes; the signature covers {signed.ByteRange}");
        }

        var evidence = PadesValidator.Collect(PdfBytes.From(File.ReadAllBytes(twiceSigned)));
        var report = PadesValidator.Judge(evidence, new ValidationPolicy { At = time.GetUtcNow(), TrustAnchors = [root] });
        foreach (var signature in report.Signatures)
        {
            Console.WriteLine($"{signature.Field}: {signature.Indication} {signature.SubIndication} {signature.Level}; {signature.Reason}");
            Console.WriteLine($"  intact: {signature.Intact}; changes after it: {signature.ChangesAfter}");
        }
        // README ends
        Assert.Equal(2, report.Signatures.Count);
        Assert.All(report.Signatures, s => Assert.Equal(Indication.TotalPassed, s.Indication));
        Assert.Equal(["PAdES-B-LTA", "PAdES-B-B"], report.Signatures.OrderBy(s => s.Field == "Bupati").Select(s => s.Level));
    }

    [Fact]
    public void The_readme_shows_what_is_run_here()
    {
        var repository = Repository();
        var readme = File.ReadAllText(Path.Combine(repository, "src/Tera.Pades/README.md"));
        var shown = readme.Split("```csharp\n").Skip(1).SelectMany(b => Lines(b.Split("```")[0]));
        var source = File.ReadAllText(Path.Combine(repository, "tests/Tera.Pades.Tests/ReadmeTests.cs"));
        var run = Lines(source.Split("// README begins")[1].Split("// README ends")[0]);
        Assert.Equal(run, shown);
    }

    private static byte[] Pkcs12(LiveAuthority authority, string passphrase)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(authority.PersonKey.ExportPkcs8(), out _);
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Person.Encoded.Span);
        using var both = certificate.CopyWithPrivateKey(key);
        return both.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, passphrase);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tera.slnx")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return folder.FullName;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
