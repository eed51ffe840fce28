using System.Security.Cryptography;
using System.Text;
using Tera.Authority.Audit;
using Tera.Authority.Requests;
using Tera.Authority.Vault;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;
using Tera.Pki.Profiles;

namespace Tera.Authority.Issuance;

/// <summary>
/// Root, issuing CA and responders of this authority: made on an empty database, opened at each start, the responders
/// replaced before they end. The root's key is opened for its own acts only.
/// </summary>
internal sealed class CertificationAuthority(
    AuthorityKeys keys, CertificateStore certificates, PlatformKey platform, AuthorityOptions options, TimeProvider time) : IDisposable
{
    private const string TimeStampingRole = "tsa";
    private const string SubjectAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A responder's certificate lives 30 days and cannot be revoked (nocheck), so a third of it is the reserve.</summary>
    private static readonly TimeSpan OcspReserve = TimeSpan.FromDays(10);

    /// <summary>The unit's key is used for a year of its certificate's three (privateKeyUsagePeriod), so that tokens stay verifiable for two more.</summary>
    private static readonly TimeSpan TimeStampingReserve = TimeSpan.FromDays((2 * 365) + 30);

    private readonly RandomNumberGenerator random = RandomNumberGenerator.Create();
    private Certificate? root;
    private AuthorityIdentity? issuing;
    private CertificateIssuer? issuer;
    private volatile AuthorityIdentity? rootOcsp;
    private volatile AuthorityIdentity? issuingOcsp;
    private volatile AuthorityIdentity? timeStamping;

    public Certificate Root => root ?? throw NotOpen();

    public Certificate Issuing => (issuing ?? throw NotOpen()).Certificate;

    public SoftwareSigner IssuingSigner => (issuing ?? throw NotOpen()).Signer;

    /// <summary>What is above a person's certificate, nearest first.</summary>
    public IReadOnlyList<Certificate> Chain => [Issuing, Root];

    /// <summary>RFC 6960 4.2.2.2: a responder's certificate is issued by the very key whose certificates it tells of, so there are two.</summary>
    public AuthorityIdentity OcspOf(string issuerName) =>
        (string.Equals(issuerName, IssuerNames.Root, StringComparison.Ordinal) ? rootOcsp : issuingOcsp) ?? throw NotOpen();

    public AuthorityIdentity TimeStamping => timeStamping ?? throw NotOpen();

    /// <summary>At the start, under the initialisation lock.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        using (var opened = new Opened(await keys.FindAsync(IssuerNames.Root, cancellation) ?? await MakeRootAsync(cancellation)))
        {
            root = opened.Identity.Certificate;
            issuing = await keys.FindAsync(IssuerNames.Issuing, cancellation) ?? await MakeIssuingAsync(opened.Identity, cancellation);
        }

        issuer = IssuerOf(issuing, IssuerNames.Issuing);
        await RenewRespondersAsync(cancellation);
    }

    public async Task RenewRespondersAsync(CancellationToken cancellation)
    {
        rootOcsp = await RenewAsync(OcspRoleOf(IssuerNames.Root), rootOcsp, OcspReserve, key => WithRootAsync(
            opened => IssueAsync(OcspRoleOf(IssuerNames.Root), IssuerNames.Root, key, IssuerOf(opened, IssuerNames.Root).Prepare(RequestFor(BuiltInProfiles.Ocsp, options.Names.Ocsp, key)), cancellation),
            cancellation), cancellation);
        issuingOcsp = await RenewAsync(OcspRoleOf(IssuerNames.Issuing), issuingOcsp, OcspReserve, key =>
            IssueAsync(OcspRoleOf(IssuerNames.Issuing), IssuerNames.Issuing, key, Issuer.Prepare(RequestFor(BuiltInProfiles.Ocsp, options.Names.Ocsp, key)), cancellation), cancellation);
        timeStamping = await RenewAsync(TimeStampingRole, timeStamping, TimeStampingReserve, key =>
            IssueAsync(TimeStampingRole, IssuerNames.Issuing, key, Issuer.Prepare(RequestFor(BuiltInProfiles.TimeStamping, options.Names.TimeStamping, key)), cancellation), cancellation);
    }

    /// <summary>Opens the root's key for one act, its CRL.</summary>
    public async Task<T> WithRootAsync<T>(Func<AuthorityIdentity, Task<T>> act, CancellationToken cancellation)
    {
        using var opened = new Opened(await keys.FindAsync(IssuerNames.Root, cancellation) ?? throw NotOpen());
        return await act(opened.Identity);
    }

    /// <summary>
    /// Indonesian names have no surname to tell apart: the whole name is the given name (EN 319 412-2 takes either). The
    /// serialNumber attribute is opaque and the same for all certificates of one person; it is no NIK.
    /// </summary>
    public Answer<PreparedCertificate> PreparePerson(string clientId, string subjectId, PersonSubject person, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var profile = BuiltInProfiles.Person;
        List<SubjectAttribute> subject =
        [
            new("C", options.Names.Country),
            new("O", person.Organization),
            new("GN", person.CommonName),
            new("serialNumber", OpaqueNameOf(clientId, subjectId)),
            new("CN", person.CommonName),
        ];
        AddIfKnown(subject, profile, "OU", person.OrganizationalUnit);
        AddIfKnown(subject, profile, "title", person.Title);
        var preparation = Issuer.Prepare(new EnrollmentRequest
        {
            Profile = profile,
            SubjectPublicKeyInfo = subjectPublicKeyInfo,
            Subject = subject,
            NotBefore = time.GetUtcNow(),
            EmailAddresses = person.Email is { } email ? [email] : [],
        });
        return preparation switch
        {
            Preparation.Ready ready => ready.Certificate,
            Preparation.Refused refused => new Refusal(RefusalReason.InvalidRequest, "subject: " + string.Join("; ", refused.Findings)),
            _ => throw new InvalidOperationException("There is no third outcome."),
        };
    }

    public void Dispose()
    {
        issuing?.Signer.Dispose();
        rootOcsp?.Signer.Dispose();
        issuingOcsp?.Signer.Dispose();
        timeStamping?.Signer.Dispose();
        random.Dispose();
    }

    private string LocationOf(string path) => options.PublicBaseUrl.AbsoluteUri.TrimEnd('/') + path;

    private async Task<AuthorityIdentity> MakeRootAsync(CancellationToken cancellation)
    {
        var key = KeyPairs.Create(SignatureAlgorithm.EcdsaP384Sha384);
        var request = RequestFor(BuiltInProfiles.Root, options.Names.Root, key);
        return await IssueAsync(IssuerNames.Root, IssuerNames.Root, key, CertificateIssuer.PrepareRoot(key, request, random), cancellation);
    }

    private async Task<AuthorityIdentity> MakeIssuingAsync(AuthorityIdentity rootIdentity, CancellationToken cancellation)
    {
        var key = KeyPairs.Create(SignatureAlgorithm.EcdsaP384Sha384);
        var prepared = IssuerOf(rootIdentity, IssuerNames.Root).Prepare(RequestFor(BuiltInProfiles.Issuing, options.Names.Issuing, key));
        return await IssueAsync(IssuerNames.Issuing, IssuerNames.Root, key, prepared, cancellation);
    }

    private async Task<AuthorityIdentity> RenewAsync(
        string role, AuthorityIdentity? present, TimeSpan reserve, Func<SoftwareSigner, Task<AuthorityIdentity>> issue, CancellationToken cancellation)
    {
        present ??= await keys.FindAsync(role, cancellation);
        if (present is not null && present.Certificate.NotAfter - reserve > time.GetUtcNow())
        {
            return present;
        }

        // Another node may have been quicker.
        if (await keys.FindAsync(role, cancellation) is { } stored)
        {
            if (stored.Certificate.NotAfter - reserve > time.GetUtcNow())
            {
                return stored;
            }

            stored.Signer.Dispose();
        }

        // The former key is left to the garbage collector: a request may be signing with it at this moment.
        return await issue(KeyPairs.Create(SignatureAlgorithm.EcdsaP256Sha256));
    }

    private async Task<AuthorityIdentity> IssueAsync(
        string role, string issuerName, SoftwareSigner key, Preparation preparation, CancellationToken cancellation)
    {
        var prepared = preparation.MustBeReady();
        await certificates.StorePreparedAsync(prepared, issuerName, AuditEntry.Itself);
        var issued = await prepared.IssueAsync(cancellation);
        await keys.StoreAsync(role, key, issued, cancellation);
        return new AuthorityIdentity(issued.Certificate, key);
    }

    private EnrollmentRequest RequestFor(CertificateProfile profile, string name, SoftwareSigner key) => new()
    {
        Profile = profile,
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        Subject = [new("C", options.Names.Country), new("O", options.Names.Organization), new("CN", name)],
        NotBefore = time.GetUtcNow(),
    };

    private CertificateIssuer Issuer => issuer ?? throw NotOpen();

    private CertificateIssuer IssuerOf(AuthorityIdentity identity, string name) => new(
        identity.Signer,
        identity.Certificate,
        new IssuerLocations
        {
            CaIssuers = LocationOf($"/ca/{name}.cer"),
            Ocsp = LocationOf("/ocsp"),
            CrlsOf = _ => [LocationOf($"/crl/{name}.crl")],
        },
        random);

    private static string OcspRoleOf(string issuerName) => "ocsp-" + issuerName;

    private string OpaqueNameOf(string clientId, string subjectId)
    {
        var key = platform.Derive("tera subject names v1");
        var digest = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{clientId}\0{subjectId}"));
        CryptographicOperations.ZeroMemory(key);
        return string.Create(16, digest, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                // The name cannot be read as the 16 digits of a NIK: every fourth character is a letter.
                text[i] = i % 4 == 0 ? SubjectAlphabet[bytes[i] % 24] : SubjectAlphabet[bytes[i] % SubjectAlphabet.Length];
            }
        });
    }

    private static void AddIfKnown(List<SubjectAttribute> subject, CertificateProfile profile, string type, string? value)
    {
        if (value is not null && profile.Subject.Any(x => string.Equals(x.Type, type, StringComparison.Ordinal)))
        {
            subject.Add(new SubjectAttribute(type, value));
        }
    }

    private static InvalidOperationException NotOpen() => new("The authority has not been initialised.");

    /// <summary>A key that is closed at the end of a block.</summary>
    private sealed class Opened(AuthorityIdentity identity) : IDisposable
    {
        public AuthorityIdentity Identity { get; } = identity;

        public void Dispose() => Identity.Signer.Dispose();
    }
}
