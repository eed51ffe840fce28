using System.Security.Cryptography;
using Tera.Pades.Baseline;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing;
using Tera.Pades.Tests.Signing.LongTerm;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Tests.Baseline;

/// <summary>The lines of B-T, B-LT and B-LTA: our own signatures keep each, and for each there is a file that breaks it.</summary>
public sealed class LongTermRequirementsTests(LiveAuthorityFixture fixture) : IClassFixture<LiveAuthorityFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private LiveAuthority Authority => fixture.Authority;

    [Theory]
    [InlineData(PadesLevel.T)]
    [InlineData(PadesLevel.Lt)]
    [InlineData(PadesLevel.Lta)]
    public async Task What_we_sign_and_extend_keeps_every_line_of_its_level(PadesLevel level)
    {
        var signed = await SignAsync(level);
        Assert.Equal(level, Check(signed).Level);
        // Raised from B-B: the first document time stamp proves the time, the next one covers the values.
        var raised = await ExtendAsync(await SignAsync(PadesLevel.B), level);
        Assert.Equal(level, Check(raised).Level);
        if (level == PadesLevel.Lta)
            Assert.Equal(PadesLevel.Lta, Check(await ExtendAsync(await ExtendAsync(signed, level), level)).Level);
    }

    [Fact]
    public async Task No_time_stamp_breaks_t() =>
        Assert.Contains("t.time-stamp", Broken(await SignAsync(PadesLevel.B)));

    [Fact]
    public async Task A_time_stamp_after_the_end_of_the_certificate_breaks_t()
    {
        // Its authority lives in the year after the signer's certificate ends.
        var late = new Lying(Authority.TimeStamps, imprint => Token(imprint, Authority.Person.NotAfter.AddDays(1)));
        var pdf = await SignAsync(PadesLevel.T, Authority.To(PadesLevel.T) with { TimeStamps = late });
        Assert.Equal(["t.before-expiry"], Broken(pdf).Where(b => b.StartsWith("t.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_store_lt_is_broken()
    {
        Assert.Equal(["lt.store", "lt.certificates"], Broken(await SignAsync(PadesLevel.T)).Where(b => b.StartsWith("lt.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_store_that_lacks_an_issuer_or_a_response_breaks_lt()
    {
        var full = await SignAsync(PadesLevel.Lt);
        Assert.Equal(["lt.certificates"], LongTermOnly(Broken(WithStore(full, (key, data) => key != "Certs" || !Same(data, Authority.Root)))));
        Assert.Equal(["lt.revocation"], LongTermOnly(Broken(WithStore(full, (key, _) => key != "OCSPs"))));
        Assert.Equal(["lt.revocation"], LongTermOnly(Broken(WithStore(full, (key, _) => key != "CRLs"))));
        Assert.Empty(LongTermOnly(Broken(WithStore(full, (_, _) => true))));
    }

    [Fact]
    public async Task Revocation_data_that_is_not_fresh_breaks_lt()
    {
        var full = await SignAsync(PadesLevel.Lt);
        var old = Authority.Crl(Authority.RootKey, Authority.Root, TimeSpan.FromDays(30));
        Assert.Equal(["lt.revocation"], LongTermOnly(Broken(WithStore(full, (key, _) => key != "CRLs", old))));
    }

    [Fact]
    public void Revocation_data_in_the_signature_itself_breaks_lt()
    {
        foreach (var type in (string[])["1.2.840.113549.1.9.16.2.24", "1.2.840.113583.1.1.8"])
            Assert.Contains("lt.values-in-store", Broken(new ForgedSignature { Cms = new ForgedCms { Unsigned = [type] } }.Build()));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef01234567", "<<>>", true)]
    [InlineData("0123456789ABCDEF", "<<>>", true)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF01234567", "<</Naskah 1>>", true)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF01234567", "<</Cert[]/CRL[]/OCSP[]>>", false)]
    public async Task A_vri_entry_of_another_name_or_content_breaks_lt(string name, string entry, bool isBroken)
    {
        var pdf = SmallPdf.Make(catalogExtra: $"/DSS<</VRI<</{name} {entry}>>>>");
        var output = new MemoryStream();
        await PadesSigner.SignAsync(PdfFile.Open(pdf), output, Authority.PersonKey, Authority.SignatureRequest("Bupati"), Authority.To(PadesLevel.Lt), Cancel);
        Assert.Equal(isBroken ? ["lt.vri"] : [], LongTermOnly(Broken(output.ToArray())));
    }

    [Fact]
    public async Task A_store_that_loses_a_value_breaks_lt()
    {
        var full = await SignAsync(PadesLevel.Lt);
        // What nobody needs, put in and taken out again.
        var more = WithStore(full, (_, _) => true, extraCertificate: Identity.Of(SignatureAlgorithm.EcdsaP384Sha384).Chain[1].ToArray(), keepHistory: true);
        Assert.Empty(LongTermOnly(Broken(more)));
        Assert.Equal(["lt.store-kept"], LongTermOnly(Broken(WithStore(more, (key, data) => key != "Certs" || !data.AsSpan().SequenceEqual(Identity.Of(SignatureAlgorithm.EcdsaP384Sha384).Chain[1].Span), keepHistory: true))));
    }

    [Fact]
    public async Task Without_a_document_time_stamp_lta_is_broken() =>
        Assert.Equal(["lta.time-stamp", "lta.covers"], Broken(await SignAsync(PadesLevel.Lt)));

    [Fact]
    public async Task A_document_time_stamp_over_something_else_breaks_lta()
    {
        var calls = 0;
        var lying = new Lying(Authority.TimeStamps, async imprint => await Authority.TimeStamps.StampAsync(++calls == 1 ? imprint : SHA256.HashData("lain"u8), HashAlgorithmName.SHA256, Cancel));
        var pdf = await SignAsync(PadesLevel.Lta, Authority.To(PadesLevel.Lta) with { TimeStamps = lying });
        Assert.Equal(["lta.imprint", "lta.covers"], Broken(pdf));
    }

    [Fact]
    public async Task A_document_time_stamp_before_the_validation_data_breaks_lta()
    {
        var stamped = await ExtendAsync(await SignAsync(PadesLevel.B), PadesLevel.T);
        Assert.Equal(["lta.covers"], Broken(await ExtendAsync(stamped, PadesLevel.Lt)));
    }

    [Fact]
    public void The_lines_of_these_levels_are_those_that_are_broken_above() => Assert.Equal(
        [
            "t.time-stamp", "t.before-expiry",
            "lt.store", "lt.certificates", "lt.revocation", "lt.values-in-store", "lt.vri", "lt.store-kept",
            "lta.time-stamp", "lta.imprint", "lta.covers",
        ],
        BaselineRequirements.All.Where(r => r.Level != PadesLevel.B).Select(r => r.Id));

    private async Task<byte[]> SignAsync(PadesLevel level, ExtensionRequest? request = null)
    {
        var output = new MemoryStream();
        var file = PdfFile.Open(SmallPdf.Make());
        if (level == PadesLevel.B)
            await PadesSigner.SignAsync(file, output, Authority.PersonKey, Authority.SignatureRequest("Bupati"), timeStamps: null, Cancel);
        else
            await PadesSigner.SignAsync(file, output, Authority.PersonKey, Authority.SignatureRequest("Bupati"), request ?? Authority.To(level), Cancel);
        return output.ToArray();
    }

    private async Task<byte[]> ExtendAsync(byte[] pdf, PadesLevel level)
    {
        var output = new MemoryStream();
        await PadesExtender.ExtendAsync(PdfFile.Open(pdf), output, Authority.To(level), Cancel);
        return output.ToArray();
    }

    /// <summary>The file before its store came, or after it, with a store of what is kept of it and more.</summary>
    private static byte[] WithStore(byte[] pdf, Func<string, byte[], bool> keep, byte[]? crl = null, byte[]? extraCertificate = null, bool keepHistory = false)
    {
        var file = PdfFile.Open(pdf);
        var store = file.Latest.GetDictionary(file.Latest.Catalog, "DSS")!;
        var before = keepHistory ? file : PdfFile.Open(pdf.AsMemory(0, (int)file.Revisions[^2].End!.Value));
        var update = new IncrementalUpdate(before);
        PdfReference[] Streams(string key, byte[]? more) => [.. file.Latest.GetArray(store, key)!
            .Select(i => file.Decode((PdfStream)file.Latest.Resolve(i)))
            .Where(data => keep(key, data))
            .Concat(more is null ? [] : [more])
            .Select(data => update.Add(new PdfStream(PdfDictionary.Of(), data)))];
        var made = PdfDictionary.Of(
            ("Type", new PdfName("DSS")), ("Certs", new PdfArray(Streams("Certs", extraCertificate))), ("CRLs", new PdfArray(Streams("CRLs", crl))), ("OCSPs", new PdfArray(Streams("OCSPs", null))));
        update.Put(before.Latest.CatalogId!.Value, before.Latest.Catalog!.With("DSS", update.Add(made)));
        var output = new MemoryStream();
        update.WriteTo(output);
        return output.ToArray();
    }

    private async Task<byte[]> Token(ReadOnlyMemory<byte> imprint, DateTimeOffset at)
    {
        var key = Authority.Key(SignatureAlgorithm.EcdsaP256Sha256);
        var unit = LiveAuthority.Issue(Authority.Issuer.Prepare(LiveAuthority.Request(Tera.Pki.Profiles.BuiltInProfiles.TimeStamping, key, at.AddDays(-1), ("CN", "Penanda Waktu Kelak"))));
        using var random = RandomNumberGenerator.Create();
        var responder = new TimeStampResponder(
            key, unit, [Authority.Issuing], new TimeStampResponderOptions { DefaultPolicy = "1.3.6.1.4.1.99999.2.1" },
            new TrustingTimeStampClock(new SetClock(at), TimeSpan.FromSeconds(1)), new RandomTimeStampSerials(random));
        var request = new TimeStampRequest(HashAlgorithmName.SHA256, imprint, new byte[] { 5 });
        return TimeStampAnswer.Check(request, await responder.RespondAsync(request.Encoded, Cancel), []);
    }

    private static bool Same(byte[] data, Certificate certificate) => certificate.Encoded.Span.SequenceEqual(data);

    private static BaselineReport Check(byte[] pdf) => Assert.Single(BaselineRequirements.Check(PdfFile.Open(pdf)));

    private static List<string> Broken(byte[] pdf) => [.. Check(pdf).Findings.Where(f => !f.Holds).Select(f => f.Requirement.Id)];

    private static IEnumerable<string> LongTermOnly(IEnumerable<string> ids) => ids.Where(i => i.StartsWith("lt.", StringComparison.Ordinal));

    private sealed class Lying(ITimeStampClient honest, Func<ReadOnlyMemory<byte>, Task<byte[]>> answer) : ITimeStampClient
    {
        public int? ExpectedTokenLength => honest.ExpectedTokenLength;

        public Task<byte[]> StampAsync(ReadOnlyMemory<byte> messageImprint, HashAlgorithmName hashAlgorithm, CancellationToken cancellationToken) => answer(messageImprint);
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
