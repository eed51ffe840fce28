using Microsoft.AspNetCore.Http;
using Tera.Office.Shell;

namespace Tera.Office.Cases.Pages;

/// <summary>What a person typed into a step's form, so that a refusal loses nothing. Never the passphrase.</summary>
public sealed record StepTyped(
    string? Outcome, string? ReturnTo, string? Reason, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Checked)
{
    /// <summary>Names of the SOP's own fields carry this prefix in the form, so that they cannot collide with ours.</summary>
    public const string FieldPrefix = "isian.";

    public static StepTyped Nothing { get; } = new(null, null, null, new Dictionary<string, string>(StringComparer.Ordinal), []);

    public static StepTyped From(IFormCollection form) => new(
        form.Filled("hasil"),
        form.Filled("kembali-ke"),
        form.Filled("alasan"),
        form.Keys.Where(key => key.StartsWith(FieldPrefix, StringComparison.Ordinal))
            .ToDictionary(key => key[FieldPrefix.Length..], key => form[key].ToString().Trim(), StringComparer.Ordinal),
        [.. form["cek"].OfType<string>()]);

    public bool IsEmpty => Reason is null && Fields.Values.All(string.IsNullOrEmpty);
}
