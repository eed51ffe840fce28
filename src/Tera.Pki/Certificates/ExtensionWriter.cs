using System.Formats.Asn1;
using System.Security.Cryptography;
using Tera.Pki.Asn1;
using Tera.Pki.Keys;
using Tera.Pki.Profiles;

namespace Tera.Pki.Certificates;

/// <summary>Writes the extensions that a profile asks for (RFC 5280 4.2).</summary>
internal static class ExtensionWriter
{
    internal static List<CertificateExtension> Write(EnrollmentRequest request, SerialNumber serialNumber, ReadOnlyMemory<byte> issuerKeyIdentifier, IssuerLocations locations)
    {
        var profile = request.Profile;
        var extensions = new List<CertificateExtension>();
        if (!profile.IsSelfSigned)
        {
            Add(extensions, Oids.AuthorityKeyIdentifier, critical: false, w =>
            {
                using (w.PushSequence())
                {
                    w.WriteOctetString(issuerKeyIdentifier.Span, Der.Context(0));
                }
            });
        }
        Add(extensions, Oids.SubjectKeyIdentifier, critical: false, w => w.WriteOctetString(KeyIdentifierOf(request.SubjectPublicKeyInfo)));
        if (profile.BasicConstraints is { } constraints)
        {
            Add(extensions, Oids.BasicConstraints, critical: true, w => WriteBasicConstraints(w, constraints));
        }
        Add(extensions, Oids.KeyUsage, critical: true, w => w.WriteNamedBitList(profile.KeyUsage.Aggregate(KeyUsages.None, (all, one) => all | one)));
        if (profile.ExtendedKeyUsage is { } purposes)
        {
            Add(extensions, Oids.ExtendedKeyUsage, purposes.IsCritical, w =>
            {
                using (w.PushSequence())
                {
                    foreach (var purpose in purposes.Purposes)
                    {
                        w.WriteObjectIdentifier(purpose);
                    }
                }
            });
        }
        if (profile.Policies.Count > 0)
        {
            Add(extensions, Oids.CertificatePolicies, critical: false, w => WritePolicies(w, profile.Policies));
        }
        if (request.EmailAddresses.Count > 0)
        {
            Add(extensions, Oids.SubjectAltName, critical: false, w => WriteStrings(w, 1, request.EmailAddresses));
        }
        if (profile.HasCrlDistributionPoint && locations.CrlsOf(serialNumber) is { Count: > 0 } crls)
        {
            Add(extensions, Oids.CrlDistributionPoints, critical: false, w => WriteDistributionPoint(w, crls));
        }
        if (profile.HasAuthorityInformation && (locations.CaIssuers ?? locations.Ocsp) is not null)
        {
            Add(extensions, Oids.AuthorityInfoAccess, critical: false, w => WriteAuthorityInformation(w, locations));
        }
        if (profile.QcStatements is { } statements)
        {
            Add(extensions, Oids.QcStatements, critical: false, w => WriteQcStatements(w, statements));
        }
        if (profile.PrivateKeyUsageDays is { } days)
        {
            Add(extensions, Oids.PrivateKeyUsagePeriod, critical: false, w => WriteUsagePeriod(w, request.NotBefore, days));
        }
        if (profile.HasOcspNoCheck)
        {
            Add(extensions, Oids.OcspNoCheck, critical: false, w => w.WriteNull());
        }
        return extensions;
    }

    /// <summary>RFC 5280 4.2.1.2 method 1: SHA-1 of the subjectPublicKey bits. It names a key, it protects nothing.</summary>
    internal static byte[] KeyIdentifierOf(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        Der.ReadAlgorithmIdentifier(info);
        return CryptographicOperations.HashData(HashAlgorithmName.SHA1, Der.ReadBitString(info));
    }

    private static void Add(List<CertificateExtension> extensions, string oid, bool critical, Action<AsnWriter> write) =>
        extensions.Add(new CertificateExtension(oid, critical, Der.Encode(write)));

