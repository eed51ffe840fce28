using System.Globalization;

namespace Tera.Office.Letters.Registration;

/// <summary>Dates as letters print them: <c>16 Januari 2024</c>. The names are law, not a setting of the machine.</summary>
internal static class IndonesianDate
{
    private static readonly string[] Months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

    public static string Write(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Months[date.Month - 1]} {date.Year}");
}
