using System.Formats.Asn1;
using Tera.Pki.Asn1;
using Tera.Pki.Keys;
using Tera.Pki.Lints;
using Tera.Pki.Profiles;

namespace Tera.Pki.Certificates;

/// <summary>Holds a request against its profile before anything is encoded.</summary>
internal static class RequestCheck
{
    private const int MaximumAttributes = 32;

    internal static LintFinding? FirstProblem(EnrollmentRequest request)
    {
        var profile = request.Profile;
        if (request.Subject.Count > MaximumAttributes)
        {
            return Problem("tera.profile-subject", $"the subject has more than {MaximumAttributes} attributes");
        }
        if (request.Subject.FirstOrDefault(s => s.Oid is null || profile.Subject.All(a => a.Type != s.Type)) is { } foreign)
        {
            return Problem("tera.profile-subject", $"the profile {profile.Id} has no attribute {foreign.Type}");
        }
        if (profile.Subject.FirstOrDefault(a => a.IsRequired && request.Subject.All(s => s.Type != a.Type)) is { } missing)
        {
            return Problem("tera.profile-subject", $"the profile {profile.Id} asks for the attribute {missing.Type}");
        }
        if (request.Subject.GroupBy(s => s.Type, StringComparer.Ordinal).FirstOrDefault(g => g.Key != "OU" && g.Count() > 1) is { } repeated)
        {
            return Problem("tera.profile-subject", $"the attribute {repeated.Key} stands {repeated.Count()} times");
        }
        if (request.EmailAddresses.Count > 0 && !profile.AllowsEmailAddress)
        {
            return Problem("tera.profile-email", $"the profile {profile.Id} takes no e-mail address");
        }
        return KeyOf(request.SubjectPublicKeyInfo) is { } key && profile.Keys.Contains(key)
            ? null
            : Problem("tera.profile-key", $"the profile {profile.Id} takes {string.Join(", ", profile.Keys)}, and the key is none of these");
    }

    private static ProfileKey? KeyOf(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        using var key = PublicKey.Import(subjectPublicKeyInfo.Span);
        if (key is null)
        {
            return null;
        }
        var algorithm = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        var type = algorithm.ReadObjectIdentifier();
        var curve = type == Oids.EcPublicKey && algorithm.IsUniversal(UniversalTagNumber.ObjectIdentifier) ? algorithm.ReadObjectIdentifier() : null;
        return (type, curve, key.Bits) switch
        {
            (Oids.EcPublicKey, Oids.P256, _) => ProfileKey.EcP256,
            (Oids.EcPublicKey, Oids.P384, _) => ProfileKey.EcP384,
            (Oids.EcPublicKey, Oids.P521, _) => ProfileKey.EcP521,
            (Oids.RsaEncryption, _, 2048) => ProfileKey.Rsa2048,
            (Oids.RsaEncryption, _, 3072) => ProfileKey.Rsa3072,
            (Oids.RsaEncryption, _, 4096) => ProfileKey.Rsa4096,
            _ => null,
        };
    }

    private static LintFinding Problem(string id, string text) => new(id, LintSeverity.Error, text);
}
