using Tera.Pades.Appearances;
using Tera.Pades.Pdf;

namespace Tera.Pades.Tests.Appearances;

public sealed class MarkCodeTests : IDisposable
{
    private readonly Mark _mark = new();

    [Theory]
    [InlineData(21, 0)]
    [InlineData(33, 4)]
    public void A_reader_sees_every_module_where_it_belongs(int size, int quiet)
    {
        var random = new Random(size);
        var modules = new bool[size + (2 * quiet), size + (2 * quiet)];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
                modules[row + quiet, column + quiet] = random.Next(2) == 0;
        }
        // The borders are dark, so that the code's extent is known.
        for (var i = 0; i < size; i++)
            modules[quiet, quiet + i] = modules[quiet + i, quiet] = modules[quiet + size - 1, quiet + i] = modules[quiet + i, quiet + size - 1] = true;

        // Ten pixels a module, and the quiet zone of four around them.
        var side = (size + 8) * 10;
        var (width, height, rgb) = _mark.Show(Mark.Sign(new SignatureAppearance([]) { Picture = new MarkCode(modules) }, new PdfRectangle(50, 100, side + 4, side + 4)));
        for (var row = -4; row < size + 4; row++)
        {
            for (var column = -4; column < size + 4; column++)
            {
                var isDark = row >= 0 && row < size && column >= 0 && column < size && modules[row + quiet, column + quiet];
                var (x, y) = (52 + ((column + 4) * 10) + 5, height - 100 - 2 - side + ((row + 4) * 10) + 5);
                Assert.Equal(isDark ? 0 : 255, rgb[3 * ((y * width) + x)]);
            }
        }
    }

    [Fact]
    public void Neighbouring_modules_have_no_hairline_between_them()
    {
        var all = new bool[30, 30];
        for (var i = 0; i < 900; i++)
            all[i / 30, i % 30] = true;
        // An odd size: borders between modules fall between pixels.
        var (width, height, rgb) = _mark.Show(Mark.Sign(new SignatureAppearance([]) { Picture = new MarkCode(all) }, new PdfRectangle(50, 100, 97.3, 97.3)));
        var inside = Enumerable.Range(0, width * height).Where(i => i % width is > 70 and < 128 && height - (i / width) is > 120 and < 178).ToList();
        Assert.NotEmpty(inside);
        Assert.All(inside, i => Assert.Equal(0, rgb[3 * i]));
    }

    [Fact]
    public void What_is_no_code_is_refused()
    {
        Assert.Equal(MarkRefusal.NoCode, Assert.Throws<MarkException>(() => new MarkCode(new bool[21, 21])).Refusal);
        Assert.Equal(MarkRefusal.NoCode, Assert.Throws<MarkException>(() => new MarkCode(new bool[1000, 1000])).Refusal);
        Assert.Equal(MarkRefusal.NoCode, Assert.Throws<MarkException>(() => MarkCode.Of([[true, false], [true]])).Refusal);
    }

    public void Dispose() => _mark.Dispose();
}
