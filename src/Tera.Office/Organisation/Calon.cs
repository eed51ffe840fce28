namespace Tera.Office.Organisation;

/// <summary>
/// A lane's <c>calon</c>: who can be it. A closed set of named predicates, not an expression language; a new one is a new case here with a test.
/// </summary>
public abstract record Calon
{
    private Calon() { }

    /// <summary><c>unit.staf</c>: the starter while they are staff of the unit, else any staff of it.</summary>
    public sealed record UnitStaf : Calon;

    /// <summary><c>jabatan(kabag)</c>: the nearest position of that code, seen from the starter.</summary>
    public sealed record Jabatan(string Code) : Calon;

    /// <summary><c>peran(verifikator)</c>: accounts with that role.</summary>
    public sealed record Peran(string Role) : Calon;

    /// <summary><c>atasan(pembuat, III.b)</c>: the first position of that eselon above the person of that lane; <c>III</c> stands for III.a and III.b.</summary>
    public sealed record Atasan(string Lane, string Eselon) : Calon;

    /// <summary><c>satker.pemilik_sistem</c>: the unit that owns the applying system.</summary>
    public sealed record PemilikSistem : Calon;

    /// <summary><c>akun.pemohon</c>: the account that applied.</summary>
    public sealed record Pemohon : Calon;

    /// <summary><c>pemilik(sertifikat)</c>: the person whose certificate it is.</summary>
    public sealed record Pemilik(string Berkas) : Calon;

    /// <summary><c>berhak_cabut</c>: owner, superior or personnel office who reports; the next step of the SOP checks the authority to do so.</summary>
    public sealed record BerhakCabut : Calon;

    /// <returns>Null when it is none of the known predicates.</returns>
    public static Calon? TryParse(string text)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return trimmed switch
            {
                "unit.staf" => new UnitStaf(),
                "satker.pemilik_sistem" => new PemilikSistem(),
                "akun.pemohon" => new Pemohon(),
                "berhak_cabut" => new BerhakCabut(),
                _ => null,
            };
        }

        if (!trimmed.EndsWith(')'))
        {
            return null;
        }

        string[] arguments = trimmed[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        return (trimmed[..open], arguments) switch
        {
            ("jabatan", [{ Length: > 0 } code]) => new Jabatan(code),
            ("peran", [{ Length: > 0 } role]) => new Peran(role),
            ("pemilik", [{ Length: > 0 } berkas]) => new Pemilik(berkas),
            ("atasan", [{ Length: > 0 } lane, { Length: > 0 } eselon]) => new Atasan(lane, eselon),
            _ => null,
        };
    }
}
