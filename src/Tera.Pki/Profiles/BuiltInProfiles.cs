namespace Tera.Pki.Profiles;

/// <summary>The embedded profiles. Their policy identifiers are of a test arc: an operator replaces them by its own.</summary>
public static class BuiltInProfiles
{
    /// <summary>A root CA: 20 years, RSA-4096 or P-384.</summary>
    public static CertificateProfile Root { get; } = Load("root");

    /// <summary>A CA that issues to persons and services: 10 years, no CA below it.</summary>
    public static CertificateProfile Issuing { get; } = Load("issuing");

    /// <summary>A person's signature certificate (TTE): 2 years, P-256 or RSA-2048, nonRepudiation alone.</summary>
    public static CertificateProfile Person { get; } = Load("person");

    /// <summary>A person's signature certificate shaped as BSrE's.</summary>
    public static CertificateProfile PersonLikeBsre { get; } = Load("person-like-bsre");

    /// <summary>An organisation's seal: 2 years.</summary>
    public static CertificateProfile Seal { get; } = Load("seal");

    /// <summary>A time-stamping unit: 3 years, its key used for one.</summary>
    public static CertificateProfile TimeStamping { get; } = Load("tsa");

    /// <summary>A delegated OCSP responder: 30 days.</summary>
    public static CertificateProfile Ocsp { get; } = Load("ocsp");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CertificateProfile> All { get; } = [Root, Issuing, Person, PersonLikeBsre, Seal, TimeStamping, Ocsp];

    private static CertificateProfile Load(string name)
    {
        using var stream = typeof(BuiltInProfiles).Assembly.GetManifestResourceStream($"Tera.Pki.Profiles.Data.{name}.json")
            ?? throw new InvalidOperationException($"The profile {name} is not embedded.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return CertificateProfile.Parse(copy.ToArray());
    }
}
