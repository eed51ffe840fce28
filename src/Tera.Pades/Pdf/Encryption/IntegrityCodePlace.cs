using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>The place in a trailer for an integrity code of its own (ISO/TS 32004, /MACLocation Standalone), filled when the update is laid out.</summary>
internal sealed class IntegrityCodePlace(IntegrityCode code)
{
    /// <summary>"[0 a b c]" with three numbers of up to 15 digits.</summary>
    private const int ByteRangeWidth = 3 + (3 * 16) + 1;

    private readonly PdfHole _byteRange = new(ByteRangeWidth, (byte)' ');

    // The length of a code does not hang on what it covers.
    private readonly PdfHole _mac = new((2 * code.Make(HashAlgorithmName.SHA256, new byte[32], []).Length) + 2, (byte)'0');

    /// <summary>The trailer's /AuthCode.</summary>
    public PdfDictionary Entry => PdfDictionary.Of(("MACLocation", new PdfName("Standalone")), ("ByteRange", _byteRange), ("MAC", _mac));

    /// <summary>The trailer's /AuthCode for a code that stands in a signature.</summary>
    public static PdfDictionary EntryFor(PdfReference signature) => PdfDictionary.Of(("MACLocation", new PdfName("AttachedToSig")), ("SigObjRef", signature));

    /// <summary>Makes the code over the file and the appended part, and puts it in.</summary>
    public void Fill(byte[] tail, PdfBytes file)
    {
        var behind = _mac.WrittenAt + _mac.Length;
        var range = string.Create(CultureInfo.InvariantCulture, $"[0 {file.Length + _mac.WrittenAt} {file.Length + behind} {tail.Length - behind}]");
        Encoding.ASCII.GetBytes(range.PadRight(ByteRangeWidth)).CopyTo(tail.AsSpan(_byteRange.WrittenAt));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IncrementalUpdate.CopyFile(file, Stream.Null, hash);
        hash.AppendData(tail.AsSpan(0, _mac.WrittenAt));
        hash.AppendData(tail.AsSpan(behind));
        Encoding.ASCII.GetBytes($"<{Convert.ToHexString(code.Make(HashAlgorithmName.SHA256, hash.GetHashAndReset(), []))}>").CopyTo(tail.AsSpan(_mac.WrittenAt));
    }
}
