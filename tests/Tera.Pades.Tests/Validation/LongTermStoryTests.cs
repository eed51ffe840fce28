using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Cms;
using Tera.Pades.Validation;
using Tera.Pades.Validation.Policies;
using static Tera.Pades.Tests.Validation.Story;

namespace Tera.Pades.Tests.Validation;

/// <summary>The verdicts of EN 319 102-1 over the years of a document: what ends, what is revoked, and what time stamps prove.</summary>
public sealed class LongTermStoryTests
{
    private static readonly Party Root = Party.Root();
    private static readonly Party Issuing = Root.Authority("Penerbit Uji", 2005, 2050);
    private static readonly Party Sari = Issuing.Signer(2020, 2022);
    private static readonly Party Stamper = Root.TimeStamper(2018, 2028);
    private static readonly DateTimeOffset Signing = new(2021, 6, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_signature_passes_while_its_certificate_lasts_and_then_lacks_proof()
    {
        var story = new Story().Sign(Sari, Signing);
        Expect(story.Judge(Signing.AddDays(1), Root), Indication.TotalPassed, null, proven: false);
        Expect(story.Judge(Year(2025), Root), Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe);
        Expect(story.Judge(Year(2019), Root), Indication.TotalFailed, SubIndication.NotYetValid);
    }

    [Fact]
    public void An_ended_certificate_that_a_fresh_list_still_knows_as_good_is_out_of_bounds_but_not_revoked() => Expect(
        new Story().Sign(Sari, Signing).Store(Issuing.Crl(Year(2021), Year(2030)), Root.Crl(Year(2021), Year(2030))).Judge(Year(2023), Root),
        Indication.Indeterminate, SubIndication.OutOfBoundsNotRevoked);

    [Fact]
    public void A_time_stamp_proves_the_signature_older_than_the_end_of_its_certificate()
    {
        var story = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1)));
        Expect(story.Judge(Year(2025), Root), Indication.TotalPassed, null, proven: true);
        // The time stamp's own authority ends in 2028, and nothing proves that it is older.
        var later = story.Judge(Year(2029), Root);
        Expect(later, Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe, proven: false);
        Assert.Equal(SubIndication.OutOfBoundsNoPoe, later.TimeStamps[0].SubIndication);
    }

    [Fact]
    public void Archive_time_stamps_carry_it_on_as_long_as_each_comes_before_the_end_of_the_one_before()
    {
        var second = Root.TimeStamper(2026, 2036);
        var third = Root.TimeStamper(2034, 2044);
        var renewed = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1)))
            .Store(Issuing.Crl(Signing.AddDays(1), Signing.AddDays(30)), Root.Crl(Year(2021), Year(2040)))
            .StampDocument(Stamper, Signing.AddDays(2))
            .StampDocument(second, Year(2027));
        Expect(renewed.Judge(Year(2035), Root), Indication.TotalPassed, null, proven: true);
        Assert.Equal(Signing.AddMinutes(1), renewed.Judge(Year(2035), Root).Signatures[0].SignedAt);
        Assert.All(renewed.Judge(Year(2035), Root).TimeStamps, t => Assert.Equal(Indication.TotalPassed, t.Indication));
        Expect(renewed.Judge(Year(2040), Root), Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe);
        Expect(renewed.StampDocument(third, Year(2035)).Judge(Year(2040), Root), Indication.TotalPassed, null, proven: true);
        // Also where nobody may be trusted without proof of not being revoked: the lists in the store were there in time.
        Expect(new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1)))
            .Store(Issuing.Crl(Signing.AddDays(1), Signing.AddDays(30)), Root.Crl(Year(2021), Year(2029)), Root.Crl(Year(2027), Year(2035)))
            .StampDocument(second, Year(2027))
            .Store(Root.Crl(Year(2035), Year(2041)))
            .StampDocument(third, Year(2035))
            .Judge(Year(2036), Root, p => p with { RequireRevocation = true }), Indication.TotalPassed, null, proven: true);
    }

    [Fact]
    public void A_renewal_that_comes_too_late_proves_nothing()
    {
        var late = Root.TimeStamper(2028, 2038);
        var story = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1))).StampDocument(late, Year(2029));
        Expect(story.Judge(Year(2030), Root), Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe, proven: true);
        Assert.Equal(SubIndication.OutOfBoundsNoPoe, story.Judge(Year(2030), Root).TimeStamps[0].SubIndication);
    }

    [Theory]
    [InlineData("after the time stamp", 30, true, Indication.TotalPassed, null)]
    [InlineData("before signing", -30, true, Indication.TotalFailed, SubIndication.Revoked)]
    [InlineData("after signing, no time stamp", 30, false, Indication.Indeterminate, SubIndication.RevokedNoPoe)]
    [InlineData("before signing, no time stamp", -30, false, Indication.Indeterminate, SubIndication.RevokedNoPoe)]
    public void A_revoked_signer(string what, int days, bool stamped, Indication indication, SubIndication? sub)
    {
        var crl = Issuing.Crl(Signing.AddDays(60), Signing.AddYears(9), (Sari, Signing.AddDays(days), X509RevocationReason.KeyCompromise));
        var story = new Story().Sign(Sari, Signing, stamped ? [Stamp(Stamper, Signing.AddMinutes(1))] : []).Store(crl);
        var report = story.Judge(Signing.AddDays(90), Root);
        Assert.True(report.Signatures[0].Indication == indication && report.Signatures[0].SubIndication == sub, $"{what}: {report.Reason}");
    }

    [Fact]
    public void A_revocation_between_the_claimed_time_and_the_time_stamp_proves_nothing_either_way()
    {
        var crl = Issuing.Crl(Signing.AddDays(60), Signing.AddYears(9), (Sari, Signing.AddHours(1), X509RevocationReason.KeyCompromise));
        Expect(new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddHours(2))).Store(crl).Judge(Signing.AddDays(90), Root), Indication.Indeterminate, SubIndication.RevokedNoPoe);
    }

    [Fact]
    public void A_signature_over_an_earlier_time_stamp_is_proven_to_be_younger()
    {
        // It claims to be older than the revocation, but covers a time stamp that is younger.
        var crl = Issuing.Crl(Signing.AddDays(60), Signing.AddYears(9), (Sari, Signing.AddDays(10), X509RevocationReason.KeyCompromise));
        var report = new Story().StampDocument(Stamper, Signing.AddDays(20)).Sign(Sari, Signing).Store(crl).Judge(Signing.AddDays(90), Root);
        Expect(report, Indication.TotalFailed, SubIndication.Revoked);
    }

    [Fact]
    public void A_revoked_authority_takes_what_has_no_proof_with_it()
    {
        var crl = Root.Crl(Signing.AddDays(60), Signing.AddYears(9), (Issuing, Signing.AddDays(30), X509RevocationReason.CACompromise));
        Expect(new Story().Sign(Sari, Signing).Store(crl).Judge(Signing.AddDays(90), Root), Indication.Indeterminate, SubIndication.RevokedCaNoPoe);
        Expect(new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1))).Store(crl).Judge(Signing.AddDays(90), Root), Indication.TotalPassed, null, proven: true);
    }

    [Fact]
    public void A_revoked_time_stamping_authority_needs_a_later_time_stamp_that_proves_its_own()
    {
        var other = Root.TimeStamper(2018, 2030);
        var crl = Root.Crl(Signing.AddDays(60), Signing.AddYears(9), (Stamper, Signing.AddDays(30), X509RevocationReason.KeyCompromise));
        var alone = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1))).Store(crl);
        Assert.Equal(SubIndication.RevokedNoPoe, alone.Judge(Signing.AddDays(90), Root).TimeStamps[0].SubIndication);
        Assert.False(alone.Judge(Signing.AddDays(90), Root).Signatures[0].IsTimeProven);

        var covered = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1))).StampDocument(other, Signing.AddDays(20)).Store(crl).Judge(Signing.AddDays(90), Root);
        Assert.Equal(Indication.TotalPassed, covered.TimeStamps[0].Indication);
        Assert.Equal(Signing.AddMinutes(1), covered.Signatures[0].SignedAt);

        var tooLate = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1))).StampDocument(other, Signing.AddDays(40)).Store(crl).Judge(Signing.AddDays(90), Root);
        Assert.Equal(SubIndication.RevokedNoPoe, tooLate.TimeStamps[0].SubIndication);
        Assert.Equal(Signing.AddDays(40), tooLate.Signatures[0].SignedAt);
    }

    [Fact]
    public void A_certificate_on_hold_is_to_be_asked_about_later() => Expect(
        new Story().Sign(Sari, Signing).Store(Issuing.Crl(Signing.AddDays(1), Signing.AddYears(9), (Sari, Signing, X509RevocationReason.CertificateHold))).Judge(Signing.AddDays(2), Root),
        Indication.Indeterminate, SubIndication.TryLater);

    [Fact]
    public void Revocation_data_that_is_required_must_be_there_and_fresh()
    {
        static ValidationPolicy Required(ValidationPolicy policy) => policy with { RequireRevocation = true };
        var root = Root.Crl(Year(2021), Year(2030));
        Expect(new Story().Sign(Sari, Signing).Judge(Signing.AddDays(90), Root, Required), Indication.Indeterminate, SubIndication.TryLater);
        Expect(new Story().Sign(Sari, Signing).Store(root, Issuing.Crl(Signing.AddDays(1), Signing.AddDays(8))).Judge(Signing.AddDays(90), Root, Required), Indication.Indeterminate, SubIndication.TryLater);
        Expect(new Story().Sign(Sari, Signing).Store(root, Issuing.Crl(Signing.AddDays(1), Signing.AddDays(98))).Judge(Signing.AddDays(90), Root, Required), Indication.TotalPassed, null, proven: false);
        // Stale now, and fresh when the time stamp was made.
        Expect(new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1))).Store(root, Issuing.Crl(Signing.AddDays(1), Signing.AddDays(8))).Judge(Signing.AddDays(90), Root, Required),
            Indication.TotalPassed, null, proven: true);
        // The policy may ask for younger data than the data asks for itself.
        Expect(new Story().Sign(Sari, Signing).Store(root, Issuing.Crl(Signing.AddDays(1), Signing.AddDays(98)))
            .Judge(Signing.AddDays(90), Root, p => Required(p) with { RevocationMaximumAge = TimeSpan.FromDays(30) }), Indication.Indeterminate, SubIndication.TryLater);
    }

    [Fact]
    public void An_algorithm_that_has_ended_needs_proof_of_age()
    {
        var ancient = Issuing.Signer(2008, 2014);
        var old = Root.TimeStamper(2008, 2040);
        static SignatureEvidence Sha1(SignatureEvidence s) => s with { DigestAlgorithm = "1.3.14.3.2.26", SignatureAlgorithm = "1.2.840.10045.4.1" };
        Expect(new Story().Sign(ancient, Year(2011), Sha1).Judge(Year(2013), Root), Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe);
        Expect(new Story().Sign(ancient, Year(2011), Sha1, Stamp(old, Year(2011))).Judge(Year(2013), Root), Indication.TotalPassed, null, proven: true);
        Expect(new Story().Sign(ancient, Year(2011), Sha1, Stamp(old, Year(2011))).Judge(Year(2025), Root), Indication.TotalPassed, null, proven: true);
        Expect(new Story().Sign(ancient, Year(2011), Sha1, Stamp(old, Year(2013))).Judge(Year(2013).AddDays(9), Root), Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe);
        Expect(new Story().StampDocument(old, Year(2013)).Sign(ancient, Year(2011), Sha1).Judge(Year(2013).AddDays(9), Root), Indication.Indeterminate, SubIndication.CryptoConstraintsFailure);
        Expect(new Story().Sign(ancient, Year(2011), Sha1).Judge(Year(2013), Root, p => p with { CheckAlgorithms = false }), Indication.TotalPassed, null, proven: false);
    }

    [Fact]
    public void Ended_algorithms_count_in_the_chain_and_in_time_stamps_too()
    {
        var weak = Issuing.Signer(2008, 2030, HashAlgorithmName.SHA1);
        var old = Root.TimeStamper(2008, 2040);
        Expect(new Story().Sign(weak, Year(2011)).Judge(Year(2013), Root), Indication.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe);
        Expect(new Story().Sign(weak, Year(2011), Stamp(old, Year(2011))).Judge(Year(2013), Root), Indication.TotalPassed, null, proven: true);

        var imprint = new Story().Sign(weak, Year(2011), Stamp(old, Year(2011)) with { ImprintAlgorithm = "1.3.14.3.2.26" });
        Assert.Equal(SubIndication.CryptoConstraintsFailureNoPoe, imprint.Judge(Year(2013), Root).TimeStamps[0].SubIndication);
        // A later time stamp with a good digest, made before the end, keeps the older one's worth.
        Assert.Equal(Indication.TotalPassed, imprint.StampDocument(old, Year(2012)).Judge(Year(2013), Root).TimeStamps[0].Indication);
    }

    [Fact]
    public void Time_stamps_that_contradict_each_other_are_named()
    {
        var story = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddHours(2))).StampDocument(Stamper, Signing.AddHours(1));
        Expect(story.Judge(Signing.AddDays(1), Root), Indication.Indeterminate, SubIndication.TimestampOrderFailure);
        // Two clocks may differ by moments.
        Expect(new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddSeconds(62))).StampDocument(Stamper, Signing.AddSeconds(60)).Judge(Signing.AddDays(1), Root),
            Indication.TotalPassed, null, proven: true);
    }

    [Fact]
    public void A_time_stamp_may_have_to_come_soon() => Expect(
        new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddDays(3))).Judge(Signing.AddDays(9), Root, p => p with { MaximumTimeStampDelay = TimeSpan.FromDays(1) }),
        Indication.Indeterminate, SubIndication.SigConstraintsFailure);

    [Fact]
    public void A_time_stamp_outside_the_signers_certificate_is_proof_against_it()
    {
        Expect(new Story().Sign(Sari, Year(2019), Stamp(Stamper, Year(2019))).Judge(Signing, Root), Indication.TotalFailed, SubIndication.NotYetValid);
        Expect(new Story().Sign(Sari, Year(2023), Stamp(Stamper, Year(2023))).Judge(Year(2024), Root), Indication.TotalFailed, SubIndication.Expired);
        // It claims an earlier time, and nothing proves the claim wrong.
        Expect(new Story().Sign(Sari, Signing, Stamp(Stamper, Year(2023))).Judge(Year(2024), Root), Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe);
    }

    [Fact]
    public void A_time_stamp_that_states_a_time_outside_its_own_certificate_is_none() =>
        Assert.Equal(SubIndication.NotYetValid, new Story().Sign(Sari, Year(2017), Stamp(Stamper, Year(2017))).Judge(Signing, Root).TimeStamps[0].SubIndication);

    [Fact]
    public void Who_may_not_stamp_time_does_not() =>
        Assert.Equal(SubIndication.ChainConstraintsFailure, new Story().Sign(Sari, Signing, Stamp(Issuing.Signer(2018, 2030), Signing)).Judge(Signing.AddDays(1), Root).TimeStamps[0].SubIndication);

    [Fact]
    public void Trust_may_be_for_a_service_and_for_a_time()
    {
        ValidationPolicy Only(ValidationPolicy policy, params TrustedService[] services) => policy with { TrustAnchors = [], TrustedServices = services };
        var story = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing.AddMinutes(1)));
        var stamped = story.Judge(Year(2025), Root, p => Only(p, new TrustedService(Root.Certificate, TrustedServiceKind.TimeStamps)));
        Expect(stamped, Indication.Indeterminate, SubIndication.NoCertificateChainFound);
        Assert.True(stamped.TimeStamps[0].Trusted);
        var signed = story.Judge(Signing.AddDays(9), Root, p => Only(p, new TrustedService(Root.Certificate, TrustedServiceKind.Signatures)));
        Expect(signed, Indication.TotalPassed, null, proven: false);
        Assert.Equal(SubIndication.NoCertificateChainFound, signed.TimeStamps[0].SubIndication);

        var ended = new TrustedService(Root.Certificate, TrustedServiceKind.Signatures, Year(2005), Year(2022));
        var stamping = new TrustedService(Root.Certificate, TrustedServiceKind.TimeStamps);
        Expect(new Story().Sign(Sari, Signing).Judge(Year(2022).AddDays(9), Root, p => Only(p, ended, stamping)), Indication.Indeterminate, SubIndication.NoCertificateChainFoundNoPoe);
        Expect(story.Judge(Year(2025), Root, p => Only(p, ended, stamping)), Indication.TotalPassed, null, proven: true);
    }

    [Fact]
    public void What_does_not_hold_is_named_before_all_trust()
    {
        Expect(new Story().Sign(Sari, Signing, s => s with { DigestMatches = false }).Judge(Signing, Root), Indication.TotalFailed, SubIndication.HashFailure);
        Expect(new Story().Sign(Sari, Signing, s => s with { Value = SignatureValueState.DoesNotHold }).Judge(Signing, Root), Indication.TotalFailed, SubIndication.SigCryptoFailure);
        Expect(new Story().Sign(Sari, Signing, s => s with { Defects = [StructureDefect.HoleIsNotContents] }).Judge(Signing, Root), Indication.TotalFailed, SubIndication.FormatFailure);
        Expect(new Story().Sign(Sari, Signing, s => s with { SignerCertificate = null }).Judge(Signing, Root), Indication.Indeterminate, SubIndication.NoSigningCertificateFound);
        Expect(new Story().Sign(Sari, Signing, s => s with { DigestMatches = null }).Judge(Signing, Root), Indication.Indeterminate, SubIndication.SignedDataNotFound);
        Expect(new Story().Sign(Sari, Signing).Judge(Signing, Party.Root()), Indication.Indeterminate, SubIndication.CertificateChainGeneralFailure);
        Expect(new Story().Sign(Sari, Signing).Judge(Signing, Party.Root(name: "Akar Lain")), Indication.Indeterminate, SubIndication.NoCertificateChainFound);
    }

    [Fact]
    public void A_file_with_more_signatures_than_are_looked_at_does_not_pass()
    {
        var evidence = new Story().Sign(Sari, Signing).Evidence() with { HasMoreSignatures = true };
        var report = PadesValidator.Judge(evidence, new ValidationPolicy { At = Signing, TrustAnchors = [Root.Certificate] });
        Assert.Equal(FileVerdict.Indeterminate, report.Verdict);
        Assert.Contains("more signatures", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_citizen_is_told_whether_time_is_proven_what_came_later_and_how_long_it_lasts()
    {
        var plain = new Story().Sign(Sari, Signing).Judge(Signing.AddDays(1), Root).Signatures[0];
        Assert.Contains("what the signer says", VerdictSummary.English(plain)[0], StringComparison.Ordinal);
        Assert.Contains("pernyataan penanda tangan", VerdictSummary.Indonesian(plain)[0], StringComparison.Ordinal);
        Assert.Contains("may not be possible", VerdictSummary.English(plain)[2], StringComparison.Ordinal);
        Assert.Contains("PAdES-B-B", VerdictSummary.English(plain)[3], StringComparison.Ordinal);

        var archived = new Story().Sign(Sari, Signing, Stamp(Stamper, Signing)).Store(Issuing.Crl(Signing, Year(2030)), Root.Crl(Signing, Year(2030)))
            .StampDocument(Stamper, Signing.AddDays(1)).Judge(Year(2025), Root).Signatures[0];
        Assert.Equal("PAdES-B-LTA", archived.Level);
        Assert.Contains("proves when", VerdictSummary.English(archived)[0], StringComparison.Ordinal);
        Assert.Contains("permitted", VerdictSummary.English(archived)[1], StringComparison.Ordinal);
        Assert.Contains("many years", VerdictSummary.English(archived)[2], StringComparison.Ordinal);
        Assert.Equal(VerdictSummary.English(archived).Count, VerdictSummary.Indonesian(archived).Count);
    }

    private static void Expect(ValidationReport report, Indication indication, SubIndication? sub, bool? proven = null)
    {
        var one = Assert.Single(report.Signatures);
        Assert.True(one.Indication == indication && one.SubIndication == sub, $"{one.Indication} {one.SubIndication}: {one.Reason}");
        if (proven is { } expected)
            Assert.Equal(expected, one.IsTimeProven);
    }
}
