namespace Tera.Sop.Calendar;

/// <summary>The three zones of Indonesia; none has summer time (Keppres 41/1987).</summary>
public enum IndonesianZone
{
    /// <summary>Western Indonesia, UTC+7.</summary>
    Wib = 7,

    /// <summary>Central Indonesia, UTC+8.</summary>
    Wita = 8,

    /// <summary>Eastern Indonesia, UTC+9.</summary>
    Wit = 9,
}
