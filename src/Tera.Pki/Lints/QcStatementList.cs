using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Lints;

/// <summary>Reads qcStatements (RFC 3739 3.2.6) for the lints that judge them.</summary>
internal static class QcStatementList
{
    internal static IReadOnlyList<(string Oid, ReadOnlyMemory<byte> Info)> Read(Certificate certificate)
    {
        var statements = new List<(string, ReadOnlyMemory<byte>)>();
        if (certificate.Find(Oids.QcStatements) is { } extension)
        {
            var list = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
            while (list.HasData)
            {
                var statement = list.ReadSequence();
                statements.Add((statement.ReadObjectIdentifier(), statement.HasData ? statement.ReadEncodedValue() : default));
            }
        }
        return statements;
    }

    internal static IEnumerable<string> DisclosureAddresses(Certificate certificate)
    {
        foreach (var (_, info) in Read(certificate).Where(s => s.Oid == Oids.QcPds))
        {
            var locations = new AsnReader(info, AsnEncodingRules.DER).ReadSequence();
            while (locations.HasData)
            {
                yield return locations.ReadSequence().ReadCharacterString(UniversalTagNumber.IA5String);
            }
        }
    }
}
