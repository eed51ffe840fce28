using System.Security.Cryptography;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Asn1;
using Tera.Pki.Certificates;
using Tera.Pki.TimeStamping;

namespace Tera.Pades.Signing.LongTerm;

/// <summary>
/// Brings signatures to B-T, B-LT or B-LTA, whoever made them (EN 319 142-1 6.3): by document time stamps and the document security
/// store, appended behind what is signed. This is allowed in documents certified against every change (ISO 32000-2 12.8.2.2.2).
/// </summary>
public static class PadesExtender
{
    /// <summary>Extends the signatures of a file. Done again at LTA it renews: the last time stamp's validation data, then a new time stamp.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Where the extended file goes; it need not be seekable. When the way is cut short, it holds the original or a part of the result.</param>
    /// <param name="request">How far, and with whose help.</param>
    /// <param name="cancellationToken">Cancels the wait for an authority or responder.</param>
    /// <returns>What was added: nothing where the signatures had the level already and it is not LTA.</returns>
    /// <exception cref="ExtensionException">A signature does not hold, or something is not to be had: which certificate, and which address.</exception>
    /// <exception cref="TimeStampException">No time stamp was to be had.</exception>
    /// <exception cref="SigningException">The document's form is damaged.</exception>
    /// <exception cref="PdfException">The file cannot be read.</exception>
    public static async Task<ExtendedPdf> ExtendAsync(PdfFile file, Stream output, ExtensionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(request);
        CheckLevel(request);
        var evidence = new EvidenceCollector(file).Collect();
        var proven = Choose(evidence, request.Fields);
        var pdf = GrowingPdf.Copy(file, output, request.TimeStampHash);
        var gatherer = new MaterialGatherer(request);
        gatherer.Know(
            Memory(evidence.StoredCertificates.Select(c => c.Encoded)).Concat(evidence.Signatures.SelectMany(s => Memory(s.Certificates).Concat(s.TimeStamps.SelectMany(t => Memory(t.Certificates))))),
            Memory(evidence.StoredCrls.Select(c => c.Encoded)).Concat(evidence.Signatures.SelectMany(s => Memory(s.Crls))),
            Memory(evidence.StoredOcspResponses.Select(c => c.Encoded)).Concat(evidence.Signatures.SelectMany(s => Memory(s.OcspResponses))));
        return await RaiseAsync(pdf, proven, gatherer, request, cancellationToken);
    }

    /// <summary>Raises a signature that was just made into the output.</summary>
    internal static Task<ExtendedPdf> ContinueAsync(PdfFile original, SignedPdf signed, string field, Stream output, ExtensionRequest request, CancellationToken cancellationToken)
    {
        var pdf = GrowingPdf.Continue(original, signed, output);
        var gatherer = new MaterialGatherer(request);
        var proven = ProvenSignature.Of(field, signed.Cms);
        gatherer.Know(SignedData.Read(signed.Cms, out _)!.Certificates.Concat(proven.TimeStamps.SelectMany(t => Memory(t.Certificates))), [], []);
        return RaiseAsync(pdf, [proven], gatherer, request, cancellationToken);
    }

    internal static void CheckLevel(ExtensionRequest request)
    {
        if (request.Level is not (PadesLevel.T or PadesLevel.Lt or PadesLevel.Lta))
            throw new ArgumentOutOfRangeException(nameof(request), request.Level, "Signatures are extended to T, LT or LTA.");
        if (request.TimeStampHash != HashAlgorithmName.SHA256 && request.TimeStampHash != HashAlgorithmName.SHA384 && request.TimeStampHash != HashAlgorithmName.SHA512)
            throw new ArgumentOutOfRangeException(nameof(request), request.TimeStampHash.Name, "Documents are stamped with SHA-256, SHA-384 or SHA-512.");
        if (request is { Level: PadesLevel.Lta, TimeStamps: null })
            throw new ExtensionException(ExtensionRefusal.NoTimeStampAuthority, "level LTA");
    }

    private static List<ProvenSignature> Choose(Evidence evidence, IReadOnlyList<string>? fields)
    {
        // Document time stamps are what the others rest on: they come along.
        var chosen = evidence.Signatures.Where(s => fields is null || s.IsDocumentTimeStamp || fields.Contains(s.Field, StringComparer.Ordinal)).ToList();
        var missing = fields?.Where(f => !chosen.Exists(s => s.Field == f)).ToList() ?? [];
        if (chosen.Count == 0 || missing.Count > 0)
            throw new ExtensionException(ExtensionRefusal.NoSignature, missing.Count == 0 ? "the document has none" : $"field {string.Join(", ", missing)}");
        foreach (var signature in chosen)
            CheckHolds(signature);
        return [.. ProvenSignature.Of(evidence).Where(p => chosen.Exists(s => s.Field == p.Field))];
    }

