using System.Security.Cryptography;
using Tera.Pades.Pdf;
using Tera.Pki.Keys;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Signing;

/// <summary>The whole way for a key at hand: prepare, sign, stamp, complete.</summary>
public static class PadesSigner
{
    /// <summary>Signs a file: level B-B, or B-T with a time-stamping authority (EN 319 142-1 6.3).</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Where the signed file goes. When the way is cut short, it holds the original or a part of it, never half a signature.</param>
    /// <param name="signer">The key.</param>
    /// <param name="request">The request; its algorithm must be the key's.</param>
    /// <param name="timeStamps">The authority that stamps the signature value; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait for a remote key or authority.</param>
    /// <returns>The signed file.</returns>
    /// <exception cref="SigningException">It may not or cannot be signed, for the reason given.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    /// <exception cref="TimeStampException">No time stamp was to be had.</exception>
    public static async Task<SignedPdf> SignAsync(PdfFile file, Stream output, ISigner signer, SignatureRequest request, ITimeStampClient? timeStamps = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(request);
        var prepared = DocumentToSign.Prepare(file, request with { ExpectsTimeStamp = request.ExpectsTimeStamp || timeStamps is not null }, output);
        var signature = await signer.SignDigestAsync(prepared.HashToSign, cancellationToken);
        if (timeStamps is null)
            return prepared.Complete(signature);
        var token = await timeStamps.StampAsync(CryptographicOperations.HashData(request.Algorithm.Hash, signature), request.Algorithm.Hash, cancellationToken);
        return prepared.Complete(signature, token);
    }
}
