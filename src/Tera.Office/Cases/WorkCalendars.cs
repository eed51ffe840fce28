using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tera.Sop.Calendar;

namespace Tera.Office.Cases;

/// <summary>The working calendars: an agency's own files beside its SOPs, else the ones that come with Tera.</summary>
internal sealed partial class WorkCalendars(OfficeOptions options, ILogger<WorkCalendars> log)
{
    /// <summary>Folder of the calendars below the SOP files.</summary>
    public const string Folder = "kalender";

    private const string Holidays = "libur-nasional.yaml";

    private readonly ConcurrentDictionary<string, WorkingCalendar?> _known = new(StringComparer.Ordinal);

    /// <summary>The calendar an SOP names, or null when there is none of that name.</summary>
    public WorkingCalendar? Find(string name) => _known.GetOrAdd(name, Read);

    public static IndonesianZone ZoneOf(TimeZoneInfo zone) => zone.BaseUtcOffset.Hours switch
    {
        8 => IndonesianZone.Wita,
        9 => IndonesianZone.Wit,
        _ => IndonesianZone.Wib,
    };

    private WorkingCalendar? Read(string name)
    {
        string hours = Path.Combine(options.SopFolder, Folder, name + ".yaml");
        string holidays = Path.Combine(options.SopFolder, Folder, Holidays);
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') || !File.Exists(hours) || !File.Exists(holidays))
        {
            return CalendarReader.Bundled(name);
        }

        CalendarReading reading = CalendarReader.Read(name, File.ReadAllBytes(hours), File.ReadAllBytes(holidays));
        if (reading.Calendar is null)
        {
            LogBadCalendar(name, reading.Problems.Count > 0 ? reading.Problems[0].ToString() : "");
        }

        return reading.Calendar ?? CalendarReader.Bundled(name);
    }

    [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "The working calendar {Name} cannot be read: {Problem}")]
    private partial void LogBadCalendar(string name, string problem);
}