    private static async Task<ExtendedPdf> RaiseAsync(
        GrowingPdf pdf, IReadOnlyList<ProvenSignature> signatures, MaterialGatherer gatherer, ExtensionRequest request, CancellationToken cancellationToken)
    {
        var all = signatures.ToList();
        var stamps = 0;
        if (all.Find(s => s.At is null) is { } unproven)
        {
            // T: a foreign signature has no room for a time stamp in itself; one over the whole document proves it as well.
            var stamp = await StampAsync(pdf, request, $"signature {unproven.Field}", cancellationToken);
            all = [.. all.Select(s => s.At is null ? s with { At = stamp.At } : s), stamp];
            gatherer.Know(stamp.TimeStamps.SelectMany(t => Memory(t.Certificates)), [], []);
            stamps++;
        }
        var added = (Certificates: 0, Crls: 0, OcspResponses: 0);
        if (request.Level is PadesLevel.Lt or PadesLevel.Lta)
        {
            foreach (var signature in all)
                await CoverAsync(signature, gatherer, cancellationToken);
            added = SecurityStore.Append(pdf, gatherer.Material);
        }
        if (request.Level == PadesLevel.Lta)
        {
            await StampAsync(pdf, request, "level LTA", cancellationToken);
            stamps++;
        }
        return new ExtendedPdf(pdf.Appended, added.Certificates, added.Crls, added.OcspResponses, stamps, new RevisionHash(pdf.Hash, pdf.File.Bytes.Length));
    }

    private static async Task<ProvenSignature> StampAsync(GrowingPdf pdf, ExtensionRequest request, string why, CancellationToken cancellationToken)
    {
        if (request.TimeStamps is not { } authority)
            throw new ExtensionException(ExtensionRefusal.NoTimeStampAuthority, why);
        var token = await DocumentTimeStamp.AppendAsync(pdf, authority, cancellationToken);
        // The client has checked the imprint.
        var stamp = TimeStampReader.Read(token, _ => null, []) with { ImprintMatches = true };
        return new ProvenSignature("", null, stamp.Time, [stamp]);
    }

    private static async Task CoverAsync(ProvenSignature signature, MaterialGatherer gatherer, CancellationToken cancellationToken)
    {
        if (signature.SignerCertificate is { } signer)
            await gatherer.CoverAsync(Decode(signer, $"the signer of {signature.Field}"), signature.At!.Value, purpose: null, cancellationToken);
        foreach (var stamp in signature.TimeStamps.Where(t => t.IsIntact))
        {
            await gatherer.CoverAsync(
                Decode(stamp.AuthorityCertificate ?? [], $"the time-stamping authority of {signature.Field}"), stamp.Time!.Value, Oids.KeyPurposeTimeStamping, cancellationToken);
        }
    }

    private static Certificate Decode(byte[] encoded, string whose) => Certificate.TryDecode(encoded, out var certificate, out var error)
        ? certificate
        : throw new ExtensionException(ExtensionRefusal.CertificateUnreadable, $"{whose}: {error}");

    // A value by an algorithm that is not known here may well hold; what was made over other bytes or is malformed does not.
    private static void CheckHolds(SignatureEvidence signature)
    {
        if (signature.Defects.Count > 0)
            throw new ExtensionException(ExtensionRefusal.SignatureDoesNotHold, $"{signature.Field}: {Defects.TextOf(signature.Defects[0])}");
        if (signature.DigestMatches == false)
            throw new ExtensionException(ExtensionRefusal.SignatureDoesNotHold, $"{signature.Field}: the signed bytes were changed");
        if (signature.Value == SignatureValueState.DoesNotHold)
            throw new ExtensionException(ExtensionRefusal.SignatureDoesNotHold, $"{signature.Field}: the signature value is not the signer's");
        if (!signature.IsDocumentTimeStamp && signature.SignerCertificate is null)
            throw new ExtensionException(ExtensionRefusal.CertificateUnreadable, $"{signature.Field}: the document does not have the signer's certificate");
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Memory(IEnumerable<byte[]> items) => items.Select(i => (ReadOnlyMemory<byte>)i);
}
