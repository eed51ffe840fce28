using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;

namespace Tera.Pki.Online;

/// <summary>The addresses that a certificate names for validation data, in its order; what cannot be read names none.</summary>
public static class CertificateAddresses
{
    /// <summary>Where its issuer's certificate lies (caIssuers, RFC 5280 4.2.2.1).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The URIs, of whatever scheme.</returns>
    public static IReadOnlyList<string> Issuers(Certificate certificate) => AccessLocations(certificate, Oids.CaIssuers);

    /// <summary>Where its OCSP responders are (RFC 5280 4.2.2.1).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The URIs, of whatever scheme.</returns>
    public static IReadOnlyList<string> Responders(Certificate certificate) => AccessLocations(certificate, Oids.Ocsp);

    /// <summary>Where CRLs for it lie (RFC 5280 4.2.1.13).</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>For each distribution point with a URI its URIs, which all stand for the same list.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> DistributionPoints(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Read<IReadOnlyList<string>>(certificate, Oids.CrlDistributionPoints, (point, found) =>
        {
            if (!point.IsContext(0))
            {
                return;
            }
            var name = point.ReadSequence(Der.Context(0, constructed: true));
            var uris = name.IsContext(0) ? Uris(GeneralName.ReadAll(name.ReadSequence(Der.Context(0, constructed: true)))) : [];
            if (uris.Count > 0)
            {
                found.Add(uris);
            }
        });
    }

    private static List<string> AccessLocations(Certificate certificate, string method)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Read<string>(certificate, Oids.AuthorityInfoAccess, (description, found) =>
        {
            if (description.ReadObjectIdentifier() == method)
            {
                found.AddRange(Uris([GeneralName.Read(description)]));
            }
        });
    }

    private static List<string> Uris(IReadOnlyList<GeneralName> names) => [.. names.Where(n => n.Form == GeneralNameForm.Uri).Select(n => n.Text)];

    private static List<T> Read<T>(Certificate certificate, string oid, Action<AsnReader, List<T>> readOne)
    {
        var found = new List<T>();
        if (certificate.Find(oid) is not { } extension)
        {
            return found;
        }
        try
        {
            var sequence = new AsnReader(extension.Value, AsnEncodingRules.BER).ReadSequence();
            while (sequence.HasData)
            {
                readOne(sequence.ReadSequence(), found);
            }
        }
        catch (AsnContentException)
        {
            // What was read so far is all there is: a broken extension names no further place to ask.
            return found;
        }
        return found;
    }
}
