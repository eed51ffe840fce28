using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Tera.Pki.Certificates;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;

namespace Tera.Pki.Tests.Revocation;

public sealed class CrlTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Now = new(DateTime.UtcNow.Date, TimeSpan.Zero);

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Openssl_verifies_a_crl_and_finds_the_revoked_certificate()
    {
        using var folder = new TemporaryFolder();
        var (good, bad) = (_authority.Person(), _authority.Person());
        var crl = await Issue(Content(7, new RevokedEntry(bad.SerialNumber, Now.AddDays(-1), RevocationReason.KeyCompromise, Now.AddDays(-3))));
        var file = folder.Write("x.crl", crl);
        var issuing = folder.Write("ica.pem", Encoding.ASCII.GetBytes(_authority.Issuing.ToPem()));
        var root = folder.Write("root.pem", Encoding.ASCII.GetBytes(_authority.Root.ToPem()));

        var text = OpenSsl.Run(["crl", "-inform", "DER", "-in", file, "-noout", "-text", "-CAfile", issuing]).MustSucceed().Output;
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Contains("X509v3 CRL Number: \n                7", text, StringComparison.Ordinal);
        Assert.Contains("Key Compromise", text, StringComparison.Ordinal);
        Assert.Contains("Invalidity Date", text, StringComparison.Ordinal);

        string[] check = ["verify", "-CAfile", root, "-untrusted", issuing, "-CRLfile", file, "-crl_check"];
        OpenSsl.Run([.. check, folder.Write("good.pem", Encoding.ASCII.GetBytes(good.ToPem()))]).MustSucceed();
        var refused = OpenSsl.Run([.. check, folder.Write("bad.pem", Encoding.ASCII.GetBytes(bad.ToPem()))]);
        Assert.Contains("certificate revoked", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Openssl_refuses_a_shard_for_other_certificates()
    {
        using var folder = new TemporaryFolder();
        var crl = await Issue(Content(1) with { Scope = new CrlScope { Addresses = ["http://pki.contoh.go.id/lain.crl"], OnlyUserCertificates = true } });
        var root = folder.Write("root.pem", Encoding.ASCII.GetBytes(_authority.Root.ToPem()));
        var issuing = folder.Write("ica.pem", Encoding.ASCII.GetBytes(_authority.Issuing.ToPem()));
        var person = folder.Write("p.pem", Encoding.ASCII.GetBytes(_authority.Person().ToPem()));
        var verdict = OpenSsl.Run(["verify", "-CAfile", root, "-untrusted", issuing, "-CRLfile", folder.Write("x.crl", crl), "-crl_check", person]);
        Assert.Contains("different CRL scope", verdict.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var bad = _authority.Person();
        var entry = new RevokedEntry(bad.SerialNumber, Now.AddDays(-1), RevocationReason.Superseded, Now.AddDays(-2));
        var list = Decode(await Issue(Content(BigInteger.Pow(2, 100), entry) with { KeepsExpiredSince = Now.AddYears(-7) }));
        Assert.Equal(BigInteger.Pow(2, 100), list.Number);
        Assert.Equal(1, list.Count);
        Assert.Equal(entry, list.Find(_authority.Issuing.Subject, bad.SerialNumber));
        Assert.Null(list.Find(_authority.Root.Subject, bad.SerialNumber));
        Assert.Null(list.Find(_authority.Issuing.Subject, _authority.Person().SerialNumber));
        Assert.True(list.IsSignedBy(_authority.Issuing.SubjectPublicKeyInfo.Span));
        Assert.False(list.IsSignedBy(_authority.Root.SubjectPublicKeyInfo.Span));
    }

    [Fact]
    public async Task An_empty_crl_has_no_list_of_entries()
    {
        using var folder = new TemporaryFolder();
        var text = OpenSsl.Run(["crl", "-inform", "DER", "-in", folder.Write("x.crl", await Issue(Content(1))), "-noout", "-text"]).MustSucceed().Output;
        Assert.Contains("No Revoked Certificates", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crl_that_contradicts_itself_is_not_made()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Issue(Content(-1)));
        await Assert.ThrowsAsync<ArgumentException>(() => Issue(Content(1) with { NextUpdate = Now.AddDays(-1) }));
        await Assert.ThrowsAsync<ArgumentException>(() => Issue(Content(1, new RevokedEntry(_authority.Person().SerialNumber, Now, RevocationReason.RemoveFromCrl))));
    }

    [Fact]
    public async Task Time_grows_with_the_entries_and_not_with_their_square()
    {
        using var random = RandomNumberGenerator.Create();
        var serials = Enumerable.Range(0, 200_000).Select(_ => SerialNumber.Create(random)).ToArray();
        await Measure(serials[..1000]);
        var small = await Measure(serials[..50_000]);
        var large = await Measure(serials);
        output.WriteLine($"50,000 entries {small.TotalMilliseconds:0} ms, 200,000 entries {large.TotalMilliseconds:0} ms");
        // Four times the entries; a square would be sixteen times. The machine may be busy, so ten is the line.
        Assert.True(large < (small * 10) + TimeSpan.FromMilliseconds(200), $"{small} and {large}");
    }

    [Fact]
    public async Task Changed_bytes_never_throw_anything_but_a_refusal()
    {
        var crl = await Issue(Content(3, new RevokedEntry(_authority.Person().SerialNumber, Now, RevocationReason.Superseded)));
        var random = new Random(20261122);
        for (var round = 0; round < 3000; round++)
        {
            var changed = (byte[])crl.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (CertificateRevocationList.TryDecode(changed.AsMemory(0, random.Next(4) == 0 ? random.Next(changed.Length) : changed.Length), out var list, out var error))
            {
                list.Find(_authority.Issuing.Subject, _authority.Issuing.SerialNumber);
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }
    }

    private async Task<TimeSpan> Measure(SerialNumber[] serials)
    {
        var watch = Stopwatch.StartNew();
        var list = Decode(await Issue(Content(1, [.. serials.Select(s => new RevokedEntry(s, Now, RevocationReason.Superseded))])));
        Assert.Equal(serials.Length, list.Count);
        Assert.NotNull(list.Find(_authority.Issuing.Subject, serials[^1]));
        return watch.Elapsed;
    }

    private static CrlContent Content(BigInteger number, params RevokedEntry[] entries) => new()
    {
        Number = number, ThisUpdate = Now, NextUpdate = Now.AddDays(2), Entries = entries,
    };

    private Task<byte[]> Issue(CrlContent content) => new CrlIssuer(_authority.IssuingKey, _authority.Issuing).IssueAsync(content, CancellationToken.None).AsTask();

    private static CertificateRevocationList Decode(byte[] crl)
    {
        Assert.True(CertificateRevocationList.TryDecode(crl, out var list, out var error), error);
        return list;
    }
}
