using System.Globalization;

namespace Tera.Pki.Lints;

/// <summary>Names have no control, format, private-use or unassigned characters and no spaces at the ends.</summary>
public sealed class NoControlCharacters : CertificateLint
{
    /// <inheritdoc/>
    public override string Id => "tera.no-control-characters";

    /// <inheritdoc/>
    public override string Citation => "pki.md 7, attack 12: NUL and bidirectional controls change what people read";

    /// <inheritdoc/>
    public override DateOnly EffectiveFrom => new(2026, 1, 1);

    /// <inheritdoc/>
    public override string? Check(LintSubject subject)
    {
        var odd = subject.Certificate.Subject.Attributes.FirstOrDefault(a => a.IsText && (a.Text.Trim() != a.Text || a.Text.EnumerateRunes().Any(IsUnreadable)));
        return odd is null ? null : $"the attribute {odd.Oid} has characters that are not read, or spaces at its ends";
    }

    private static bool IsUnreadable(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
