using Tera.Office.Letters.Rendering;

namespace Tera.Office.Tests.Letters;

/// <summary>One real LibreOffice for all tests of a class.</summary>
public sealed class ConverterFixture : IAsyncDisposable
{
    public ConverterFixture()
    {
        Folder = Directory.CreateTempSubdirectory("tera-convert-").FullName;
        Converter = new PdfConverter(new ConverterSettings { Folder = Path.Combine(Folder, "converter") });
        Tools = new PdfTools(Path.Combine(Folder, "pdf"));
    }

    public string Folder { get; }

    public PdfConverter Converter { get; }

    public PdfTools Tools { get; }

    public async Task<byte[]> PdfAsync(byte[] docx) => Assert.IsType<Conversion.Done>(await Converter.ConvertAsync(docx, CancellationToken.None)).Pdf;

    public async ValueTask DisposeAsync()
    {
        await Converter.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
