using Tera.Pades.Pdf;
using Tera.Pades.Signing;
using Tera.Pades.Tests.Pdf;
using Tera.Pades.Tests.Signing.LongTerm;
using Tera.Pades.Validation;
using Tera.Pki.Online;

namespace Tera.Pades.Tests.Validation;

/// <summary>What a file lacks is fetched through one source, becomes a fact, and is not fetched again when the facts are judged again.</summary>
public sealed class OutsideDataTests : IDisposable
{
    private readonly LiveAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_missing_issuer_and_revocation_data_are_fetched_and_kept_as_facts()
    {
        var evidence = await Signed();
        Assert.Equal(SubIndication.NoCertificateChainFound, PadesValidator.Judge(evidence, Policy).Signatures[0].SubIndication);

        var completed = await Complete(evidence, _authority.Source);
        Assert.NotEmpty(completed.Fetched!.Certificates);
        Assert.NotEmpty(completed.Fetched.OcspResponses);
        var report = PadesValidator.Judge(completed, Policy);
        Assert.Equal(FileVerdict.TotalPassed, report.Verdict);

        var asked = _authority.Server.Asked;
        var again = EvidenceJsonTests.Again(completed);
        Assert.Equal(ReportJson.Write([("a", report)]), ReportJson.Write([("a", PadesValidator.Judge(again, Policy))]));
        Assert.Equal(asked, _authority.Server.Asked);
    }

    [Fact]
    public async Task A_revocation_that_only_the_authority_knows_counts()
    {
        var evidence = await Signed();
        _authority.Revoke(_authority.Person, LiveAuthority.Now.AddDays(-1));
        Assert.Equal(SubIndication.RevokedNoPoe, PadesValidator.Judge(await Complete(evidence, _authority.Source), Policy).Signatures[0].SubIndication);
    }

    [Fact]
    public async Task Nothing_is_fetched_where_it_is_forbidden_or_could_not_help()
    {
        var evidence = await Signed();
        var before = _authority.Server.Asked;
        var forbidden = await Complete(evidence, NoValidationData.Instance);
        Assert.Equal(FileVerdict.Indeterminate, PadesValidator.Judge(forbidden, Policy).Verdict);
        var withoutRoots = Policy with { TrustAnchors = [] };
        Assert.Same(evidence, await PadesValidator.CompleteAsync(evidence, withoutRoots, _authority.Source, TimeProvider.System, TestContext.Current.CancellationToken));
        PadesValidator.Judge(evidence, Policy);
        Assert.Equal(before, _authority.Server.Asked);
    }

    [Fact]
    public async Task An_authority_that_does_not_answer_costs_no_more_than_the_time_allowed()
    {
        var evidence = await Signed();
        _authority.Server.On("/issuing.cer", async _ =>
        {
            await Task.Delay(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
            return [];
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var completed = await PadesValidator.CompleteAsync(evidence, Policy, _authority.Source, TimeProvider.System, limit.Token);
        Assert.Contains("the time for fetching was over", completed.Fetched!.Problems);
        Assert.Equal(FileVerdict.Indeterminate, PadesValidator.Judge(completed, Policy).Verdict);
    }

    private ValidationPolicy Policy => new() { At = LiveAuthority.Now.AddMinutes(1), TrustAnchors = [_authority.Root.Encoded] };

    private static Task<Evidence> Complete(Evidence evidence, IValidationDataSource source, ValidationPolicy policy) =>
        PadesValidator.CompleteAsync(evidence, policy, source, TimeProvider.System, TestContext.Current.CancellationToken);

    private Task<Evidence> Complete(Evidence evidence, IValidationDataSource source) => Complete(evidence, source, Policy);

    // Only the signer's own certificate travels with the signature.
    private async Task<Evidence> Signed()
    {
        var output = new MemoryStream();
        await PadesSigner.SignAsync(PdfFile.Open(SmallPdf.Make()), output, _authority.PersonKey, _authority.SignatureRequest("Bupati"), (Tera.Pki.TimeStamping.ITimeStampClient?)null, TestContext.Current.CancellationToken);
        return PadesValidator.Collect(PdfFile.Open(output.ToArray()));
    }
}
