using Tera.Pades.Pdf;
using Tera.Pades.Validation;
using Tera.Pki.Certificates;

namespace Tera.Pades.Baseline;

/// <summary>
/// The checklist of the PAdES baseline levels (EN 319 142-1 clause 6.3), line by line. It tells what form a signature has; whether
/// its signer is trusted is the validator's affair.
/// </summary>
public static class BaselineRequirements
{
    /// <summary>All lines, those of B-B first.</summary>
    public static IReadOnlyList<BaselineRequirement> All { get; } =
        [.. DictionaryRequirements.All, .. CmsRequirements.All, .. TimeRequirements.All, .. LongTermRequirements.All, .. ArchiveRequirements.All];

    /// <summary>Checks the signatures of a file; document time stamps are checked with what they stand for.</summary>
    /// <param name="file">The file.</param>
    /// <param name="anchors">Certificates at which chains may end; without them a chain ends at a self-signed certificate.</param>
    /// <returns>A report for each signature.</returns>
    public static IReadOnlyList<BaselineReport> Check(PdfFile file, IReadOnlyList<Certificate>? anchors = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var evidence = PadesValidator.Collect(file);
        return [.. evidence.Signatures.Where(s => !s.IsDocumentTimeStamp).Select(signature =>
        {
            var subject = new BaselineSubject(file, evidence, signature, anchors ?? []);
            return new BaselineReport(signature.Field, [.. All.Select(r => new BaselineFinding(r, r.Objection(subject)))]);
        })];
    }
}
