namespace Tera.Office.Organisation;

/// <summary>Kinds of position (UU 20/2023 art. 13 names the managerial and non-managerial ones; elected heads stand outside the civil service).</summary>
public enum JobKind
{
    /// <summary>Elected: Bupati, Wakil Bupati.</summary>
    PejabatNegara,

    /// <summary>Commands a unit and has an eselon.</summary>
    Struktural,

    /// <summary>Jafung: ranked by expertise.</summary>
    Fungsional,

    /// <summary>Staff.</summary>
    Pelaksana,
}
