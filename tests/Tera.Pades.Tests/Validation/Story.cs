using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tera.Pades.Cms;
using Tera.Pades.Validation;
using Tera.Pades.Validation.Policies;

namespace Tera.Pades.Tests.Validation;

/// <summary>
/// Facts of a made-up file, told without a PDF: the verdict is made from facts alone, so that decades of signing, stamping, revoking and
/// ending fit into a line each. Certificates and lists are real, made by the platform.
/// </summary>
internal sealed class Story
{
    private const int Step = 10_000;

    private readonly List<SignatureEvidence> _signatures = [];
    private readonly List<StoredValue> _certificates = [];
    private readonly List<StoredValue> _crls = [];
    private readonly List<StoredValue> _ocsps = [];

    /// <summary>The first of January of a year.</summary>
    public static DateTimeOffset Year(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Signs: the next revision of the file.</summary>
    public Story Sign(Party signer, DateTimeOffset claimed, params TimeStampEvidence[] stamps) => Sign(signer, claimed, s => s, stamps);

    public Story Sign(Party signer, DateTimeOffset claimed, Func<SignatureEvidence, SignatureEvidence> change, params TimeStampEvidence[] stamps)
    {
        _signatures.Add(change(Carrier($"Tanda{_signatures.Count}", "ETSI.CAdES.detached") with
        {
            ClaimedTime = claimed,
            DigestMatches = true,
            Value = SignatureValueState.Holds,
            SignatureAlgorithm = "1.2.840.10045.4.3.2",
            Type = "Sig",
            HasModificationTime = true,
            SignedAttributes = ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"],
            SignerCertificate = signer.Certificate,
            Certificates = [signer.Certificate, .. signer.Above.Select(a => a.Certificate)],
            BindsCertificate = true,
            TimeStamps = stamps,
        }));
        return this;
    }

    /// <summary>Puts a document time stamp: the next revision of the file.</summary>
    public Story StampDocument(Party authority, DateTimeOffset at)
    {
        var stamp = Stamp(authority, at);
        _signatures.Add(Carrier($"Waktu{_signatures.Count}", "ETSI.RFC3161") with
        {
            Type = "DocTimeStamp",
            IsDocumentTimeStamp = true,
            DigestMatches = true,
            Value = SignatureValueState.Holds,
            SignatureAlgorithm = stamp.SignatureAlgorithm,
            SignerCertificate = stamp.AuthorityCertificate,
            Certificates = stamp.Certificates,
            TimeStamps = [stamp],
        });
        return this;
    }

    /// <summary>Puts revocation data into the store, in the revision that the next signature or time stamp covers.</summary>
    public Story Store(params byte[][] crls)
    {
        _crls.AddRange(crls.Select(c => new StoredValue(NextOffset, c)));
        return this;
    }

    public Story StoreOcsp(params byte[][] answers)
    {
        _ocsps.AddRange(answers.Select(c => new StoredValue(NextOffset, c)));
        return this;
    }

    public Story StoreCertificates(params Party[] parties)
    {
        _certificates.AddRange(parties.Select(p => new StoredValue(NextOffset, p.Certificate)));
        return this;
    }

    /// <summary>A time stamp, to be put on a signature.</summary>
    public static TimeStampEvidence Stamp(Party authority, DateTimeOffset at) => new()
    {
        Token = [0x30],
        Time = at,
        ImprintMatches = true,
        DigestMatches = true,
        Value = SignatureValueState.Holds,
        AuthorityCertificate = authority.Certificate,
        Certificates = [authority.Certificate, .. authority.Above.Select(a => a.Certificate)],
        ImprintAlgorithm = "2.16.840.1.101.3.4.2.1",
        DigestAlgorithm = "2.16.840.1.101.3.4.2.1",
        SignatureAlgorithm = "1.2.840.10045.4.3.2",
    };

    public Evidence Evidence() => new()
    {
        Length = NextOffset,
        RevisionEnds = [.. Enumerable.Range(0, _signatures.Count + 1).Select(i => (long?)((i + 1) * Step))],
        Signatures = _signatures,
        StoredCertificates = _certificates,
        StoredCrls = _crls,
        StoredOcspResponses = _ocsps,
    };

    /// <summary>Judges at an instant, with the roots trusted, twice: from the facts and from the facts as stored.</summary>
    public ValidationReport Judge(DateTimeOffset at, Party root, Func<ValidationPolicy, ValidationPolicy>? change = null)
    {
        var policy = (change ?? (p => p))(new ValidationPolicy { At = at, TrustAnchors = [root.Certificate] });
        var report = PadesValidator.Judge(Evidence(), policy);
        Assert.Equal(ReportJson.Write([("a", report)]), ReportJson.Write([("a", PadesValidator.Judge(EvidenceJsonTests.Again(Evidence()), policy))]));
        return report;
    }

    private long NextOffset => ((_signatures.Count + 1) * Step) + 10;

    private SignatureEvidence Carrier(string field, string subFilter)
    {
        var revision = _signatures.Count + 1;
        var end = (revision + 1) * Step;
        return new SignatureEvidence
        {
            Field = field,
            SubFilter = subFilter,
            ByteRange = [0, end - 5000, end - 1000, 1000],
            Revision = revision,
            FirstRevision = revision,
            DigestAlgorithm = "2.16.840.1.101.3.4.2.1",
        };
    }
}

/// <summary>Somebody with a key and a certificate: a root, an authority under it, a signer, a time-stamping authority.</summary>
internal sealed class Party
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _serial = 1;

