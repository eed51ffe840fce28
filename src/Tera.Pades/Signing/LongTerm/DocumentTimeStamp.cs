using System.Globalization;
using Tera.Pades.Pdf;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>A document time stamp (ISO 32000-2 12.8.5, EN 319 142-1 5.4.3): a field of its own whose value stamps every byte of the file.</summary>
internal static class DocumentTimeStamp
{
    /// <summary>A token of an authority that nothing is known of: with a chain of three certificates 9 KB were met.</summary>
    private const int UnknownTokenLength = 16 * 1024;

    /// <summary>Appends one. The imprint continues the kept hash state: the file is not read.</summary>
    /// <returns>The token.</returns>
    /// <exception cref="TimeStampException">No time stamp was to be had; nothing is appended then.</exception>
    /// <exception cref="SigningException">The authority's tokens fit no place, or the document's form is damaged.</exception>
    public static async Task<byte[]> AppendAsync(GrowingPdf pdf, ITimeStampClient timeStamps, CancellationToken cancellationToken)
    {
        var size = (timeStamps.ExpectedTokenLength ?? UnknownTokenLength) + PadesSigner.TokenGrowth;
        for (var tries = 1; ; tries++)
        {
            var stamp = LayOut(pdf, size);
            var token = await timeStamps.StampAsync(stamp.Digest, pdf.Hash.AlgorithmName, cancellationToken);
            if (token.Length <= stamp.ReservedContentsSize)
            {
                var tail = stamp.Fill(ref token, out var state);
                state.Dispose();
                pdf.Append(tail);
                return token;
            }
            if (tries == PadesSigner.MaximumTries)
                throw new SigningException(SigningRefusal.ContentsTooSmall, string.Create(CultureInfo.InvariantCulture, $"{token.Length} bytes, {stamp.ReservedContentsSize} reserved"));
            size = token.Length + PadesSigner.TokenGrowth;
        }
    }

    private static AppendedSignature LayOut(GrowingPdf pdf, int size)
    {
        var form = new FormUpdate(pdf.File);
        var field = form.AddField(new SignatureFieldSpec(FreeName(pdf.File)));
        var contents = AppendedSignature.HoleForContents(size, form.Changes);
        var byteRange = AppendedSignature.HoleForByteRange();
        // ISO 32000-2 table 255: a time stamp has no /M, /Name or /Reason; the token says it all.
        var value = form.Changes.Add(PdfDictionary.Of(
            ("Type", new PdfName("DocTimeStamp")),
            ("Filter", new PdfName("Adobe.PPKLite")),
            ("SubFilter", new PdfName("ETSI.RFC3161")),
            ("ByteRange", byteRange),
            ("Contents", contents)));
        form.SetValue(field, value, appearance: null);
        form.DeclareExtension();
        return AppendedSignature.LayOut(form.Changes, contents, byteRange, pdf.Hash);
    }

    private static string FreeName(PdfFile file)
    {
        var taken = FormField.Enumerate(file.Latest).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 1; ; i++)
        {
            var name = "DocTimeStamp" + i.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(name))
                return name;
        }
    }
}
