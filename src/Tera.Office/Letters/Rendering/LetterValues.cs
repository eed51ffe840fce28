using Tera.Office.Letters.Docx;

namespace Tera.Office.Letters.Rendering;

/// <summary>What the placeholders of one letter are replaced with. An empty text removes the line that has nothing else to say.</summary>
/// <param name="Address">The public address of the letter; the QR shows it.</param>
/// <param name="QrPng">The QR as a picture; null: the mark is text only.</param>
public sealed record LetterValues(
    string Number, string Date, string SignerName, string SignerPosition, string SignerPangkat, string SignerNip,
    string Hal, string Sifat, string Lampiran, string Tujuan, string Tembusan, string Classification, Uri Address, byte[]? QrPng)
{
    /// <summary>Printed where the signature stands, beside the QR or alone.</summary>
    public const string MarkText = "Ditandatangani secara elektronik";

    internal string Of(string placeholder) => placeholder switch
    {
        Placeholders.Number => Number,
        Placeholders.Date => Date,
        Placeholders.Mark => QrPng is null ? MarkText : "",
        "nama_pengirim" => SignerName,
        "jabatan_pengirim" => SignerPosition,
        "pangkat_pengirim" => SignerPangkat,
        "nip_pengirim" => SignerNip,
        "hal" => Hal,
        "sifat" => Sifat,
        "lampiran" => Lampiran,
        "tujuan" => Tujuan,
        "tembusan" => Tembusan,
        "klasifikasi" => Classification,
        "alamat_periksa" => Address.AbsoluteUri,
        _ => throw new ArgumentOutOfRangeException(nameof(placeholder), placeholder, "No value: the draft was not checked."),
    };
}
