using System.Formats.Asn1;

namespace Tera.Pki.Certificates;

/// <summary>An extension of a certificate, CRL, CRL entry, OCSP or time-stamp message (RFC 5280 4.2).</summary>
/// <param name="Oid">What it is.</param>
/// <param name="IsCritical">Whether a reader that does not know it must refuse.</param>
/// <param name="Value">The content of extnValue.</param>
public sealed record CertificateExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>Reads a SEQUENCE OF Extension; a repeated extension is an error (RFC 5280 4.2).</summary>
    internal static IReadOnlyList<CertificateExtension> ReadAll(AsnReader sequence)
    {
        var extensions = new List<CertificateExtension>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (sequence.HasData)
        {
            var extension = sequence.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.HasData && extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (!seen.Add(oid))
            {
                throw new AsnContentException($"the extension {oid} stands twice");
            }
            extensions.Add(new CertificateExtension(oid, critical, value));
        }
        return extensions;
    }

    internal static void WriteAll(AsnWriter writer, IEnumerable<CertificateExtension> extensions)
    {
        using (writer.PushSequence())
        {
            foreach (var extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid);
                    if (extension.IsCritical)
                    {
                        writer.WriteBoolean(true);
                    }
                    writer.WriteOctetString(extension.Value.Span);
                }
            }
        }
    }
}
