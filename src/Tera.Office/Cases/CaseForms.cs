using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Tera.Office.Storage;
using Tera.Sop.Cases;
using Tera.Sop.Definitions;

namespace Tera.Office.Cases;

/// <summary>
/// What people enter in the forms of the SOP. Events hold names of fields only; the values are here, encrypted where the SOP marks the
/// document as personal data (<c>pribadi</c>; UU 27/2022).
/// </summary>
internal sealed class CaseForms(IDataProtectionProvider protection)
{
    public const int LongestValue = 4000;
    public const int MostFields = 100;

    private readonly IDataProtector _protector = protection.CreateProtector("Tera.Office.Cases.Forms");

    /// <summary>Documents that the step asks for and whose fields or parts the person enters here.</summary>
    public static IReadOnlyList<Berkas> AskedIn(SopDefinition definition, Step step) => step.Kind != StepKind.Isi || step.Rahasia
        ? []
        : step.Kelengkapan.Where(need => need.Kind == RequirementKind.Document)
            .Select(need => definition.FindDocument(need.Name)).OfType<Berkas>()
            .Where(berkas => !berkas.Berversi).ToList();

    /// <summary>Keys of <see cref="StepAct.Fields"/> that belong to a document: its fields and parts, or its own name when it has neither.</summary>
    public static IReadOnlyList<string> FieldsOf(Berkas berkas) => berkas.Isian.Count + berkas.Isi.Count == 0 ? [berkas.Name] : [.. berkas.Isian, .. berkas.Isi];

    /// <summary>The forms a person filled, as rows to be stored and submissions to be decided on.</summary>
    public IReadOnlyList<(CaseFormRow Row, Submission Submission)> Take(
        SopDefinition definition, Step step, StepAct act, Guid person, DateTimeOffset now)
    {
        var taken = new List<(CaseFormRow, Submission)>();
        foreach (Berkas berkas in AskedIn(definition, step))
        {
            Dictionary<string, string> values = FieldsOf(berkas)
                .Where(name => act.Fields.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value))
                .ToDictionary(name => name, name => act.Fields[name].Trim(), StringComparer.Ordinal);
            if (values.Count == 0)
            {
                continue;
            }

            string json = JsonSerializer.Serialize(values);
            var row = new CaseFormRow
            {
                Id = Guid.CreateVersion7(now),
                CaseId = act.CaseId,
                StepId = step.Id,
                Berkas = berkas.Name,
                Content = berkas.Pribadi ? _protector.Protect(json) : json,
                Protected = berkas.Pribadi,
                PersonId = person,
                At = now,
            };
            taken.Add((row, new Submission(berkas.Name, $"formulir/{row.Id}", [.. values.Keys])));
        }

        return taken;
    }

    /// <summary>The newest values of a document of the case; empty when nothing was entered.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LatestAsync(OfficeDb db, Guid caseId, string berkas, CancellationToken cancellation)
    {
        CaseFormRow? row = await db.Set<CaseFormRow>().AsNoTracking()
            .Where(form => form.CaseId == caseId && form.Berkas == berkas)
            .OrderByDescending(form => form.At).FirstOrDefaultAsync(cancellation);
        return row is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : JsonSerializer.Deserialize<Dictionary<string, string>>(row.Protected ? _protector.Unprotect(row.Content) : row.Content)!;
    }
}
