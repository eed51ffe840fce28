using Tera.Pades.Pdf;
using Tera.Pki.Online;

namespace Tera.Pades.Validation;

/// <summary>
/// Validates the signatures of a PDF file (EN 319 102-1): facts first, <see cref="Collect(PdfFile)"/>, then the verdict from the facts
/// alone, <see cref="Judge"/>. Nothing is fetched unless <see cref="CompleteAsync"/> is called between, and no system store is asked.
/// </summary>
public static class PadesValidator
{
    /// <summary>Collects the facts.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The evidence.</returns>
    public static Evidence Collect(PdfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return new EvidenceCollector(file).Collect();
        }
        catch (PdfException refused)
        {
            return new Evidence { Unreadable = refused.Message, Length = file.Bytes.Length };
        }
    }

    /// <summary>Opens bytes and collects the facts; bytes that are no usable PDF give evidence of just that.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="limits">The limits; null for the defaults.</param>
    /// <param name="password">A user or owner password for an encrypted file; the empty one is always tried. Without one that fits, what the file shows is not judged.</param>
    /// <returns>The evidence.</returns>
    public static Evidence Collect(PdfBytes bytes, PdfLimits? limits = null, ReadOnlyMemory<char> password = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            var file = PdfFile.OpenLocked(bytes, limits, password);
            var evidence = Collect(file);
            // Undeciphered object streams hide the form: that no signature was found there says nothing.
            return evidence is { Locked: not null, Signatures.Count: 0 } ? new Evidence { Unreadable = evidence.Locked, Length = bytes.Length } : evidence;
        }
        catch (PdfException refused)
        {
            return new Evidence { Unreadable = refused.Message, Length = bytes.Length };
        }
    }

    /// <summary>
    /// Completes the facts from outside: issuers missing between a signer and a root that the policy trusts, and revocation data where the
    /// file has none that is fresh. Without trusted roots nothing is asked, as no answer could help.
    /// </summary>
    /// <param name="evidence">The facts.</param>
    /// <param name="policy">By what they will be judged.</param>
    /// <param name="source">Where to ask; what it gives is judged like what lay in the file.</param>
    /// <param name="time">The clock that says when it came.</param>
    /// <param name="cancellationToken">Ends the asking; what came until then is kept.</param>
    /// <returns>The facts with what came.</returns>
    public static Task<Evidence> CompleteAsync(
        Evidence evidence, ValidationPolicy policy, IValidationDataSource source, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        return evidence.Unreadable is not null || policy.TrustAnchors.Count + policy.TrustedServices.Count == 0
            ? Task.FromResult(evidence)
            : new OutsideData(evidence, policy, source, time).CompleteAsync(cancellationToken);
    }

    /// <summary>Judges the facts.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="policy">By what to judge.</param>
    /// <returns>The report.</returns>
    public static ValidationReport Judge(Evidence evidence, ValidationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(policy);
        return new Judgement(evidence, policy).Report();
    }

    /// <summary>Collects and judges.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="policy">By what to judge.</param>
    /// <param name="password">A user or owner password for an encrypted file; the empty one is always tried.</param>
    /// <returns>The report.</returns>
    public static ValidationReport Validate(PdfBytes bytes, ValidationPolicy policy, ReadOnlyMemory<char> password = default) => Judge(Collect(bytes, password: password), policy);
}
