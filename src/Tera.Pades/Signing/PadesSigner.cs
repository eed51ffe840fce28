using System.Security.Cryptography;
using Tera.Pades.Appearances;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Signing.LongTerm;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Signing;

/// <summary>The whole way for a key at hand: prepare, sign, stamp, complete.</summary>
public static class PadesSigner
{
    /// <summary>Tokens of one authority differ by the length of their numbers and values; those of another certificate by more, and then the place is enlarged.</summary>
    internal const int TokenGrowth = 256;

    /// <summary>How often a place is laid out at most: an authority whose tokens grow each time is out of order.</summary>
    internal const int MaximumTries = 3;

    /// <summary>
    /// Signs a file: level B-B, or B-T with a time-stamping authority (EN 319 142-1 6.3). When the token is larger than the place kept
    /// for it, the appended part is laid out again and signed again; the document is not read again.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Where the signed file goes. When the way is cut short, it holds the original or a part of it, never half a signature.</param>
    /// <param name="signer">The key.</param>
    /// <param name="request">The request; its algorithm must be the key's.</param>
    /// <param name="timeStamps">The authority that stamps the signature value; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait for a remote key or authority.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="MarkException">The mark does not fit into its field, or its font lacks a letter.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    /// <exception cref="TimeStampException">No time stamp was to be had.</exception>
    public static async Task<SignedPdf> SignAsync(PdfFile file, Stream output, ISigner signer, SignatureRequest request, ITimeStampClient? timeStamps = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(request);
        var prepared = Prepare(file, WithRoom(request, timeStamps), output);
        // A key in memory has proved itself with its first signature; when it is the certificate's, its answers need no second look each.
        var verify = !(signer is SoftwareSigner && signer.Algorithm == request.Algorithm && prepared.IsFor(signer.SubjectPublicKeyInfo.Span));
        for (var tries = 1; ; tries++)
        {
            var signature = await signer.SignDigestAsync(prepared.HashToSign, cancellationToken);
            if (timeStamps is null)
                return prepared.Complete(signature, null, verify);
            var token = await timeStamps.StampAsync(CryptographicOperations.HashData(request.Algorithm.Hash, signature), request.Algorithm.Hash, cancellationToken);
            var size = prepared.SizeWith(signature, token);
            if (size <= prepared.ReservedContentsSize || tries == MaximumTries)
                return prepared.Complete(signature, token, verify);
            prepared = prepared.Enlarge(size + TokenGrowth);
        }
    }

    /// <summary>Signs a file and brings the signature to B-T, B-LT or B-LTA at once: the document's bytes are read and hashed once for all of it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Where the signed file goes; it need not be seekable. When the way is cut short, it holds the original or a part of the result.</param>
    /// <param name="signer">The key.</param>
    /// <param name="request">The request; its algorithm must be the key's.</param>
    /// <param name="longTerm">The level and where time stamps and validation data come from; the document time stamp has the hash of the signature. Only the new signature is looked at: <see cref="PadesExtender"/> extends those that were there.</param>
    /// <param name="cancellationToken">Cancels the wait for a remote key, authority or responder.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="ExtensionException">Validation data are not to be had: of which certificate, and at which address.</exception>
    /// <exception cref="MarkException">The mark does not fit into its field, or its font lacks a letter.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    /// <exception cref="TimeStampException">No time stamp was to be had.</exception>
    public static async Task<SignedPdf> SignAsync(PdfFile file, Stream output, ISigner signer, SignatureRequest request, ExtensionRequest longTerm, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(longTerm);
        PadesExtender.CheckLevel(longTerm);
        if (longTerm.TimeStamps is null)
            throw new ExtensionException(ExtensionRefusal.NoTimeStampAuthority, "the new signature");
        var signed = await SignAsync(file, output, signer, request, longTerm.TimeStamps, cancellationToken);
        if (longTerm.Level == PadesLevel.T)
            return signed;
        using var state = signed.Hash;
        var extended = await PadesExtender.ContinueAsync(file, signed, request.FieldName, output, longTerm, cancellationToken);
        return new SignedPdf(signed.ByteRange, signed.Cms, extended.Appended, extended.Hash) { WasRepaired = signed.WasRepaired };
    }

    // Sections may lead to a catalog and pages, and astray behind them. A file with signatures is left alone: a new section that
    // names no predecessor would cut them off.
    private static DocumentToSign Prepare(PdfFile file, SignatureRequest request, Stream output)
    {
        try
        {
            return DocumentToSign.Prepare(file, request, output);
        }
        catch (Exception damaged) when (!file.WasRepaired && IsDamage(damaged) && !SignatureField.Read(file.Latest).Any(f => f.IsSigned))
        {
            return DocumentToSign.Prepare(file.Repaired(), request, output);
        }
    }

    private static bool IsDamage(Exception exception) =>
        exception is SigningException { Refusal: SigningRefusal.DamagedForm }
            or PdfException { Refusal: PdfRefusal.MalformedObject or PdfRefusal.MalformedStream or PdfRefusal.MalformedXref };

    private static SignatureRequest WithRoom(SignatureRequest request, ITimeStampClient? timeStamps) => timeStamps is null ? request : request with
    {
        ExpectsTimeStamp = true,
        ReservedContentsSize = request.ReservedContentsSize ??
            (timeStamps.ExpectedTokenLength is { } length ? CmsSignatureBuilder.Reserve(request.Chain, expectsTimeStamp: false) + length + TokenGrowth : null),
    };
}
