using Tera.Office.Accounts;

namespace Tera.Office.Organisation;

/// <summary>The people of the demo agencies, one row each.</summary>
internal static class DemoPeople
{
    private const string Arunika = DemoAgency.Name;
    private const string Samudra = "Pemerintah Kabupaten Samudra Jaya";

    /// <summary>NIPs follow the pattern of BKN (birth date, month of appointment, sex, serial number); the serial numbers 9xx mark them as made up.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new(Arunika, "bupati", "Wiratama Adiguna", "Dr. Wiratama Adiguna, M.Si.", null, null, "Bupati Arunika", "kepala-daerah", null, null, JobKind.PejabatNegara, true),
        new(Arunika, "wabup", "Laksmi Kencanawati", "Laksmi Kencanawati, S.E., M.M.", null, null, "Wakil Bupati Arunika", "kepala-daerah", "bupati", null, JobKind.PejabatNegara, true),
        new(Arunika, "sekda", "Bagaskara Nirwana", "Drs. Bagaskara Nirwana, M.A.P.", "196804121993031901", "Pembina Utama Madya", "Sekretaris Daerah", "setda", "wabup", "II.a", JobKind.Struktural, true),
        new(Arunika, "asisten", "Sekar Maheswari", "Dra. Sekar Maheswari, M.Si.", "197009231995032902", "Pembina Utama Muda", "Asisten Administrasi Umum", "setda", "sekda", "II.b", JobKind.Struktural, true),
        new(Arunika, "kabag", "Damar Pranajaya", "Damar Pranajaya, S.STP., M.Si.", "197906152001121903", "Pembina", "Kepala Bagian Umum", "bagian-umum", "asisten", "III.a", JobKind.Struktural, true),
        new(Arunika, "staf", "Nawang Puspasari", "Nawang Puspasari, A.Md.", "199402182019032904", "Pengatur", "Pengelola Surat Bagian Umum", "bagian-umum", "kabag", null, JobKind.Pelaksana, false),
        new(Arunika, "kadis", "Ganendra Wicaksana", "Ir. Ganendra Wicaksana, M.T.", "197203081998031905", "Pembina Utama Muda", "Kepala Dinas Komunikasi dan Informatika", "diskominfo", "sekda", "II.b", JobKind.Struktural, true, "kadin kapusdatin"),
        new(Arunika, "sekdis", "Ratih Anindyaswari", "Ratih Anindyaswari, S.Sos., M.A.P.", "197511272002122906", "Pembina", "Sekretaris Dinas Komunikasi dan Informatika", "diskominfo", "kadis", "III.a", JobKind.Struktural, true),
        new(Arunika, "kabid", "Janardana Prakosa", "Janardana Prakosa, S.Kom., M.T.", "198008142005011907", "Penata Tingkat I", "Kepala Bidang Persandian dan Statistik", "bidang-persandian", "sekdis", "III.b", JobKind.Struktural, true),
        new(Arunika, "kasi", "Wulan Saraswati", "Wulan Saraswati, S.T.", "198612032010012908", "Penata", "Kepala Seksi Keamanan Informasi", "bidang-persandian", "kabid", "IV.a", JobKind.Struktural, true, "kasubbid"),
        new(Arunika, "stafdinas", "Bayu Tirtakusuma", "Bayu Tirtakusuma, S.Kom.", "199507292022031909", "Penata Muda", "Pengelola Layanan Informatika", "bidang-persandian", "kasi", null, JobKind.Pelaksana, false),
        new(Arunika, "arsiparis", "Retno Palupiningtyas", "Retno Palupiningtyas, S.Hum.", "198803112014022910", "Penata", "Arsiparis Ahli Muda", "bagian-umum", "kabag", null, JobKind.Fungsional, false, "", "IV.a", Role.Arsiparis),
        new(Arunika, "verifikator", "Candra Widyatmaka", "Candra Widyatmaka, S.Kom.", "199001252015031911", "Penata Muda Tingkat I", "Verifikator Sertifikat Elektronik", "bidang-persandian", "kasi", null, JobKind.Fungsional, false, "", null, Role.Verifikator),
        new(Arunika, "operator", "Indah Kartikaningrum", "Indah Kartikaningrum, S.T.", "199204072018012912", "Penata Muda", "Operator Layanan Sertifikat", "bidang-persandian", "kasi", null, JobKind.Pelaksana, false, "", null, Role.OperatorBsre),
        new(Arunika, "admin", "Surya Atmanegara", "Surya Atmanegara, S.Kom.", "198911162015031913", "Penata Muda Tingkat I", "Pranata Komputer Ahli Pertama", "bidang-persandian", "kasi", null, JobKind.Fungsional, false, "", null, Role.Admin),
        new(Arunika, "auditor", "Kirana Dewantari", "Kirana Dewantari, S.E., Ak.", "198405202009032914", "Penata Tingkat I", "Auditor Ahli Muda", "inspektorat", "sekda", null, JobKind.Fungsional, false, "", null, Role.Auditor),
        new(Samudra, "samudra.kadis", "Tirta Baharudinata", "Tirta Baharudinata, S.T., M.Si.", "197410052000031921", "Pembina Tingkat I", "Kepala Dinas Komunikasi dan Informatika", "diskominfo", null, "II.b", JobKind.Struktural, true, "kadin kadis"),
        new(Samudra, "samudra.staf", "Melati Samodrawati", "Melati Samodrawati, A.Md.", "199608132020122922", "Pengatur", "Pengelola Surat", "diskominfo", "samudra.kadis", null, JobKind.Pelaksana, false, "staf"),
    ];
}

/// <param name="Code">Code of the position, and username.</param>
/// <param name="Above">Code of the position above; null at the top.</param>
/// <param name="LaneCodes">Further codes by which SOPs call the position, separated by spaces.</param>
/// <param name="SetaraEselon">Eselon a functional position equals where an SOP says "atau setingkatnya".</param>
internal sealed record DemoPerson(
    string Agency, string Code, string Name, string DisplayName, string? Nip, string? Pangkat, string Position, string Unit, string? Above,
    string? Eselon, JobKind Kind, bool Signs, string LaneCodes = "", string? SetaraEselon = null, Role? Role = null)
{
    public DemoAccount Account => new(Code, DisplayName, Position, Agency, Signs);
}
