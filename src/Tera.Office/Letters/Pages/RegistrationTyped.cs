using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tera.Office.Shell;

namespace Tera.Office.Letters.Pages;

/// <summary>
/// The registration form as typed, with its rows of addressees and verifiers. A button that adds or removes a row sends the whole form,
/// so rows need no script and nothing typed is lost.
/// </summary>
public sealed record RegistrationTyped
{
    /// <summary>More addressees than this are a group.</summary>
    private const int MaxRows = 50;

    public string? Template { get; init; }

    public string Kind { get; init; } = "surat";

    public string Hal { get; init; } = "";

    public string Ringkas { get; init; } = "";

    public string Sifat { get; init; } = "Biasa";

    public string Urgensi { get; init; } = "Biasa";

    public string Classification { get; init; } = "";

    public string Lampiran { get; init; } = "";

    public string Tembusan { get; init; } = "";

    public string Mark { get; init; } = "qr";

    /// <summary>Position and person, separated by a colon; empty: as the SOP says.</summary>
    public string Signer { get; init; } = "";

    public IReadOnlyList<LetterDestination> Destinations { get; init; } = [];

    public IReadOnlyList<string> Verifiers { get; init; } = [];

    public static RegistrationTyped Of(LetterPage? letter, string title) => letter?.Registration is not { } registration
        ? new RegistrationTyped { Template = letter?.TemplateId, Hal = title }
        : new RegistrationTyped
        {
            Template = letter.TemplateId,
            Kind = registration.Kind,
            Hal = registration.Hal,
            Ringkas = registration.Ringkas ?? "",
            Sifat = registration.Sifat,
            Urgensi = registration.Urgensi,
            Classification = registration.Classification,
            Lampiran = registration.Lampiran ?? "",
            Tembusan = string.Join('\n', registration.Tembusan),
            Mark = registration.Mark,
            Signer = registration.SignerPosition is Guid position ? $"{position}:{registration.SignerPerson}" : "",
            Destinations = registration.Destinations,
            Verifiers = [.. registration.Verifiers.Select(id => id.ToString())],
        };

    internal static RegistrationTyped From(IFormCollection form)
    {
        string[] kinds = [.. form["tujuan-jenis"].OfType<string>().Take(MaxRows)];
        return new RegistrationTyped
        {
            Template = form.Filled("templat"),
            Kind = form.Text("macam"),
            Hal = form.Text("hal"),
            Ringkas = form.Text("ringkas"),
            Sifat = form.Text("sifat"),
            Urgensi = form.Text("urgensi"),
            // Chosen from the list as "000.1.2 Perjalanan dinas": the code is what counts.
            Classification = form.Text("klasifikasi").Split(' ', 2)[0],
            Lampiran = form.Text("lampiran"),
            Tembusan = form.Text("tembusan"),
            Mark = form.Text("tanda"),
            Signer = form.Text("penandatangan"),
            Destinations = [.. kinds.Select((kind, i) => new LetterDestination(kind, At(form, "tujuan-nama", i), At(form, "tujuan-sasaran", i)))],
            Verifiers = [.. form["verifikator"].OfType<string>().Take(MaxRows)],
        };
    }

    /// <summary>Does what a row button says; null when the button is none of these.</summary>
    internal RegistrationTyped? WithRow(string action) => action.Split(':') switch
    {
        ["tambah-tujuan", var kind] when Destinations.Count < MaxRows => this with { Destinations = [.. Destinations, new LetterDestination(kind, "", "")] },
        ["hapus-tujuan", var row] when int.TryParse(row, CultureInfo.InvariantCulture, out int at) => this with { Destinations = [.. Destinations.Where((_, i) => i != at)] },
        ["tambah-verifikator"] when Verifiers.Count < MaxRows => this with { Verifiers = [.. Verifiers, ""] },
        ["hapus-verifikator", var row] when int.TryParse(row, CultureInfo.InvariantCulture, out int at) => this with { Verifiers = [.. Verifiers.Where((_, i) => i != at)] },
        _ => null,
    };

    /// <summary>What the Letters slice checks; names of inside addressees come from the directory, not from the form.</summary>
    internal LetterRegistration Registration(Func<LetterDestination, string> nameOf)
    {
        string[] signer = Signer.Split(':');
        return new LetterRegistration(
            Kind,
            Hal,
            Ringkas.Length == 0 ? null : Ringkas,
            Sifat,
            Urgensi,
            Classification,
            Mark,
            [.. Destinations.Where(d => d.Target.Length > 0 || d.Name.Length > 0).Select(d => d with { Name = d.Name.Length > 0 ? d.Name : nameOf(d) })],
            [.. Verifiers.Where(v => v.Length > 0).Select(v => Guid.TryParse(v, out Guid id) ? id : Guid.Empty)],
            Guid.TryParse(signer[0], out Guid position) ? position : null)
        {
            SignerPerson = signer.Length > 1 && Guid.TryParse(signer[1], out Guid person) ? person : null,
            Lampiran = Lampiran.Length == 0 ? null : Lampiran,
            Tembusan = [.. Tembusan.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        };
    }

    private static string At(IFormCollection form, string name, int index) =>
        index < form[name].Count ? form[name][index]?.Trim() ?? "" : "";
}
