namespace Tera.Sop.Definitions;

internal static class IdentityReader
{
    public static SopIdentity Read(SopProblems problems, SopScope top)
    {
        var scope = SopScope.Open(problems, top.Node("identitas"), top.Place, "identitas",
            "nama", "nomor", "instansi", "unit", "tanggal", "disahkan", "dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan", "pencatatan");
        var dates = scope.Node("tanggal") is { } node ? SopScope.Open(problems, node, scope.Place, "identitas.tanggal", "pembuatan", "revisi", "efektif") : null;
        return new SopIdentity
        {
            Nama = scope.Text("nama", required: true) ?? string.Empty,
            Nomor = scope.Text("nomor"),
            Instansi = scope.Text("instansi", required: true) ?? string.Empty,
            Unit = scope.Text("unit"),
            Pembuatan = dates?.Date("pembuatan"),
            Revisi = dates?.Date("revisi"),
            Efektif = dates?.Date("efektif"),
            Disahkan = scope.Text("disahkan"),
            DasarHukum = scope.Texts("dasar_hukum"),
            Kualifikasi = scope.Texts("kualifikasi"),
            Keterkaitan = scope.Texts("keterkaitan"),
            Peralatan = scope.Texts("peralatan"),
            Peringatan = scope.Texts("peringatan"),
            Pencatatan = scope.Texts("pencatatan"),
        };
    }

    public static IReadOnlyList<SopNote> Notes(SopProblems problems, SopScope top)
    {
        if (top.Node("catatan") is not { } node)
        {
            return [];
        }

        if (node is not YamlList { Items.Count: <= 100 } list)
        {
            top.Problem("catatan", "harus daftar paling banyak 100 catatan.");
            return [];
        }

        var notes = new List<SopNote>();
        foreach (var item in list.Items)
        {
            var scope = SopScope.Open(problems, item, list.Place, "catatan", "soal", "jawaban");
            notes.Add(new SopNote(scope.Text("soal", required: true) ?? string.Empty, scope.Text("jawaban", required: true) ?? string.Empty));
        }

        return notes;
    }
}
