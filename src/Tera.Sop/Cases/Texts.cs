using System.Globalization;

namespace Tera.Sop.Cases;

/// <summary>Free texts are bounded: they stay in the events for as long as the case is kept.</summary>
internal static class Texts
{
    public const int Longest = 4000;

    public static Decision? Refuse(string? text, string? step, bool required) =>
        required && string.IsNullOrWhiteSpace(text) ? Cases.Refuse.Because(RefusalReason.ReasonMissing, step)
        : text is { Length: > Longest } ? Cases.Refuse.Because(RefusalReason.TextTooLong, step, Of(Longest))
        : null;

    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);
}
