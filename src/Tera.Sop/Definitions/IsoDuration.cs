using System.Globalization;
using System.Text.RegularExpressions;

namespace Tera.Sop.Definitions;

/// <summary>
/// A duration of ISO 8601 (<c>PT15M</c>, <c>P7D</c>, <c>P23M</c>). Years and months have no length of their own, so only
/// durations without them turn into a <see cref="TimeSpan"/>.
/// </summary>
public readonly partial record struct IsoDuration
{
    private IsoDuration(int years, int months, int days, TimeSpan time)
    {
        Years = years;
        Months = months;
        Days = days;
        Time = time;
    }

    /// <summary>Years.</summary>
    public int Years { get; }

    /// <summary>Months.</summary>
    public int Months { get; }

    /// <summary>Days; weeks count as seven.</summary>
    public int Days { get; }

    /// <summary>Hours, minutes and seconds.</summary>
    public TimeSpan Time { get; }

    /// <summary>Reads a duration; each number has at most four digits, and the whole is longer than zero.</summary>
    public static bool TryParse(string? text, out IsoDuration duration)
    {
        duration = default;
        if (text is null || text.Length > 40)
        {
            return false;
        }

        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var time = new TimeSpan(Part("H"), Part("Min"), Part("S"));
        duration = new IsoDuration(Part("Y"), Part("M"), (Part("W") * 7) + Part("D"), time);
        return duration != default;
    }

    /// <summary>The length, when the duration has neither years nor months; a day is 24 hours.</summary>
    public bool TryGetTimeSpan(out TimeSpan span)
    {
        span = TimeSpan.FromDays(Days) + Time;
        return Years == 0 && Months == 0;
    }

    [GeneratedRegex(@"^P(?=.)(?:(?<Y>[0-9]{1,4})Y)?(?:(?<M>[0-9]{1,4})M)?(?:(?<W>[0-9]{1,4})W)?(?:(?<D>[0-9]{1,4})D)?(?:T(?=.)(?:(?<H>[0-9]{1,4})H)?(?:(?<Min>[0-9]{1,4})M)?(?:(?<S>[0-9]{1,4})S)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
