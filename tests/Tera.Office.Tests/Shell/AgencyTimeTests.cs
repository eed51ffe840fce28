using System.Globalization;
using Tera.Office.Shell;

namespace Tera.Office.Tests.Shell;

public sealed class AgencyTimeTests
{
    private static readonly DateTimeOffset Instant = DateTimeOffset.Parse("2025-11-24T02:30:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("Asia/Jakarta", "Senin, 24 November 2025 09.30 WIB")]
    [InlineData("Asia/Makassar", "Senin, 24 November 2025 10.30 WITA")]
    [InlineData("Asia/Jayapura", "Senin, 24 November 2025 11.30 WIT")]
    public void An_instant_is_shown_in_the_zone_of_the_agency(string zone, string shown) => Assert.Equal(shown, AgencyTime.Of(zone).Long(Instant));

    [Fact]
    public void English_has_its_own_names_and_clock() =>
        Assert.Equal("Monday, 24 November 2025 09:30 WIB", (AgencyTime.Jakarta with { Language = Language.English }).Long(Instant));

    [Theory]
    [InlineData(30, "kurang dari semenit")]
    [InlineData(-90, "1 menit")]
    [InlineData(7200, "2 jam")]
    [InlineData(-259200, "3 hari")]
    public void A_distance_is_told_in_its_largest_unit(int seconds, string shown) =>
        Assert.Equal(shown, AgencyTime.Jakarta.Distance(TimeSpan.FromSeconds(seconds)));
}
