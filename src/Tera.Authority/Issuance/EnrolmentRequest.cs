using System.Security.Cryptography;
using System.Text;

namespace Tera.Authority.Issuance;

/// <summary>What the certificate says of the person. No NIK: a certificate is public.</summary>
internal sealed record PersonSubject(string CommonName, string Organization, string? OrganizationalUnit, string? Title, string? Email);

/// <summary>An application that the office has decided; the passphrase travels beside it.</summary>
internal sealed record EnrolmentRequest(string SubjectId, PersonSubject Subject, string IdempotencyKey)
{
    /// <summary>
    /// Tells a repetition from another request under the same key. The passphrase is left out on purpose: its hash in the
    /// database would be a second and cheap oracle.
    /// </summary>
    public byte[] Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in (ReadOnlySpan<string?>)
            [SubjectId, Subject.CommonName, Subject.Organization, Subject.OrganizationalUnit, Subject.Title, Subject.Email])
        {
            // A null and an empty text differ; the length keeps fields apart.
            var bytes = field is null ? null : Encoding.UTF8.GetBytes(field);
            hash.AppendData(BitConverter.GetBytes(bytes?.Length ?? -1));
            hash.AppendData(bytes ?? []);
        }

        return hash.GetHashAndReset();
    }
}
