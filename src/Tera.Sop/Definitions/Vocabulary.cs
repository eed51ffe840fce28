namespace Tera.Sop.Definitions;

/// <summary>The names an SOP file may use and that C# gives a meaning. A new behaviour is a new name here, never a formula in the file.</summary>
public static class Vocabulary
{
    /// <summary>Predicates for who can be a lane (<c>calon</c>), with the number of arguments each takes.</summary>
    public static IReadOnlyDictionary<string, int> Calon { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["unit.staf"] = 0,
        ["jabatan"] = 1,
        ["peran"] = 1,
        ["atasan"] = 2,
        ["akun.pemohon"] = 0,
        ["satker.pemilik_sistem"] = 0,
        ["pemilik"] = 1,
        ["berhak_cabut"] = 0,
    };

    /// <summary>Predicates over the world (<c>keadaan:…</c>) that the office answers.</summary>
    public static IReadOnlySet<string> Keadaan { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "sertifikat_aktif", "email_dinas_aktif", "email_aktif", "semua_uji_lulus",
    };

    /// <summary>Kinds of document or record.</summary>
    public static IReadOnlySet<string> Jenis { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "formulir", "berkas", "sertifikat", "naskah", "biometrik", "sistem_klien", "jadwal", "laporan", "templat", "akun_email",
    };

    /// <summary>Ways in to a step.</summary>
    public static IReadOnlySet<string> Saluran { get; } = new HashSet<string>(StringComparer.Ordinal) { "daring", "luring", "myasn" };

    /// <summary>Things that need no line in <c>berkas</c>.</summary>
    public static IReadOnlySet<string> BuiltInDocuments { get; } = new HashSet<string>(StringComparer.Ordinal) { "disposisi", "daftar_periksa" };
}