    private static void WriteBasicConstraints(AsnWriter writer, ProfileBasicConstraints constraints)
    {
        using (writer.PushSequence())
        {
            if (constraints.IsCertificateAuthority)
            {
                writer.WriteBoolean(true);
            }
            if (constraints.PathLength is { } length)
            {
                writer.WriteInteger(length);
            }
        }
    }

    private static void WritePolicies(AsnWriter writer, IReadOnlyList<ProfilePolicy> policies)
    {
        using (writer.PushSequence())
        {
            foreach (var policy in policies)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(policy.Oid);
                    if ((policy.Cps ?? policy.Notice) is not null)
                    {
                        WriteQualifiers(writer, policy);
                    }
                }
            }
        }
    }

    private static void WriteQualifiers(AsnWriter writer, ProfilePolicy policy)
    {
        using (writer.PushSequence())
        {
            if (policy.Cps is { } cps)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.CpsQualifier);
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, cps);
                }
            }
            if (policy.Notice is { } notice)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.UserNoticeQualifier);
                    using (writer.PushSequence())
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, notice);
                    }
                }
            }
        }
    }

    private static void WriteStrings(AsnWriter writer, int choice, IReadOnlyList<string> values)
    {
        using (writer.PushSequence())
        {
            foreach (var value in values)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, value, Der.Context(choice));
            }
        }
    }

    private static void WriteDistributionPoint(AsnWriter writer, IReadOnlyList<string> addresses)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence(Der.Context(0, constructed: true)))
        using (writer.PushSequence(Der.Context(0, constructed: true)))
        {
            foreach (var address in addresses)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, address, Der.Context(6));
            }
        }
    }

    private static void WriteAuthorityInformation(AsnWriter writer, IssuerLocations locations)
    {
        using (writer.PushSequence())
        {
            foreach (var (method, address) in new[] { (Oids.CaIssuers, locations.CaIssuers), (Oids.Ocsp, locations.Ocsp) })
            {
                if (address is null)
                {
                    continue;
                }
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(method);
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, address, Der.Context(6));
                }
            }
        }
    }

    private static void WriteQcStatements(AsnWriter writer, ProfileQcStatements statements)
    {
        using (writer.PushSequence())
        {
            if (statements.RetentionYears is { } years)
            {
                WriteStatement(writer, Oids.QcRetentionPeriod, w => w.WriteInteger(years));
            }
            if (statements.ClaimsSecureDevice)
            {
                WriteStatement(writer, Oids.QcSscd, null);
            }
            if (statements.DisclosureStatements.Count > 0)
            {
                WriteStatement(writer, Oids.QcPds, w => WriteDisclosures(w, statements.DisclosureStatements));
            }
            if (statements.Type is { } type)
            {
                WriteStatement(writer, Oids.QcType, w =>
                {
                    using (w.PushSequence())
                    {
                        w.WriteObjectIdentifier(type);
                    }
                });
            }
        }
    }

    private static void WriteStatement(AsnWriter writer, string oid, Action<AsnWriter>? writeInfo)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writeInfo?.Invoke(writer);
        }
    }

    private static void WriteDisclosures(AsnWriter writer, IReadOnlyDictionary<string, string> disclosures)
    {
        using (writer.PushSequence())
        {
            foreach (var (language, address) in disclosures.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                using (writer.PushSequence())
                {
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, address);
                    writer.WriteCharacterString(UniversalTagNumber.PrintableString, language);
                }
            }
        }
    }

    private static void WriteUsagePeriod(AsnWriter writer, DateTimeOffset notBefore, int days)
    {
        using (writer.PushSequence())
        {
            writer.WriteGeneralizedTime(notBefore, omitFractionalSeconds: true, Der.Context(0));
            writer.WriteGeneralizedTime(notBefore.AddDays(days).AddSeconds(-1), omitFractionalSeconds: true, Der.Context(1));
        }
    }
}