    private Party(string name, Party? issuer, DateTimeOffset from, DateTimeOffset until, string[] purposes, bool isAuthority, HashAlgorithmName hash)
    {
        Issuer = issuer;
        var request = new CertificateRequest($"CN={name}, C=ID", _key, hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature, true));
        if (purposes.Length > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(p => new Oid(p))], true));
        var signer = issuer ?? this;
        Number = BitConverter.GetBytes(++signer._serial).Reverse().Prepend((byte)1).ToArray();
        using var certificate = request.Create(issuer is null ? request.SubjectName : new X500DistinguishedName(issuer.Subject), new Generator(signer._key), from, until, Number);
        Certificate = certificate.RawData;
        Subject = certificate.SubjectName.RawData;
    }

    public Party? Issuer { get; }

    public byte[] Certificate { get; }

    public byte[] Number { get; }

    public IEnumerable<Party> Above => Issuer is null ? [] : Issuer.Above.Prepend(Issuer);

    private byte[] Subject { get; }

    public static Party Root(int from = 2000, int until = 2060, string name = "Akar Uji") => new(name, null, Story.Year(from), Story.Year(until), [], true, HashAlgorithmName.SHA256);

    public Party Authority(string name, int from, int until) => new(name, this, Story.Year(from), Story.Year(until), [], true, HashAlgorithmName.SHA256);

    public Party Signer(int from, int until, HashAlgorithmName? hash = null) => new("Sari Uji Coba", this, Story.Year(from), Story.Year(until), [], false, hash ?? HashAlgorithmName.SHA256);

    public Party TimeStamper(int from, int until) => new("Penanda Waktu Uji", this, Story.Year(from), Story.Year(until), ["1.3.6.1.5.5.7.3.8"], false, HashAlgorithmName.SHA256);

    /// <summary>A list of revoked certificates.</summary>
    public byte[] Crl(DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, params (Party Who, DateTimeOffset When, X509RevocationReason Reason)[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var (who, when, reason) in revoked)
            builder.AddEntry(who.Number, when, reason);
        return builder.Build(new X500DistinguishedName(Subject), X509SignatureGenerator.CreateForECDsa(_key), new BigInteger(1), nextUpdate, HashAlgorithmName.SHA256,
            new X509AuthorityKeyIdentifierExtension(X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(new X500DistinguishedName(Subject), Number).RawData), thisUpdate);
    }

    /// <summary>Signs with SHA-1 as well, as authorities did once and the platform does no more.</summary>
    private sealed class Generator(ECDsa key) : X509SignatureGenerator
    {
        private readonly X509SignatureGenerator _modern = CreateForECDsa(key);

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => hashAlgorithm == HashAlgorithmName.SHA1
            ? [0x30, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01]
            : _modern.GetSignatureAlgorithmIdentifier(hashAlgorithm);

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hashAlgorithm, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => _modern.PublicKey;
    }
}
