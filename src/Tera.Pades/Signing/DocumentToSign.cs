using System.Globalization;
using System.Security.Cryptography;
using Tera.Pades.Appearances;
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
    private readonly PdfFile _file;
    private readonly SignatureRequest _request;
    private readonly Stream _output;
    private readonly IncrementalHash _untilTail;
    private readonly AppendedSignature _appended;
    private readonly CmsSignatureBuilder _cms;
    private bool _spent;

    private DocumentToSign(PdfFile file, SignatureRequest request, Stream output, IncrementalHash untilTail, Update update)
    {
        _file = file;
        _request = request;
        _output = output;
        _untilTail = untilTail;
        _appended = AppendedSignature.LayOut(update.Changes, update.Contents, update.ByteRange, untilTail);
        _cms = CmsSignatureBuilder.TryCreate(request.Chain, request.Algorithm, _appended.Digest)
            ?? throw new SigningException(SigningRefusal.UnreadableCertificate);
    }

    /// <summary>The bytes that are signed.</summary>
    public ByteRange ByteRange => _appended.ByteRange;

    /// <summary>The digest of those bytes.</summary>
    public ReadOnlyMemory<byte> DocumentDigest => _appended.Digest;

    /// <summary>The digest of the signed attributes, which is what the key signs (CSC signHash).</summary>
    public ReadOnlyMemory<byte> HashToSign => _cms.HashToSign;

    /// <summary>Bytes there are for the CMS signature.</summary>
    public int ReservedContentsSize => _appended.ReservedContentsSize;

    /// <summary>Checks what earlier signatures allow, writes the file's bytes to the output and hashes them, once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">The request.</param>
    /// <param name="output">Where the result goes; it need not be seekable. Nothing but the original is written before <see cref="Complete(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}?)"/>.</param>
    /// <returns>The next station.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="MarkException">The mark does not fit into its field, or its font lacks a letter.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    public static DocumentToSign Prepare(PdfFile file, SignatureRequest request, Stream output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        var update = BuildUpdate(file, request);
        var hash = IncrementalHash.CreateHash(request.Algorithm.Hash);
        IncrementalUpdate.CopyFile(file.Bytes, output, hash);
        return new DocumentToSign(file, request, output, hash, update);
    }

    /// <summary>The same for a file of which the hash state was kept: its bytes are neither read nor written again.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">The request.</param>
    /// <param name="output">Holds the file already and stands at its end; only the appended part is written.</param>
    /// <param name="kept">The state, as <see cref="SignedPdf.Hash"/> gave it; it can be used again.</param>
    /// <returns>The next station.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="MarkException">The mark does not fit into its field, or its font lacks a letter.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    public static DocumentToSign PrepareAppending(PdfFile file, SignatureRequest request, Stream output, RevisionHash kept)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(kept);
        if (kept.Length != file.Bytes.Length || kept.Algorithm != request.Algorithm.Hash)
            throw new SigningException(SigningRefusal.WrongHashState);
        var update = BuildUpdate(file, request);
        return new DocumentToSign(file, request, output, kept.Continue(), update);
    }

    /// <summary>
    /// The same with another place for the signature, when it turned out larger than reckoned: the appended part is laid out
    /// anew, the document is neither read nor written again. This one is spent, and what the new one gives is to be signed again.
    /// </summary>
    /// <param name="reservedContentsSize">Bytes for the CMS signature.</param>
    /// <returns>The new station, in the place of this one.</returns>
    /// <exception cref="SigningException">This one was completed or enlarged before.</exception>
    public DocumentToSign Enlarge(int reservedContentsSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(reservedContentsSize);
        Spend();
        var request = _request with { ReservedContentsSize = reservedContentsSize };
        return new DocumentToSign(_file, request, _output, _untilTail, BuildUpdate(_file, request));
    }

    /// <summary>How many bytes the CMS signature takes with this value and token; more than <see cref="ReservedContentsSize"/> need <see cref="Enlarge"/>.</summary>
    /// <param name="signatureValue">The signature value.</param>
    /// <param name="timeStampToken">The token, or null.</param>
    /// <returns>The number of bytes.</returns>
    public int SizeWith(ReadOnlyMemory<byte> signatureValue, ReadOnlyMemory<byte>? timeStampToken) => _cms.Build(signatureValue.Span, timeStampToken).Length;

    /// <summary>Puts the signature into its place and writes the rest of the file.</summary>
    /// <param name="signatureValue">The signature over <see cref="HashToSign"/>; ECDSA in the DER form of RFC 3279 2.2.3.</param>
    /// <param name="timeStampToken">A DER time-stamp token over the signature value, or null.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="SigningException">The value does not verify, the place is too small, or this was done before.</exception>
    public SignedPdf Complete(ReadOnlyMemory<byte> signatureValue, ReadOnlyMemory<byte>? timeStampToken = null) =>
        Complete(signatureValue, timeStampToken, verify: true);

    /// <summary>Whether a public key is that of the signer's certificate.</summary>
    internal bool IsFor(ReadOnlySpan<byte> subjectPublicKeyInfo) => _cms.IsFor(subjectPublicKeyInfo);

    internal SignedPdf Complete(ReadOnlyMemory<byte> signatureValue, ReadOnlyMemory<byte>? timeStampToken, bool verify)
    {
        if (_spent)
            throw new SigningException(SigningRefusal.AlreadyCompleted);
        // A wrong answer of a remote key shall not become a document that looks signed.
        if (verify && !_cms.Verifies(signatureValue.Span))
            throw new SigningException(SigningRefusal.SignatureDoesNotVerify);
        var cms = _cms.Build(signatureValue.Span, timeStampToken);
        if (cms.Length > ReservedContentsSize)
            throw new SigningException(SigningRefusal.ContentsTooSmall, string.Create(CultureInfo.InvariantCulture, $"{cms.Length} bytes, {ReservedContentsSize} reserved"));
        Spend();
        _untilTail.Dispose();
        var tail = _appended.Fill(ref cms, out var hash);
        _output.Write(tail);
        return new SignedPdf(ByteRange, cms, tail, hash) { WasRepaired = _file.WasRepaired };
    }

    private void Spend()
    {
        if (_spent)
            throw new SigningException(SigningRefusal.AlreadyCompleted);
        _spent = true;
    }

    private static Update BuildUpdate(PdfFile file, SignatureRequest request)
    {
        var form = new FormUpdate(file);
        SigningPermissions.Check(file.Latest, request.FieldName, request.Certify);
        var field = form.FindField(request.FieldName);
        if (field is { IsSigned: true })
            throw new SigningException(SigningRefusal.FieldAlreadySigned, request.FieldName);
        if (field is null)
        {
            var added = (request.NewField ?? new SignatureFieldSpec(request.FieldName)) with { Name = request.FieldName };
            SigningPermissions.CheckNewField(file.Latest, added);
            field = form.AddField(added, isDrawnLater: request.Appearance is not null);
        }

        var contents = AppendedSignature.HoleForContents(request.ReservedContentsSize ?? CmsSignatureBuilder.Reserve(request.Chain, request.ExpectsTimeStamp), form.Changes);
        var byteRange = AppendedSignature.HoleForByteRange();
        var signature = form.Changes.Add(SignatureDictionary(file.Latest, request, field, contents, byteRange));
        var (rectangle, page) = form.PlaceOf(field);
        var mark = request.Appearance is null ? null : new MarkDrawing(form.Changes, request.Appearance);
        form.SetValue(field, signature, rectangle is null ? null : mark?.Draw(rectangle.Value, page?.Rotate ?? 0));
        if (mark is not null)
            form.AddStamps(request.OtherMarks, mark);
        form.DeclareExtension();
        if (request.Certify is not null)
        {
            var permissions = form.Changes.Resolve(form.Catalog["Perms"]) as PdfDictionary ?? PdfDictionary.Of();
            form.Catalog = form.Catalog.With("Perms", permissions.With("DocMDP", signature));
        }
        return new Update(form.Changes, contents, byteRange);
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

    private sealed record Update(IncrementalUpdate Changes, PdfHole Contents, PdfHole ByteRange);
}
