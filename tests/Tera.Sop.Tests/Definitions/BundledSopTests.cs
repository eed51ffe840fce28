using Tera.Sop.Definitions;

namespace Tera.Sop.Tests.Definitions;

public sealed class BundledSopTests
{
    public static TheoryData<string> Names => [.. BundledSop.Names];

    [Fact]
    public void All_eight_procedures_and_the_called_one_are_bundled() =>
        Assert.Equal(
            [
                "kemhan/pengajuan-sistem-tte", "lamandau/naskah-keluar-tte-bupati", "purwakarta/penggunaan-tte", "temanggung/penerbitan-tte",
                "trenggalek/email-dinas-dan-sertifikat", "umum/email-dinas", "umum/pencabutan", "umum/perpanjangan", "umum/perubahan-data",
            ],
            BundledSop.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_bundled_procedure_is_read_without_a_problem(string name)
    {
        var reading = BundledSop.Read(name);
        Assert.True(reading is SopReading.Good, reading is SopReading.Bad bad ? string.Join('\n', bad.Problems) : null);
    }
}
