using System.Security.Cryptography;
using Tera.Pades.Signing;
using Tera.Pades.Signing.LongTerm;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Online;
using Tera.Pki.Profiles;
using Tera.Pki.Revocation;
using Tera.Pki.Revocation.Crl;
using Tera.Pki.Revocation.Ocsp;
using Tera.Pki.Tests.Online;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Tests.Signing.LongTerm;

/// <summary>
/// A real authority on loopback: root, issuing CA, OCSP responder, CRLs and a time-stamping unit, asked over HTTP. Each address can
/// be made to misbehave by putting another answer there.
/// </summary>
internal sealed class LiveAuthority : IDisposable
{
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly List<IDisposable> _owned = [];
    private readonly StatusSource _statuses = new();
    private readonly CertificateIssuer _rootIssuer;
    private readonly HttpClient _http = new();
    private int _crlNumber;

    public LiveAuthority()
    {
        RootKey = Key(SignatureAlgorithm.EcdsaP384Sha384);
        IssuingKey = Key(SignatureAlgorithm.EcdsaP384Sha384);
        Root = Issue(CertificateIssuer.PrepareRoot(RootKey, Request(BuiltInProfiles.Root, RootKey, Now.AddYears(-1), ("CN", "Akar Contoh")), _random));
        _rootIssuer = new CertificateIssuer(RootKey, Root, Locations("root"), _random);
        Issuing = Issue(_rootIssuer.Prepare(Request(BuiltInProfiles.Issuing, IssuingKey, Now.AddMonths(-6), ("CN", "CA Penerbit Contoh"))));
        Issuer = new CertificateIssuer(IssuingKey, Issuing, Locations("issuing"), _random);
        UnitKey = Key(SignatureAlgorithm.EcdsaP256Sha256);
        Unit = Issue(Issuer.Prepare(Request(BuiltInProfiles.TimeStamping, UnitKey, Now.AddDays(-20), ("CN", "Penanda Waktu Contoh"))));
        PersonKey = Key(SignatureAlgorithm.EcdsaP256Sha256);
        Person = Issue(Issuer.Prepare(Request(
            BuiltInProfiles.Person, PersonKey, Now.AddDays(-10), ("CN", "Siti Contoh"), ("GN", "Siti"), ("SN", "Contoh"), ("serialNumber", "T-4711"))));

        Server.On("/root.cer", Root.Encoded.ToArray());
        Server.On("/issuing.cer", Issuing.Encoded.ToArray());
        Server.On("/root.crl", _ => Task.FromResult(Crl(RootKey, Root)));
        Server.On("/issuing.crl", _ => Task.FromResult(Crl(IssuingKey, Issuing)));
        Server.On("/ocsp/issuing", Responder(Issue(Issuer.Prepare(Request(BuiltInProfiles.Ocsp, ResponderKey = Key(SignatureAlgorithm.EcdsaP256Sha256), Now.AddDays(-1), ("CN", "Penjawab OCSP"))))));
        var unit = new TimeStampResponder(
            UnitKey, Unit, [Issuing], new TimeStampResponderOptions { DefaultPolicy = "1.3.6.1.4.1.99999.2.1" },
            new TrustingTimeStampClock(TimeProvider.System, TimeSpan.FromMilliseconds(1500)), new RandomTimeStampSerials(_random));
        Server.On("/tsa", body => unit.RespondAsync(body, CancellationToken.None).AsTask());
        TimeStamps = new HttpTimeStampClient(_http, new Uri(Server.Address + "/tsa"), _random);
        Source = NewSource();
    }

    /// <summary>Foreign tools judge by today's clock.</summary>
    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public LoopbackServer Server { get; } = new();

    public SoftwareSigner RootKey { get; }

    public SoftwareSigner IssuingKey { get; }

    public SoftwareSigner UnitKey { get; }

    public SoftwareSigner PersonKey { get; }

    public SoftwareSigner ResponderKey { get; }

    public Certificate Root { get; }

    public Certificate Issuing { get; }

    public Certificate Unit { get; }

    public Certificate Person { get; }

    public CertificateIssuer Issuer { get; }

    public ITimeStampClient TimeStamps { get; }

    public HttpValidationDataSource Source { get; }

    public HttpValidationDataSource NewSource()
    {
        var source = new HttpValidationDataSource(TimeProvider.System, new HttpFetchOptions { AllowsPrivateAddresses = true, CacheCapacity = 0 });
        _owned.Add(source);
        return source;
    }

    /// <summary>A request by which only the signer's own certificate travels: the rest has to be fetched.</summary>
    public SignatureRequest SignatureRequest(string field) => new()
    {
        FieldName = field,
        SigningTime = Now,
        Chain = [Person.Encoded],
        Algorithm = PersonKey.Algorithm,
        Reason = "Dokumen telah disetujui",
    };

    public ExtensionRequest To(PadesLevel level) => new() { Level = level, TimeStamps = TimeStamps, Source = Source };

    public void Revoke(Certificate certificate, DateTimeOffset at) => _statuses.Revoked[certificate.SerialNumber] = at;

    public SoftwareSigner Key(SignatureAlgorithm algorithm)
    {
        var key = KeyPairs.Create(algorithm, rsaBits: 2048);
        _owned.Add(key);
        return key;
    }

    public Func<byte[], Task<byte[]>> Responder(Certificate certificate, SoftwareSigner? key = null)
    {
        var responder = new OcspResponder(key ?? ResponderKey, certificate, Issuing, _statuses, TimeProvider.System);
        return async body => (await responder.RespondAsync(body, CancellationToken.None)).Body;
    }

    public byte[] Crl(SoftwareSigner key, Certificate issuer, TimeSpan age = default) => new CrlIssuer(key, issuer).IssueAsync(
        new CrlContent
        {
            Number = ++_crlNumber,
            ThisUpdate = Now - age,
            NextUpdate = Now - age + TimeSpan.FromDays(1),
            Entries = issuer.Equals(Issuing) ? _statuses.Revoked.OrderBy(r => r.Key).Select(r => new RevokedEntry(r.Key, r.Value, RevocationReason.KeyCompromise, null)) : [],
        },
        CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public static EnrollmentRequest Request(CertificateProfile profile, ISigner key, DateTimeOffset from, params (string Type, string Value)[] subject) => new()
    {
        Profile = profile,
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        Subject = [new SubjectAttribute("C", "ID"), new SubjectAttribute("O", "Kabupaten Contoh"), .. subject.Select(s => new SubjectAttribute(s.Type, s.Value))],
        NotBefore = from,
    };

    public static Certificate Issue(Preparation preparation) =>
        preparation.MustBeReady().IssueAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Certificate;

    public void Dispose()
    {
        Server.Dispose();
        _http.Dispose();
        _owned.ForEach(o => o.Dispose());
        _random.Dispose();
    }

    private IssuerLocations Locations(string name) => new()
    {
        CaIssuers = $"{Server.Address}/{name}.cer",
        Ocsp = $"{Server.Address}/ocsp/{name}",
        CrlsOf = _ => [$"{Server.Address}/{name}.crl"],
    };

    private sealed class StatusSource : IOcspStatusSource
    {
        public Dictionary<SerialNumber, DateTimeOffset> Revoked { get; } = [];

        public ValueTask<CertificateStatus> FindAsync(SerialNumber serialNumber, CancellationToken cancellationToken) =>
            ValueTask.FromResult<CertificateStatus>(
                Revoked.TryGetValue(serialNumber, out var at) ? new CertificateStatus.Revoked(at, RevocationReason.KeyCompromise) : new CertificateStatus.Good());
    }
}
