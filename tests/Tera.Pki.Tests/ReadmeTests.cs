using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Paths;
using Tera.Pki.Profiles;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.TimeStamping;

namespace Tera.Pki.Tests;

/// <summary>The examples of the README, run as they stand there.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_examples_of_the_readme_work()
    {
        var time = TimeProvider.System;
        var now = time.GetUtcNow();
        var cancellationToken = CancellationToken.None;
        // README begins
        using var random = RandomNumberGenerator.Create();
        using var rootKey = KeyPairs.Create(SignatureAlgorithm.EcdsaP384Sha384);
        var root = await CertificateIssuer.PrepareRoot(
            rootKey,
            new EnrollmentRequest
            {
                Profile = BuiltInProfiles.Root,
                SubjectPublicKeyInfo = rootKey.SubjectPublicKeyInfo,
                Subject = [new("C", "ID"), new("O", "Contoh"), new("CN", "Akar Contoh")],
                NotBefore = now,
            },
            random).MustBeReady().IssueAsync(cancellationToken);

        var issuer = new CertificateIssuer(rootKey, root.Certificate, IssuerLocations.None, random);
        using var unitKey = KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256);
        var preparation = issuer.Prepare(new EnrollmentRequest
        {
            Profile = BuiltInProfiles.TimeStamping with { HasCrlDistributionPoint = false, HasAuthorityInformation = false },
            SubjectPublicKeyInfo = unitKey.SubjectPublicKeyInfo,
            Subject = [new("C", "ID"), new("O", "Contoh"), new("CN", "Penanda Waktu Contoh")],
            NotBefore = now,
        });
        var unit = preparation switch
        {
            Preparation.Ready ready => (await ready.Certificate.IssueAsync(cancellationToken)).Certificate,
            Preparation.Refused refused => throw new InvalidOperationException(string.Join("; ", refused.Findings)),
            _ => throw new InvalidOperationException(),
        };

        var responder = new TimeStampResponder(
            unitKey, unit, [], new TimeStampResponderOptions { DefaultPolicy = "1.3.6.1.4.1.99999.2.1" },
            new TrustingTimeStampClock(time, TimeSpan.FromSeconds(1)), new RandomTimeStampSerials(random));
        var request = new TimeStampRequest(HashAlgorithmName.SHA256, SHA256.HashData("naskah"u8));
        var answer = await responder.RespondAsync(request.Encoded, cancellationToken);
        var encoded = TimeStampAnswer.Check(request, answer, knownCertificates: []);

        var list = await new CrlIssuer(rootKey, root.Certificate).IssueAsync(
            new CrlContent { Number = 1, ThisUpdate = now, NextUpdate = now.AddDays(1), Entries = [] }, cancellationToken);
        CertificateRevocationList.TryDecode(list, out var crl, out _);
        var result = PathValidator.Validate(new PathRequest
        {
            Leaf = unit,
            Anchors = [root.Certificate],
            At = now,
            Purposes = [Oids.KeyPurposeTimeStamping],
            Revocation = new RevocationEvidence { Crls = [crl!] },
        });
        Console.WriteLine($"{result.IsValid} {result.Reason} {result.Detail}");
        // README ends
        Assert.True(result.IsValid, result.Detail);
        Assert.True(TimeStampToken.TryDecode(encoded, out _, out _));
    }

    [Fact]
    public void The_readme_shows_what_is_run_here()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tera.slnx")))
        {
            folder = folder.Parent;
        }
        Assert.NotNull(folder);
        var readme = File.ReadAllText(Path.Combine(folder.FullName, "src/Tera.Pki/README.md"));
        var shown = readme.Split("```csharp\n").Skip(1).SelectMany(b => Lines(b.Split("```")[0]));
        var source = File.ReadAllText(Path.Combine(folder.FullName, "tests/Tera.Pki.Tests/ReadmeTests.cs"));
        var run = Lines(source.Split("// README begins")[1].Split("// README ends")[0]);
        Assert.Equal(run, shown);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0);
}
