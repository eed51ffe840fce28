using Tera.Office.Letters.Docx;
using Tera.Pades.Pdf;
using Tera.Pades.Signing;

namespace Tera.Office.Letters.Rendering;

/// <param name="Docx">The draft with its values, before conversion.</param>
public sealed record RenderedLetter(byte[] Docx, byte[] Pdf, IReadOnlyList<PageSize> Pages, IReadOnlyList<string> Text);

public abstract record RenderAnswer
{
    private RenderAnswer() { }

    public sealed record Done(RenderedLetter Letter) : RenderAnswer;

    /// <summary>The letter itself is at fault; the sentence is for its drafter.</summary>
    public sealed record Failed(string Message) : RenderAnswer;
}

/// <summary>A field to be placed: invisible, or on the mark.</summary>
public sealed record FieldWanted(string Name, Guid PositionId, bool Paraf);

/// <summary>Draft and values to PDF/A with its empty signature fields, and the checks in between.</summary>
public sealed class LetterRenderer(PdfConverter converter, PdfTools tools)
{
    // A letter with annexes; more is a book, and the converter's time limit would end it anyway.
    private const int MaxPages = 500;

    public async Task<RenderAnswer> RenderAsync(byte[] draft, LetterValues values, CancellationToken cancellation)
    {
        if (DocxDoor.Read("naskah.docx", draft) is not DocxReading.Accepted(var package))
        {
            return new RenderAnswer.Failed("Konsep tersimpan tidak dapat dibaca lagi. Unggah ulang konsep.");
        }

        if (PlaceholderCheck.Check(package) is { } problem)
        {
            return new RenderAnswer.Failed(problem.Message);
        }

        byte[] merged = LetterMerge.Merge(package, values).Write();
        return await converter.ConvertAsync(merged, cancellation) switch
        {
            Conversion.Done(var pdf) => await CheckAsync(merged, pdf, cancellation),
            Conversion.Failed(var message) => new RenderAnswer.Failed(message),
            _ => throw new InvalidOperationException("An unknown conversion."),
        };
    }

    /// <summary>Adds empty fields in one incremental update: a paraf's is invisible, the signer's lies on the QR where there is one.</summary>
    public static byte[] PlaceFields(byte[] pdf, IReadOnlyList<FieldWanted> fields, LetterValues values)
    {
        var file = PdfFile.Open(pdf);
        LinkAnnotation? mark = values.QrPng is null ? null : LinkAnnotations.Find(file.Latest, values.Address.AbsoluteUri).LastOrDefault();
        if (values.QrPng is not null && mark is null)
        {
            throw new InvalidDataException("The converter lost the link on the QR; there is no place for the signature field.");
        }

        using var output = new MemoryStream();
        SignatureFields.Prepare(
            file,
            fields.Select(field => field.Paraf || mark is null
                ? new SignatureFieldSpec(field.Name)
                : new SignatureFieldSpec(field.Name, mark.PageIndex, mark.Rectangle)).ToList(),
            output);
        return output.ToArray();
    }

    private async Task<RenderAnswer> CheckAsync(byte[] merged, byte[] pdf, CancellationToken cancellation)
    {
        IReadOnlyList<PageSize> pages = await tools.PagesAsync(pdf, cancellation);
        IReadOnlyList<string> text = await tools.TextAsync(pdf, cancellation);
        int counted = PdfPages.Enumerate(PdfFile.Open(pdf).Latest).Count();
        if (counted is 0 or > MaxPages || counted != pages.Count || text.Count != pages.Count)
        {
            return new RenderAnswer.Failed(counted > MaxPages ? $"Naskah lebih dari {MaxPages} halaman." : "Hasil PDF tidak utuh. Simpan ulang konsep di pengolah kata, lalu unggah lagi.");
        }

        int leak = text.ToList().FindIndex(page => page.Contains("${", StringComparison.Ordinal));
        return leak < 0
            ? new RenderAnswer.Done(new RenderedLetter(merged, pdf, pages, text))
            : new RenderAnswer.Failed($"Halaman {leak + 1} masih memuat tanda variabel “${{”. Hapus atau perbaiki, lalu unggah lagi.");
    }
}
