using Tera.Pades.Cms;

namespace Tera.Pades.Pdf.Encryption;

/// <summary>Finds the integrity code of a file's newest revision and checks it over all bytes of the file (ISO/TS 32004).</summary>
internal static class IntegrityCheck
{
    public static IntegrityState Of(PdfFile file)
    {
        if (file.Security is not { } security)
            return IntegrityState.None;
        var view = file.Latest;
        if (view.GetDictionary(view.Trailer, "AuthCode") is not { } entry)
            return security.WantsIntegrityCode ? IntegrityState.Missing : IntegrityState.None;
        if (security.IntegrityCode is not { } code)
            return IntegrityState.DoesNotHold;
        return view.GetName(entry, "MACLocation") switch
        {
            "Standalone" => Standalone(file, view, entry, code),
            "AttachedToSig" => Attached(file, view, entry, code),
            _ => false,
        }
        ? IntegrityState.Holds : IntegrityState.DoesNotHold;
    }

    private static bool Standalone(PdfFile file, PdfView view, PdfDictionary entry, IntegrityCode code) =>
        view.Resolve(entry["MAC"]) is PdfString mac
        && IntegrityToken.Read(mac.Bytes) is { } token
        && DigestOf(file, view, entry, mac, token.DigestAlgorithm) is { } digest
        && code.Holds(token, digest, signature: null);

    private static bool Attached(PdfFile file, PdfView view, PdfDictionary entry, IntegrityCode code)
    {
        if (view.GetDictionary(entry, "SigObjRef") is not { } signature || view.Resolve(signature["Contents"]) is not PdfString contents ||
            SignedData.Read(contents.Bytes, out _) is not { Signers: [var signer, ..] })
            return false;
        var tokens = signer.UnsignedAttributes.Where(a => a.Oid == IntegrityToken.Attribute).SelectMany(a => a.Values).ToList();
        return tokens.Count == 1
            && IntegrityToken.Read(tokens[0]) is { } token
            && DigestOf(file, view, signature, contents, token.DigestAlgorithm) is { } digest
            && code.Holds(token, digest, signer.Signature);
    }

    // The digest over everything but the place of the code; null where /ByteRange says anything else.
    private static byte[]? DigestOf(PdfFile file, PdfView view, PdfDictionary dictionary, PdfString hole, AlgorithmId algorithm)
    {
        if (view.GetArray(dictionary, "ByteRange") is not { Count: 4 } array)
            return null;
        var range = array.Select(i => (view.Resolve(i) as PdfInteger)?.Value ?? -1).ToArray();
        var length = file.Bytes.Length;
        if (range[0] != 0 || range[1] != hole.Start || range[2] != hole.End || range[3] < 0 || range[3] != length - range[2])
            return null;
        using var digest = RunningDigest.Create(algorithm);
        if (digest is null)
            return null;
        digest.Append(file.Bytes, 0, range[1]);
        digest.Append(file.Bytes, range[2], length);
        return digest.Finish();
    }
}
