using System.Formats.Asn1;
using Tera.Pki.Asn1;

namespace Tera.Pki.Revocation.Crl;

/// <summary>issuingDistributionPoint as read (RFC 5280 5.2.5).</summary>
internal sealed class IssuingDistributionPoint
{
    internal IssuingDistributionPoint(ReadOnlyMemory<byte> value)
    {
        var outer = new AsnReader(value, AsnEncodingRules.DER);
        var point = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Name = point.IsContext(0) ? DistributionPointName.Read(point.ReadSequence(Der.Context(0, constructed: true))) : null;
        OnlyUserCertificates = ReadFlag(point, 1);
        OnlyAuthorityCertificates = ReadFlag(point, 2);
        Reasons = point.IsContext(3) ? point.ReadNamedBitListValue<RevocationReasons>(Der.Context(3)) : RevocationReasons.All;
        IsIndirect = ReadFlag(point, 4);
        OnlyAttributeCertificates = ReadFlag(point, 5);
        point.ThrowIfNotEmpty();
    }

    internal DistributionPointName? Name { get; }

    internal bool OnlyUserCertificates { get; }

    internal bool OnlyAuthorityCertificates { get; }

    internal bool OnlyAttributeCertificates { get; }

    internal bool IsIndirect { get; }

    internal RevocationReasons Reasons { get; }

    private static bool ReadFlag(AsnReader reader, int number) => reader.IsContext(number) && reader.ReadBoolean(Der.Context(number));
}

/// <summary>ReasonFlags (RFC 5280 4.2.1.13); bit 0 is unused.</summary>
[Flags]
internal enum RevocationReasons
{
    None = 0,
    Unused = 1 << 0,
    KeyCompromise = 1 << 1,
    CaCompromise = 1 << 2,
    AffiliationChanged = 1 << 3,
    Superseded = 1 << 4,
    CessationOfOperation = 1 << 5,
    CertificateHold = 1 << 6,
    PrivilegeWithdrawn = 1 << 7,
    AaCompromise = 1 << 8,
    All = KeyCompromise | CaCompromise | AffiliationChanged | Superseded | CessationOfOperation | CertificateHold | PrivilegeWithdrawn | AaCompromise,
}

/// <summary>DistributionPointName: full names, or one relative to the CRL issuer.</summary>
internal sealed record DistributionPointName(IReadOnlyList<GeneralName> FullNames, ReadOnlyMemory<byte>? RelativeName)
{
    internal static DistributionPointName Read(AsnReader choice) => choice.IsContext(0)
        ? new DistributionPointName(GeneralName.ReadAll(choice.ReadSequence(Der.Context(0, constructed: true))), null)
        : new DistributionPointName([], RestOf(choice.ReadSetOf(skipSortOrderValidation: true, Der.Context(1, constructed: true))));

    /// <summary>The names it stands for, once the issuer is known to which a relative name is relative.</summary>
    internal IReadOnlyList<GeneralName> Resolve(DistinguishedName issuer) => RelativeName is { } relative
        ? [new GeneralName(GeneralNameForm.Directory, "", default, issuer.Append(relative))]
        : FullNames;

    private static byte[] RestOf(AsnReader set)
    {
        var octets = new List<byte>();
        while (set.HasData)
        {
            octets.AddRange(set.ReadEncodedValue().Span);
        }
        return [.. octets];
    }
}
