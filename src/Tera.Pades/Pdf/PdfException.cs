using System.Globalization;

namespace Tera.Pades.Pdf;

/// <summary>Why a file, or a part of it, cannot be read. The text of each is in <see cref="PdfException"/>.</summary>
public enum PdfRefusal
{
    /// <summary>Nothing is refused.</summary>
    None,

    /// <summary>There is no PDF in these bytes.</summary>
    NotPdf,

    /// <summary>The file is encrypted, and no password or a wrong one was given.</summary>
    WrongPassword,

    /// <summary>The file is encrypted for the holders of certificates (ISO 32000-2 7.6.5).</summary>
    PublicKeyEncryption,

    /// <summary>The file is encrypted in a way that is not known here, or its encryption dictionary is damaged.</summary>
    UnsupportedEncryption,

    /// <summary>The integrity code of an encrypted file (ISO/TS 32004) is missing or does not hold; nobody shall put a new one over it.</summary>
    BrokenIntegrityCode,

    /// <summary>No catalog can be found, even by reading the whole file.</summary>
    NoCatalog,

    /// <summary>An object's bytes do not follow the syntax of ISO 32000.</summary>
    MalformedObject,

    /// <summary>A cross-reference section does not follow the syntax of ISO 32000.</summary>
    MalformedXref,

    /// <summary>A stream's data does not decode.</summary>
    MalformedStream,

    /// <summary>A stream uses a filter that is not decoded here.</summary>
    UnsupportedFilter,

    /// <summary>Values are nested too deep.</summary>
    TooDeep,

    /// <summary>A limit of <see cref="PdfLimits"/> on number or size is passed.</summary>
    TooLarge,

    /// <summary>The page tree does not lead to the page.</summary>
    NoSuchPage,
}

/// <summary>A PDF file that cannot be used, with the reason and the place.</summary>
public sealed class PdfException : Exception
{
    /// <summary>Refuses a file.</summary>
    /// <param name="refusal">The reason.</param>
    /// <param name="offset">The place in the file, or -1 where there is none.</param>
    public PdfException(PdfRefusal refusal, long offset = -1)
        : base(offset < 0 ? TextOf(refusal) : string.Create(CultureInfo.InvariantCulture, $"{TextOf(refusal)} (at byte {offset})"))
    {
        Refusal = refusal;
        Offset = offset;
    }

    /// <summary>The reason.</summary>
    public PdfRefusal Refusal { get; }

    /// <summary>The place in the file, or -1 where there is none.</summary>
    public long Offset { get; }

    private static string TextOf(PdfRefusal refusal) => refusal switch
    {
        PdfRefusal.NotPdf => "This is not a PDF file.",
        PdfRefusal.WrongPassword => "The PDF file is encrypted and cannot be opened: no password or a wrong one was given.",
        PdfRefusal.PublicKeyEncryption => "The PDF file is encrypted for the holders of certificates (public-key security), which is not supported.",
        PdfRefusal.UnsupportedEncryption => "The PDF file is encrypted in a way that is not supported, or its encryption dictionary is damaged.",
        PdfRefusal.BrokenIntegrityCode => "The integrity code of the encrypted PDF file (ISO/TS 32004) is missing or does not hold, so nothing is added to the file.",
        PdfRefusal.NoCatalog => "The PDF file is damaged: it has no document catalog.",
        PdfRefusal.MalformedObject => "The PDF file is damaged: an object cannot be read.",
        PdfRefusal.MalformedXref => "The PDF file is damaged: its cross-reference section cannot be read.",
        PdfRefusal.MalformedStream => "The PDF file is damaged: a stream does not decode.",
        PdfRefusal.UnsupportedFilter => "The PDF file uses a stream filter that is not supported here.",
        PdfRefusal.TooDeep => "The PDF file nests its values too deep.",
        PdfRefusal.TooLarge => "The PDF file passes a size limit of the reader.",
        PdfRefusal.NoSuchPage => "The PDF file has no such page.",
        PdfRefusal.None or _ => "The PDF file cannot be used.",
    };
}
