using Tera.Pki.Asn1;

namespace Tera.Pki.Lints;

/// <summary>No digits that could be a NIK or a NIP stand in the subject or its alternative names.</summary>
public sealed class NoNationalIdentifier : CertificateLint
{
    private const int LengthOfNik = 16;

    /// <inheritdoc/>
    public override string Id => "tera.no-national-identifier";

    /// <inheritdoc/>
    public override string Citation => "UU 27/2022 (personal data); pki.md 3.3: a certificate is public, so no NIK (16 digits) and no NIP (18 digits)";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        // The finding must not repeat the number: findings are logged.
        var odd = subject.Certificate.Subject.Attributes.FirstOrDefault(a => a.IsText && HasLongNumber(a.Text));
        if (odd is not null)
        {
            return $"the attribute {odd.Oid} holds {LengthOfNik} digits or more, as a NIK or NIP does";
        }
        return subject.Certificate.Find(Oids.SubjectAltName) is { } names && HasLongNumber(System.Text.Encoding.Latin1.GetString(names.Value.Span))
            ? $"subjectAltName holds {LengthOfNik} digits or more, as a NIK or NIP does"
            : null;
    }

    /// <summary>Digits count on over the separators with which people write such numbers.</summary>
    private static bool HasLongNumber(string text)
    {
        var digits = 0;
        foreach (var character in text)
        {
            if (char.IsDigit(character))
            {
                digits++;
            }
            else if (character is not (' ' or '.' or '-' or '_' or '/'))
            {
                digits = 0;
            }
            if (digits >= LengthOfNik)
            {
                return true;
            }
        }
        return false;
    }
}
