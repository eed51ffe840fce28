using Microsoft.AspNetCore.Http;
using Tera.Office.Api;

namespace Tera.Office.Letters;

/// <summary>The one place that says which refusal is which HTTP answer.</summary>
internal static class LetterRefusals
{
    public static ApiProblem ToProblem(LetterAnswer.Refused refused) => new(
        refused.Reason switch
        {
            LetterRefusalReason.NotFound => StatusCodes.Status404NotFound,
            LetterRefusalReason.NotYours => StatusCodes.Status403Forbidden,
            LetterRefusalReason.NotOpen or LetterRefusalReason.RenderingDiffers => StatusCodes.Status409Conflict,
            LetterRefusalReason.TooLarge => StatusCodes.Status413PayloadTooLarge,
            LetterRefusalReason.NotDocx => StatusCodes.Status415UnsupportedMediaType,
            LetterRefusalReason.ConverterUnavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        Name(refused.Reason), Title(refused.Reason), refused.Message, refused.Field);

    private static string Name(LetterRefusalReason reason) => reason switch
    {
        LetterRefusalReason.NotFound => "not_found",
        LetterRefusalReason.NotYours => "not_yours",
        LetterRefusalReason.NotOpen => "not_open",
        LetterRefusalReason.NotDocx => "not_docx",
        LetterRefusalReason.Macros => "macros",
        LetterRefusalReason.ExternalLinks => "external_links",
        LetterRefusalReason.BrokenPackage => "broken_package",
        LetterRefusalReason.TooLarge => "too_large",
        LetterRefusalReason.UnresolvedPlaceholders => "unresolved_placeholders",
        LetterRefusalReason.MissingPlaceholder => "missing_placeholder",
        LetterRefusalReason.EmbeddedObjects => "embedded_objects",
        LetterRefusalReason.TrackedChanges => "tracked_changes",
        LetterRefusalReason.InvalidField => "invalid_field",
        LetterRefusalReason.UnknownClassification => "unknown_classification",
        LetterRefusalReason.VerifierNotBelowSigner => "verifier_not_below_signer",
        LetterRefusalReason.RenderingDiffers => "rendering_differs",
        LetterRefusalReason.ConverterUnavailable => "converter_unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    private static string Title(LetterRefusalReason reason) => reason switch
    {
        LetterRefusalReason.NotFound => "Tidak ditemukan",
        LetterRefusalReason.NotYours => "Bukan tugas Anda",
        LetterRefusalReason.NotOpen => "Langkah tidak terbuka",
        LetterRefusalReason.InvalidField or LetterRefusalReason.UnknownClassification or LetterRefusalReason.VerifierNotBelowSigner => "Isian belum benar",
        LetterRefusalReason.RenderingDiffers => "Cetakan berbeda",
        LetterRefusalReason.ConverterUnavailable => "Layanan sedang sibuk",
        _ => "Berkas ditolak",
    };
}
