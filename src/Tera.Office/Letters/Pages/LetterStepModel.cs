using Tera.Office.Cases;
using Tera.Office.Organisation;
using Tera.Office.Shell;

namespace Tera.Office.Letters.Pages;

/// <summary>Everything the screen of a letter's step draws.</summary>
public sealed record LetterStepModel(CasePage Case, OpenTask Task, LetterPage? Letter, RegistrationTyped Typed)
{
    public required LetterStepParts Parts { get; init; }

    public required LetterChoices Choices { get; init; }

    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];

    public string Path => $"/surat/{Case.Id}/langkah/{Uri.EscapeDataString(Task.StepId)}";

    public string? ProblemOf(string field) => Problems.FirstOrDefault(problem => string.Equals(problem.Field, field, StringComparison.Ordinal))?.Message;
}

/// <summary>What the step asks for, read from its effects (sops.md section 7).</summary>
public sealed record LetterStepParts(bool Template, bool Draft, bool Registration, bool Chain)
{
    public static LetterStepParts Of(OpenTask task)
    {
        bool Does(string effect) => task.Effects.Contains(effect, StringComparer.Ordinal);
        bool template = Does("templat.ambil");
        bool draft = Does("dok.versi_baru") || Does("dok.ke_pdf");
        bool registration = Does("naskah.registrasi") || Does("nomor.pesan");

        // Where one step makes the whole letter (Purwakarta), the template is chosen there too.
        return new LetterStepParts(template || (Does("dok.versi_baru") && registration), draft, registration, Does("naskah.registrasi"));
    }

    public bool Any => Template || Draft || Registration;
}

/// <summary>What the lists of the form offer.</summary>
public sealed record LetterChoices(
    IReadOnlyList<LetterTemplate> Templates,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<Holding> Directory,
    IReadOnlyList<Holding> Verifiers,
    IReadOnlyList<Holding> Signers,
    IReadOnlyList<KeyValuePair<string, string>> Groups,
    IReadOnlyList<KeyValuePair<string, string>> Classifications);
