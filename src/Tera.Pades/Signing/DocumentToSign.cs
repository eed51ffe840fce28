using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;

namespace Tera.Pades.Signing;

/// <summary>
/// A document ready to be signed: its bytes are written but for the appended part, which waits here for the signature, and its
/// digest is known. <see cref="HashToSign"/> may go to a key anywhere; the document need not. Preparing the same file with
/// the same request gives the same hash, so a wait that outlives the process is bridged by preparing again.
/// </summary>
public sealed class DocumentToSign
{
    /// <summary>"[0 a b c]" with three numbers of up to 15 digits: files of a petabyte.</summary>
    private const int ByteRangeWidth = 3 + (3 * 16) + 1;

    private readonly CmsSignatureBuilder _cms;
    private readonly Stream _output;
    private readonly byte[] _tail;
    private readonly PdfHole _contents;
    private readonly IncrementalHash _untilHole;
    private readonly long _fileLength;
    private bool _completed;

    private DocumentToSign(CmsSignatureBuilder cms, Stream output, byte[] tail, PdfHole contents, IncrementalHash untilHole, long fileLength, ByteRange byteRange, byte[] digest)
    {
        _cms = cms;
        _output = output;
        _tail = tail;
        _contents = contents;
        _untilHole = untilHole;
        _fileLength = fileLength;
        ByteRange = byteRange;
        DocumentDigest = digest;
    }

    /// <summary>The bytes that are signed.</summary>
    public ByteRange ByteRange { get; }

    /// <summary>The digest of those bytes.</summary>
    public ReadOnlyMemory<byte> DocumentDigest { get; }

    /// <summary>The digest of the signed attributes, which is what the key signs (CSC signHash).</summary>
    public ReadOnlyMemory<byte> HashToSign => _cms.HashToSign;

    /// <summary>Bytes there are for the CMS signature.</summary>
    public int ReservedContentsSize => (_contents.Length - 2) / 2;

