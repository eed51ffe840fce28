using System.Buffers.Binary;
using System.Text;
using Tera.Office.Letters.Rendering;
using Tera.Office.Storage;
using Tera.Office.Tests.Shell;
using Tera.Office.Tests.Storage;
using Tera.Testing.Databases;

namespace Tera.Office.Tests.Letters.Rendering;

public sealed class PagePicturesTests(PostgresServer server)
{
    [Fact]
    public async Task A_page_is_drawn_once_for_each_width_and_the_kept_picture_is_served_after_that()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        PagePictures pictures = Pictures(office);
        Sha256Digest pdf = await PutAsync(office, await SamplePdf.MakeAsync());
        Assert.Equal(2, await pictures.CountAsync(pdf, default));
        Assert.Equal(480, Width(await pictures.DrawAsync(pdf, 1, 333, default)));
        Assert.Equal(1600, Width(await pictures.DrawAsync(pdf, 1, int.MaxValue, default)));
        Assert.Null(await pictures.DrawAsync(pdf, 3, 480, default));
        Assert.Null(await pictures.DrawAsync(pdf, 0, 480, default));

        string kept = Directory.GetFiles(Path.Combine(office.Options.DataFolder, "pictures"), "1-480.png", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(kept, [1, 2, 3]);
        Assert.Equal([1, 2, 3], await pictures.DrawAsync(pdf, 1, 480, default));
    }

    [Fact]
    public async Task What_is_no_PDF_has_no_pictures()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        Sha256Digest text = await PutAsync(office, Encoding.ASCII.GetBytes("bukan PDF"));
        Assert.Equal(0, await Pictures(office).CountAsync(text, default));
        Assert.Null(await Pictures(office).DrawAsync(text, 1, 800, default));
        Assert.Equal(0, await Pictures(office).CountAsync(Sha256Digest.Parse(new string('a', 64)), default));
    }

    [Fact]
    public async Task A_page_a_thousand_times_longer_than_wide_is_drawn_small()
    {
        await using TestOffice office = await TestOffice.OpenAsync(Database.Sqlite, server);
        string tall = Encoding.ASCII.GetString(await SamplePdf.MakeAsync()).Replace("[0 0 595 842]", "[0 0 14 9999]", StringComparison.Ordinal);
        byte[]? png = await Pictures(office).DrawAsync(await PutAsync(office, Encoding.ASCII.GetBytes(tall)), 1, 480, default);
        Assert.NotNull(png);
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), 1, 480 * 4);
    }

    private static PagePictures Pictures(TestOffice office) =>
        new(new PdfTools(Path.Combine(office.Options.DataFolder, "pdf")), office.Options, office.Get<IDocumentStore>());

    private static async Task<Sha256Digest> PutAsync(TestOffice office, byte[] bytes) => (await office.Get<IDocumentStore>().PutAsync(bytes, default)).Name;

    // IHDR: the width stands at byte 16 of a PNG.
    private static int Width(byte[]? png) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
}
