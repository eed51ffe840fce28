using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.Keys;

namespace Tera.Pki.Revocation.Crl;

/// <summary>
/// A CRL as read from its bytes (RFC 5280 5.1). Reading checks the form of every entry once; the first look-up notes where the entries
/// stand, at eight bytes each, and later ones go there. Immutable, and safe for several threads.
/// </summary>
public sealed class CertificateRevocationList
{
    /// <summary>Longer lists are refused: 4 million of our entries have 208 MB.</summary>
    public const int MaximumLength = 256 * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> _entries;
    private CrlIndex? _index;

    private CertificateRevocationList(ReadOnlyMemory<byte> encoded)
    {
        Encoded = encoded;
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        ToBeSigned = list.PeekEncodedValue();
        var tbs = list.ReadSequence();
        SignatureAlgorithmIdentifier = Der.ReadAlgorithmIdentifier(list);
        Signature = Der.ReadBitString(list);
        list.ThrowIfNotEmpty();

        if (tbs.IsUniversal(UniversalTagNumber.Integer) && !(tbs.TryReadInt32(out var version) && version == 1))
        {
            throw new AsnContentException("the version of the CRL is not 2");
        }
        if (!Der.ReadAlgorithmIdentifier(tbs).Span.SequenceEqual(SignatureAlgorithmIdentifier.Span))
        {
            throw new AsnContentException("the two signature algorithms differ (RFC 5280 5.1.1.2)");
        }
        Issuer = DistinguishedName.Read(tbs);
        ThisUpdate = Der.ReadTime(tbs);
        if (tbs.IsUniversal(UniversalTagNumber.UtcTime) || tbs.IsUniversal(UniversalTagNumber.GeneralizedTime))
        {
            NextUpdate = Der.ReadTime(tbs);
        }
        if (tbs.IsUniversal(UniversalTagNumber.Sequence))
        {
            _entries = tbs.PeekContentBytes();
            tbs.ReadEncodedValue();
        }
        Extensions = tbs.IsContext(0) ? CertificateExtension.ReadAll(tbs.ReadSequence(Der.Context(0, constructed: true)).ReadSequence()) : [];
        tbs.ThrowIfNotEmpty();
        Number = ReadNumber(Oids.CrlNumber);
        DeltaBase = ReadNumber(Oids.DeltaCrlIndicator);
        if (Find(Oids.IssuingDistributionPoint) is { } scope)
        {
            Scope = new IssuingDistributionPoint(scope.Value);
        }
        if (Find(Oids.ExpiredCertsOnCrl) is { } expired)
        {
            KeepsExpiredSince = new AsnReader(expired.Value, AsnEncodingRules.DER).ReadGeneralizedTime();
        }
        CheckEntries();
    }

    /// <summary>The DER list.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>What the signature covers.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>Who signed.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next one comes at the latest, or null.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>The CRL number, or null.</summary>
    public BigInteger? Number { get; }

    /// <summary>The number of the base when this is a delta CRL, or null.</summary>
    public BigInteger? DeltaBase { get; }

    /// <summary>expiredCertsOnCRL: revoked certificates stay on the list that ended since this instant; null when it does not say.</summary>
    public DateTimeOffset? KeepsExpiredSince { get; }

    /// <summary>How many entries it has.</summary>
    public int Count { get; private set; }

    /// <summary>The extensions of the list.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>The DER AlgorithmIdentifier of the signature.</summary>
    public ReadOnlyMemory<byte> SignatureAlgorithmIdentifier { get; }

    /// <summary>The signature value.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>True when an entry has a critical extension that is not known: then the list says nothing about any certificate (RFC 5280 5.3).</summary>
    public bool HasUnknownCriticalEntryExtension { get; private set; }

    internal IssuingDistributionPoint? Scope { get; }

    /// <summary>Reads a CRL.</summary>
    /// <param name="der">The DER bytes; they are not copied and must not change.</param>
    /// <param name="list">The CRL.</param>
    /// <param name="error">What is wrong with the bytes.</param>
    /// <returns>False when the bytes are no CRL.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out CertificateRevocationList? list, [NotNullWhen(false)] out string? error)
    {
        if (der.Length > MaximumLength)
        {
            (list, error) = (null, $"CRL: {der.Length} bytes are more than {MaximumLength}");
            return false;
        }
        return Der.TryRead("CRL", () => new CertificateRevocationList(der), out list, out error);
    }

    /// <summary>The extension of an identifier.</summary>
    /// <param name="oid">The identifier.</param>
    /// <returns>The extension, or null.</returns>
    public CertificateExtension? Find(string oid) => Extensions.FirstOrDefault(e => e.Oid == oid);

    /// <summary>Verifies the signature with a key.</summary>
    /// <param name="issuerPublicKeyInfo">The DER SubjectPublicKeyInfo of whoever signed.</param>
    /// <returns>False also when the algorithm is not supported.</returns>
    public bool IsSignedBy(ReadOnlySpan<byte> issuerPublicKeyInfo) =>
        SignatureAlgorithm.Find(SignatureAlgorithmIdentifier)?.VerifyData(issuerPublicKeyInfo, ToBeSigned.Span, Signature.Span) ?? false;

    /// <summary>Looks a certificate up.</summary>
    /// <param name="issuer">The issuer of the certificate; on an indirect CRL entries may be of others than the CRL's own issuer.</param>
    /// <param name="serialNumber">Its serial number.</param>
    /// <returns>The entry, or null when the certificate is not on the list. The last entry counts when there are several.</returns>
    public RevokedEntry? Find(DistinguishedName issuer, SerialNumber serialNumber)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        var isIndirect = Scope is { IsIndirect: true };
        if (!isIndirect && !issuer.Equals(Issuer))
        {
            return null;
        }
        // Two threads may both make it; they make the same.
        var index = _index ??= new CrlIndex(_entries.Span, Count, isIndirect ? ReadCertificateIssuer : null);
        RevokedEntry? found = null;
        foreach (var place in index.Candidates(serialNumber.Octets.Span))
        {
            var offset = (int)(place & uint.MaxValue);
            var rest = _entries.Span[offset..];
            var entry = CrlEntryReader.Read(ref rest);
            if (entry.Serial.SequenceEqual(serialNumber.Octets.Span) && (!isIndirect || (index.IssuerAt(offset) ?? Issuer).Equals(issuer)))
            {
                found = new RevokedEntry(serialNumber, entry.RevokedAt, entry.Reason, entry.InvalidSince);
            }
        }
        return found;
    }

    private static DistinguishedName ReadCertificateIssuer(ReadOnlySpan<byte> names)
    {
        var all = GeneralName.ReadAll(new AsnReader(names.ToArray(), AsnEncodingRules.DER).ReadSequence());
        return all.FirstOrDefault(n => n.Directory is not null)?.Directory ?? throw new AsnContentException("certificateIssuer has no directory name");
    }

    private void CheckEntries()
    {
        var rest = _entries.Span;
        while (!rest.IsEmpty)
        {
            var entry = CrlEntryReader.Read(ref rest);
            HasUnknownCriticalEntryExtension |= entry.HasUnknownCritical;
            if (!entry.CertificateIssuer.IsEmpty)
            {
                ReadCertificateIssuer(entry.CertificateIssuer);
            }
            Count++;
        }
    }

    private BigInteger? ReadNumber(string oid) => Find(oid) is { } extension ? new AsnReader(extension.Value, AsnEncodingRules.DER).ReadInteger() : null;
}
