using System.Security.Cryptography;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Profiles;

namespace Tera.Pki.Tests;

/// <summary>The test PKI: our own root and issuing CA on P-384.</summary>
internal sealed class TestAuthority : IDisposable
{
    /// <summary>A month ago: foreign tools judge by today's clock.</summary>
    internal static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddDays(-30), TimeSpan.Zero);

    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly List<SoftwareSigner> _keys = [];

    internal TestAuthority()
    {
        RootKey = Key(SignatureAlgorithm.EcdsaP384Sha384);
        IssuingKey = Key(SignatureAlgorithm.EcdsaP384Sha384);
        Root = Issue(CertificateIssuer.PrepareRoot(RootKey, Request(BuiltInProfiles.Root, RootKey, Start.AddYears(-1), ("C", "ID"), ("O", "Contoh"), ("CN", "Akar Contoh")), _random));
        RootIssuer = new CertificateIssuer(RootKey, Root, Locations("akar"), _random);
        Issuing = Issue(RootIssuer.Prepare(Request(BuiltInProfiles.Issuing, IssuingKey, Start.AddMonths(-6), ("C", "ID"), ("O", "Contoh"), ("CN", "CA Penerbit Contoh"))));
        Issuer = new CertificateIssuer(IssuingKey, Issuing, Locations("penerbit"), _random);
    }

    internal SoftwareSigner RootKey { get; }

    internal SoftwareSigner IssuingKey { get; }

    internal Certificate Root { get; }

    internal Certificate Issuing { get; }

    internal CertificateIssuer RootIssuer { get; }

    internal CertificateIssuer Issuer { get; }

    public void Dispose()
    {
        _keys.ForEach(k => k.Dispose());
        _random.Dispose();
    }

    internal static EnrollmentRequest Request(CertificateProfile profile, ISigner key, DateTimeOffset from, params (string Type, string Value)[] subject) => new()
    {
        Profile = profile,
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        Subject = [.. subject.Select(s => new SubjectAttribute(s.Type, s.Value))],
        NotBefore = from,
    };

    internal static EnrollmentRequest PersonRequest(ISigner key) => Request(
        BuiltInProfiles.Person, key, Start, ("CN", "Siti Contoh"), ("GN", "Siti"), ("SN", "Contoh"), ("serialNumber", "T-4711"), ("O", "Kabupaten Contoh"), ("C", "ID"));

    internal static EnrollmentRequest RequestOf(CertificateProfile profile, ISigner key) => profile.Id switch
    {
        "person" => PersonRequest(key),
        "person-like-bsre" => Request(profile, key, Start, ("description", "AB12CD34EF56GH78_Tanda Tangan Digital"), ("CN", "Budi"), ("O", "Kabupaten Contoh"), ("C", "ID")),
        "seal" => Request(profile, key, Start, ("C", "ID"), ("O", "Kabupaten Contoh"), ("organizationIdentifier", "GO:ID-62.12"), ("CN", "Segel Kabupaten Contoh")),
        _ => Request(profile, key, Start, ("C", "ID"), ("O", "Contoh"), ("CN", $"Layanan {profile.Id}")),
    };

    internal static Certificate Issue(Preparation preparation) =>
        preparation.MustBeReady().IssueAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Certificate;

    internal SoftwareSigner Key(SignatureAlgorithm? algorithm = null)
    {
        var key = KeyPairs.Create(algorithm ?? SignatureAlgorithm.EcdsaP256Sha256, rsaBits: 2048);
        _keys.Add(key);
        return key;
    }

    internal Certificate Person(ISigner? key = null) => Issue(Issuer.Prepare(PersonRequest(key ?? Key())));

    private static IssuerLocations Locations(string name) => new()
    {
        CaIssuers = $"http://pki.contoh.go.id/{name}.cer",
        Ocsp = "http://ocsp.contoh.go.id",
        CrlsOf = _ => [$"http://pki.contoh.go.id/{name}.crl"],
    };
}
