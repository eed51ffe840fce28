using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys;

namespace Tera.Pki.Certificates;

/// <summary>
/// An X.509 certificate as read from its bytes (RFC 5280 4.1). Reading checks its form only; nothing is trusted yet.
/// Immutable, and safe for several threads.
/// </summary>
public sealed class Certificate : IEquatable<Certificate>
{
    /// <summary>Longer certificates are refused: real ones have 1 to 4 KiB, those with many policies 20.</summary>
    public const int MaximumLength = 128 * 1024;

    /// <summary>A verifier meets the same authorities in every file. Decoding one costs ten times as much as finding it.</summary>
    private const int Kept = 1024;

    /// <summary>Longer ones are rare, and hostile files shall not fill the memory: 8 MiB of encodings at most.</summary>
    private const int MaximumKeptLength = 8 * 1024;

    private static readonly RecentlyUsed<Keys.Fingerprint, Certificate> Decoded = new(Kept);

    /// <summary>Pairs of certificate and issuer's key whose signature has been verified; what did not verify is tried again.</summary>
    private static readonly RecentlyUsed<(Keys.Fingerprint Certificate, Keys.Fingerprint Key), bool> Verified = new(4 * Kept);

    private readonly Dictionary<string, CertificateExtension> _extensions;
    private readonly Keys.Fingerprint _fingerprint;

    private Certificate(ReadOnlyMemory<byte> encoded)
    {
        _fingerprint = Keys.Fingerprint.Of(encoded.Span);
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Encoded = encoded;
        ToBeSigned = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        SignatureAlgorithmIdentifier = Der.ReadAlgorithmIdentifier(certificate);
        Signature = Der.ReadBitString(certificate);
        certificate.ThrowIfNotEmpty();

        Version = tbs.IsContext(0) ? ReadVersion(tbs) : 1;
        SerialNumber = SerialNumber.FromOctets(tbs.ReadIntegerBytes().Span);
        if (!Der.ReadAlgorithmIdentifier(tbs).Span.SequenceEqual(SignatureAlgorithmIdentifier.Span))
        {
            throw new AsnContentException("the two signature algorithms differ (RFC 5280 4.1.1.2)");
        }
        Issuer = DistinguishedName.Read(tbs);
        var validity = tbs.ReadSequence();
        NotBefore = Der.ReadTime(validity);
        NotAfter = Der.ReadTime(validity);
        validity.ThrowIfNotEmpty();
        Subject = DistinguishedName.Read(tbs);
        SubjectPublicKeyInfo = tbs.PeekEncodedValue();
        ReadPublicKey(tbs.ReadSequence());
        SkipUniqueIdentifiers(tbs);
        Extensions = [];
        if (tbs.IsContext(3))
        {
            var explicitly = tbs.ReadSequence(Der.Context(3, constructed: true));
            Extensions = CertificateExtension.ReadAll(explicitly.ReadSequence());
            explicitly.ThrowIfNotEmpty();
        }
        tbs.ThrowIfNotEmpty();
        if (Extensions.Count > 0 && Version != 3)
        {
            throw new AsnContentException($"a version {Version} certificate has extensions");
        }
        _extensions = Extensions.ToDictionary(e => e.Oid, StringComparer.Ordinal);
        Constraints = new CertificateConstraints(this);
    }

    /// <summary>The DER certificate.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The DER TBSCertificate, which the signature covers.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; }

    /// <summary>The serial number, unique for its issuer.</summary>
    public SerialNumber SerialNumber { get; }

    /// <summary>Who signed.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Whose key it is.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>The first instant of validity.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>The last instant of validity, itself included (RFC 5280 4.1.2.5).</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Whether the certificate has ended: <see cref="NotAfter"/> is its last second, itself included (RFC 5280 4.1.2.5).</summary>
    /// <param name="at">An instant.</param>
    /// <returns>True from the second after on; never for the year 9999 of certificates without an end.</returns>
    public bool HasEndedAt(DateTimeOffset at) => at - NotAfter >= TimeSpan.FromSeconds(1);

    /// <summary>The DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The content of the subjectPublicKey bit string, which key identifiers and OCSP CertIDs hash.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKey { get; private set; }

    /// <summary>The DER AlgorithmIdentifier of the issuer's signature.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithmIdentifier { get; }

    /// <summary>The signature value.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The extensions in encoded order.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>The extensions that say what the certificate may be used for.</summary>
    public CertificateConstraints Constraints { get; }

