using System.Security.Cryptography;
using System.Text;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Signing;

/// <summary>
/// The appended part of a file with a signature dictionary whose /ByteRange is filled in and whose /Contents waits: which bytes are
/// covered, their digest, and the hash state before the hole, so that filling it gives the state of the whole file.
/// </summary>
internal sealed class AppendedSignature
{
    /// <summary>"[0 a b c]" with three numbers of up to 15 digits: files of a petabyte.</summary>
    private const int ByteRangeWidth = 3 + (3 * 16) + 1;

    private readonly byte[] _tail;
    private readonly PdfHole _contents;
    private readonly IncrementalHash _untilHole;
    private readonly long _fileLength;
    private readonly IntegrityCode? _code;

    private AppendedSignature(byte[] tail, PdfHole contents, IncrementalHash untilHole, long fileLength, ByteRange byteRange, byte[] digest, IntegrityCode? code)
    {
        _code = code;
        _tail = tail;
        _contents = contents;
        _untilHole = untilHole;
        _fileLength = fileLength;
        ByteRange = byteRange;
        Digest = digest;
    }

    public ByteRange ByteRange { get; }

    /// <summary>The digest of the covered bytes.</summary>
    public byte[] Digest { get; }

    /// <summary>Bytes there are for the signature or token in /Contents; what an integrity code adds has its place besides.</summary>
    public int ReservedContentsSize => ((_contents.Length - 2) / 2) - (_code is null ? 0 : IntegrityCode.Allowance);

    /// <summary>The place for /ByteRange in a signature dictionary.</summary>
    public static PdfHole HoleForByteRange() => new(ByteRangeWidth, (byte)' ');

    /// <summary>The place for /Contents in a signature dictionary.</summary>
    public static PdfHole HoleForContents(int size, IncrementalUpdate changes) => new((2 * (size + (changes.IntegrityCode is null ? 0 : IntegrityCode.Allowance))) + 2, (byte)'0');

    /// <summary>Puts the numbers in and hashes the appended part but for the hole.</summary>
    /// <param name="changes">The update with both holes in it.</param>
    /// <param name="contents">The hole of /Contents.</param>
    /// <param name="byteRange">The hole of /ByteRange.</param>
    /// <param name="untilTail">The hash state over the file; it stays as it is.</param>
    public static AppendedSignature LayOut(IncrementalUpdate changes, PdfHole contents, PdfHole byteRange, IncrementalHash untilTail)
    {
        var tail = changes.Build();
        var fileLength = changes.File.Bytes.Length;
        var before = fileLength + contents.WrittenAt;
        var behind = before + contents.Length;
        var range = new ByteRange(before, behind, fileLength + tail.Length - behind);
        tail[contents.WrittenAt] = (byte)'<';
        tail[contents.WrittenAt + contents.Length - 1] = (byte)'>';
        Encoding.ASCII.GetBytes(range.ToString().PadRight(ByteRangeWidth)).CopyTo(tail.AsSpan(byteRange.WrittenAt));

        var untilHole = untilTail.Clone();
        untilHole.AppendData(tail, 0, contents.WrittenAt);
        using var hash = untilHole.Clone();
        hash.AppendData(tail.AsSpan(contents.WrittenAt + contents.Length));
        return new AppendedSignature(tail, contents, untilHole, fileLength, range, hash.GetHashAndReset(), changes.IntegrityCode);
    }

    /// <summary>Fills the hole. Once only: the state moves on.</summary>
    /// <param name="container">The CMS structure or token, not longer than <see cref="ReservedContentsSize"/>; with an integrity code, what stands in the file.</param>
    /// <param name="after">The hash state of the whole file.</param>
    /// <returns>The appended part.</returns>
    public byte[] Fill(ref byte[] container, out RevisionHash after)
    {
        if (_code is not null && SignedData.Read(container, out _) is { Signers: [var signer, ..] })
            container = UnsignedAttribute.Add(container, IntegrityToken.Attribute, _code.Make(_untilHole.AlgorithmName, Digest, signer.Signature.Span));
        Convert.TryToHexStringLower(container, _tail.AsSpan(_contents.WrittenAt + 1), out _);
        after = new RevisionHash(_untilHole, _fileLength + _tail.Length, _tail.AsMemory(_contents.WrittenAt));
        return _tail;
    }
}
