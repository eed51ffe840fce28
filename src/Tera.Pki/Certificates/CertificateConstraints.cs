using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Certificates;

/// <summary>
/// The extensions of a certificate that every reader needs. One that cannot be read is listed in <see cref="Malformed"/>
/// and its property is null: whoever relies on it must refuse.
/// </summary>
public sealed class CertificateConstraints
{
    internal CertificateConstraints(Certificate certificate)
    {
        var malformed = new List<string>();
        Read(certificate, Oids.BasicConstraints, malformed, ReadBasicConstraints);
        Read(certificate, Oids.KeyUsage, malformed, r => KeyUsage = r.ReadNamedBitListValue<KeyUsages>());
        Read(certificate, Oids.ExtendedKeyUsage, malformed, ReadExtendedKeyUsage);
        Read(certificate, Oids.SubjectKeyIdentifier, malformed, r => SubjectKeyIdentifier = r.ReadOctetString());
        Read(certificate, Oids.AuthorityKeyIdentifier, malformed, ReadAuthorityKeyIdentifier);
        ExtendedKeyUsageIsCritical = certificate.Find(Oids.ExtendedKeyUsage) is { IsCritical: true };
        HasOcspNoCheck = certificate.Find(Oids.OcspNoCheck) is not null;
        Malformed = malformed;
    }

    /// <summary>True when basicConstraints says that the subject is a CA.</summary>
    public bool IsCertificateAuthority { get; private set; }

    /// <summary>pathLenConstraint, or null when there is none.</summary>
    public int? PathLength { get; private set; }

    /// <summary>The key usage, or null when the extension is absent (RFC 5280: then nothing is restricted).</summary>
    public KeyUsages? KeyUsage { get; private set; }

    /// <summary>The key purposes, or null when the extension is absent.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; private set; }

    /// <summary>True when extendedKeyUsage is critical, as RFC 3161 2.3 asks of a time-stamping unit.</summary>
    public bool ExtendedKeyUsageIsCritical { get; }

    /// <summary>The subject key identifier, or null.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; private set; }

    /// <summary>The keyIdentifier of the authority key identifier, or null.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; private set; }

    /// <summary>True when id-pkix-ocsp-nocheck is there (RFC 6960 4.2.2.2.1).</summary>
    public bool HasOcspNoCheck { get; }

    /// <summary>Which of these extensions could not be read.</summary>
    public IReadOnlyList<string> Malformed { get; }

    /// <summary>True when the key may be used so: the bit is set, or there is no key usage at all.</summary>
    /// <param name="usage">The bits; one of them is enough.</param>
    /// <returns>False when keyUsage is there without any of the bits.</returns>
    public bool Allows(KeyUsages usage) => KeyUsage is not { } bits || (bits & usage) != KeyUsages.None;

    /// <summary>True when the key may serve a purpose: it is listed, or anyExtendedKeyUsage is, or there is no extendedKeyUsage.</summary>
    /// <param name="purpose">The key purpose.</param>
    /// <returns>False when the extension is there without it.</returns>
    public bool AllowsPurpose(string purpose) =>
        ExtendedKeyUsage is not { } purposes || purposes.Contains(purpose, StringComparer.Ordinal) || purposes.Contains(Oids.KeyPurposeAny, StringComparer.Ordinal);

    private static void Read(Certificate certificate, string oid, List<string> malformed, Action<AsnReader> read)
    {
        if (certificate.Find(oid) is not { } extension)
        {
            return;
        }
        try
        {
            // BER: a padded bit string or an explicit default is no reason to distrust a signed certificate.
            var reader = new AsnReader(extension.Value, AsnEncodingRules.BER);
            read(reader);
            reader.ThrowIfNotEmpty();
        }
        catch (Exception e) when (e is AsnContentException or OverflowException)
        {
            malformed.Add(oid);
        }
    }

    private void ReadBasicConstraints(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        IsCertificateAuthority = sequence.IsUniversal(UniversalTagNumber.Boolean) && sequence.ReadBoolean();
        if (sequence.HasData)
        {
            PathLength = sequence.TryReadInt32(out var length) && length >= 0
                ? length
                : throw new AsnContentException("pathLenConstraint is negative or too great");
        }
        sequence.ThrowIfNotEmpty();
    }

    private void ReadExtendedKeyUsage(AsnReader reader)
    {
        var purposes = new List<string>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData)
        {
            purposes.Add(sequence.ReadObjectIdentifier());
        }
        ExtendedKeyUsage = purposes;
    }

    private void ReadAuthorityKeyIdentifier(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        if (sequence.IsContext(0))
        {
            AuthorityKeyIdentifier = sequence.ReadOctetString(Der.Context(0));
        }
    }
}