    /// <summary>True when subject and issuer match (RFC 5280 3.2).</summary>
    public bool IsSelfIssued => Subject.Equals(Issuer);

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">The DER bytes; they are copied.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no certificate.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out Certificate? certificate, [NotNullWhen(false)] out string? error)
    {
        if (der.Length > MaximumLength)
        {
            (certificate, error) = (null, $"certificate: {der.Length} bytes are more than {MaximumLength}");
            return false;
        }
        if (Decoded.TryGet(Keys.Fingerprint.Of(der.Span), out certificate))
        {
            error = null;
            return true;
        }
        if (!Der.TryRead("certificate", () => new Certificate(der.ToArray()), out certificate, out error))
        {
            return false;
        }
        if (der.Length <= MaximumKeptLength)
        {
            Decoded.Add(certificate._fingerprint, certificate);
        }
        return true;
    }

    /// <summary>Reads a certificate that must be one.</summary>
    /// <param name="der">The DER bytes; they are copied.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="CryptographicException">The bytes are no certificate.</exception>
    public static Certificate Decode(ReadOnlyMemory<byte> der) =>
        TryDecode(der, out var certificate, out var error) ? certificate : throw new CryptographicException(error);

    /// <summary>Reads the certificates of a PEM text; other blocks are skipped.</summary>
    /// <param name="pem">The text.</param>
    /// <returns>The certificates in their order.</returns>
    /// <exception cref="CryptographicException">A certificate block holds no certificate.</exception>
    public static IReadOnlyList<Certificate> DecodePem(ReadOnlySpan<char> pem)
    {
        var found = new List<Certificate>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            if (pem[fields.Label].SequenceEqual("CERTIFICATE"))
            {
                found.Add(Decode(Convert.FromBase64String(pem[fields.Base64Data].ToString())));
            }
            pem = pem[fields.Location.End..];
        }
        return found;
    }

    /// <summary>The certificate as PEM.</summary>
    /// <returns>The text with a final line end.</returns>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", Encoded.Span) + "\n";

    /// <summary>The extension of an identifier.</summary>
    /// <param name="oid">The identifier.</param>
    /// <returns>The extension, or null.</returns>
    public CertificateExtension? Find(string oid) => _extensions.GetValueOrDefault(oid);

    /// <summary>Verifies the signature of this certificate with a key.</summary>
    /// <param name="issuerPublicKeyInfo">The issuer's DER SubjectPublicKeyInfo.</param>
    /// <returns>False also when the algorithm is not supported.</returns>
    public bool IsSignedBy(ReadOnlySpan<byte> issuerPublicKeyInfo)
    {
        var pair = (_fingerprint, Keys.Fingerprint.Of(issuerPublicKeyInfo));
        if (Verified.TryGet(pair, out _))
        {
            return true;
        }
        var holds = SignatureAlgorithm.Find(SignatureAlgorithmIdentifier)?.VerifyData(issuerPublicKeyInfo, ToBeSigned.Span, Signature.Span) ?? false;
        if (holds)
        {
            Verified.Add(pair, true);
        }
        return holds;
    }

    /// <summary>The digest of the whole certificate.</summary>
    /// <param name="hash">SHA-1, SHA-256, SHA-384 or SHA-512.</param>
    /// <returns>The digest.</returns>
    public byte[] Fingerprint(HashAlgorithmName hash) => CryptographicOperations.HashData(hash, Encoded.Span);

    /// <inheritdoc/>
    public bool Equals(Certificate? other) => ReferenceEquals(this, other) || (other is not null && _fingerprint == other._fingerprint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode() => _fingerprint.GetHashCode();

    /// <summary>Subject and serial number, for messages.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Subject} ({SerialNumber})";

    private static int ReadVersion(AsnReader tbs)
    {
        var explicitly = tbs.ReadSequence(Der.Context(0, constructed: true));
        return explicitly.TryReadInt32(out var version) && version is >= 0 and <= 2
            ? version + 1
            : throw new AsnContentException("the version is not 1, 2 or 3");
    }

    private static void SkipUniqueIdentifiers(AsnReader tbs)
    {
        for (var number = 1; number <= 2; number++)
        {
            if (tbs.IsContext(number))
            {
                tbs.ReadEncodedValue();
            }
        }
    }

    private void ReadPublicKey(AsnReader publicKeyInfo)
    {
        Der.ReadAlgorithmIdentifier(publicKeyInfo);
        SubjectPublicKey = Der.ReadBitString(publicKeyInfo);
        publicKeyInfo.ThrowIfNotEmpty();
    }
}