    /// <summary>Checks what earlier signatures allow, writes the file's bytes to the output and hashes them, once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">The request.</param>
    /// <param name="output">Where the result goes; it need not be seekable. Nothing but the original is written before <see cref="Complete"/>.</param>
    /// <returns>The next station.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    public static DocumentToSign Prepare(PdfFile file, SignatureRequest request, Stream output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        var update = BuildUpdate(file, request, out var contents, out var byteRange);
        var hash = IncrementalHash.CreateHash(request.Algorithm.Hash);
        IncrementalUpdate.CopyFile(file.Bytes, output, hash);
        return Finish(file, request, update, contents, byteRange, hash, output);
    }

    /// <summary>The same for a file of which the hash state was kept: its bytes are neither read nor written again.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">The request.</param>
    /// <param name="output">Holds the file already and stands at its end; only the appended part is written.</param>
    /// <param name="kept">The state, as <see cref="SignedPdf.Hash"/> gave it; it can be used again.</param>
    /// <returns>The next station.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    public static DocumentToSign PrepareAppending(PdfFile file, SignatureRequest request, Stream output, RevisionHash kept)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(kept);
        if (kept.Length != file.Bytes.Length || kept.Algorithm != request.Algorithm.Hash)
            throw new SigningException(SigningRefusal.WrongHashState);
        var update = BuildUpdate(file, request, out var contents, out var byteRange);
        return Finish(file, request, update, contents, byteRange, kept.Continue(), output);
    }

    /// <summary>Puts the signature into its place and writes the rest of the file.</summary>
    /// <param name="signatureValue">The signature over <see cref="HashToSign"/>; ECDSA in the DER form of RFC 3279 2.2.3.</param>
    /// <param name="timeStampToken">A DER time-stamp token over the signature value, or null.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="SigningException">The value does not verify, the place is too small, or this was done before.</exception>
    public SignedPdf Complete(ReadOnlyMemory<byte> signatureValue, ReadOnlyMemory<byte>? timeStampToken = null)
    {
        if (_completed)
            throw new SigningException(SigningRefusal.AlreadyCompleted);
        // A wrong answer of a remote key shall not become a document that looks signed.
        if (!_cms.Verifies(signatureValue.Span))
            throw new SigningException(SigningRefusal.SignatureDoesNotVerify);
        var cms = _cms.Build(signatureValue.Span, timeStampToken);
        if (cms.Length > ReservedContentsSize)
            throw new SigningException(SigningRefusal.ContentsTooSmall, string.Create(CultureInfo.InvariantCulture, $"{cms.Length} bytes, {ReservedContentsSize} reserved"));
        _completed = true;

        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(cms)).CopyTo(_tail.AsSpan(_contents.WrittenAt + 1));
        _output.Write(_tail);
        _untilHole.AppendData(_tail.AsSpan(_contents.WrittenAt));
        return new SignedPdf(_fileLength + _tail.Length, ByteRange, cms, new RevisionHash(_untilHole, _fileLength + _tail.Length));
    }

    private static byte[] BuildUpdate(PdfFile file, SignatureRequest request, out PdfHole contents, out PdfHole byteRange)
    {
        var form = new FormUpdate(file);
        SigningPermissions.Check(file.Latest, request.FieldName, request.Certify);
        var field = form.FindField(request.FieldName);
        if (field is { IsSigned: true })
            throw new SigningException(SigningRefusal.FieldAlreadySigned, request.FieldName);
        field ??= form.AddField((request.NewField ?? new SignatureFieldSpec(request.FieldName)) with { Name = request.FieldName });

        var reserved = request.ReservedContentsSize ?? CmsSignatureBuilder.Reserve(request.Chain, request.ExpectsTimeStamp);
        contents = new PdfHole((2 * reserved) + 2, (byte)'0');
        byteRange = new PdfHole(ByteRangeWidth, (byte)' ');
        var signature = form.Changes.Add(SignatureDictionary(file.Latest, request, field, contents, byteRange));
        var (rectangle, page) = form.PlaceOf(field);
        form.SetValue(field, signature, request.Appearance?.Draw(form.Changes, rectangle, page));
        form.DeclareExtension();
        if (request.Certify is not null)
        {
            var permissions = form.Changes.Resolve(form.Catalog["Perms"]) as PdfDictionary ?? PdfDictionary.Of();
            form.Catalog = form.Catalog.With("Perms", permissions.With("DocMDP", signature));
        }
        return form.Changes.Build();
    }

    private static DocumentToSign Finish(PdfFile file, SignatureRequest request, byte[] tail, PdfHole contents, PdfHole byteRange, IncrementalHash hash, Stream output)
    {
        var length = file.Bytes.Length;
        var before = length + contents.WrittenAt;
        var behind = before + contents.Length;
        var range = new ByteRange(before, behind, length + tail.Length - behind);
        tail[contents.WrittenAt] = (byte)'<';
        tail[contents.WrittenAt + contents.Length - 1] = (byte)'>';
        Encoding.ASCII.GetBytes(range.ToString().PadRight(ByteRangeWidth)).CopyTo(tail.AsSpan(byteRange.WrittenAt));

        hash.AppendData(tail, 0, contents.WrittenAt);
        var untilHole = hash.Clone();
        hash.AppendData(tail.AsSpan(contents.WrittenAt + contents.Length));
        var digest = hash.GetHashAndReset();
        hash.Dispose();
        var cms = CmsSignatureBuilder.TryCreate(request.Chain, request.Algorithm, digest)
            ?? throw new SigningException(SigningRefusal.UnreadableCertificate);
        return new DocumentToSign(cms, output, tail, contents, untilHole, length, range, digest);
    }

    // ISO 32000-1 table 252 with the choices of EN 319 142-1 6.3: no /Cert, /M for the time.
    private static PdfDictionary SignatureDictionary(PdfView view, SignatureRequest request, SignatureField field, PdfHole contents, PdfHole byteRange)
    {
        var references = new List<PdfObject>();
        if (request.Certify is { } certify)
            references.Add(Reference("DocMDP", PdfDictionary.Of(("Type", new PdfName("TransformParams")), ("P", new PdfInteger((int)certify)), ("V", new PdfName("1.2"))), data: null));
        var locked = request.NewField?.Lock ?? FieldLock.Read(view, field.Dictionary["Lock"]);
        if (locked is not null)
            references.Add(Reference("FieldMDP", locked.ToDictionary("TransformParams"), view.CatalogId is { } catalog ? new PdfReference(catalog) : null));

        return PdfDictionary.Of(
            ("Type", new PdfName("Sig")),
            ("Filter", new PdfName("Adobe.PPKLite")),
            ("SubFilter", new PdfName("ETSI.CAdES.detached")),
            ("Name", Text(request.SignerName)),
            ("Reason", Text(request.Reason)),
            ("Location", Text(request.Location)),
            ("ContactInfo", Text(request.ContactInfo)),
            ("M", PdfText.EncodeDate(request.SigningTime)),
            ("Reference", references.Count == 0 ? null : new PdfArray(references)),
            ("ByteRange", byteRange),
            ("Contents", contents));
    }

    // Table 253. /Data is for FieldMDP only: the object in which the fields are.
    private static PdfDictionary Reference(string method, PdfDictionary parameters, PdfReference? data) => PdfDictionary.Of(
        ("Type", new PdfName("SigRef")),
        ("TransformMethod", new PdfName(method)),
        ("TransformParams", parameters),
        ("Data", data));

    private static PdfString? Text(string? text) => string.IsNullOrEmpty(text) ? null : PdfText.Encode(text);
}
