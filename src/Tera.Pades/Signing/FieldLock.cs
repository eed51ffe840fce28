using Tera.Pades.Pdf;

namespace Tera.Pades.Signing;

/// <summary>Which fields a lock concerns (ISO 32000-1 tables 233 and 256, /Action).</summary>
public enum FieldLockAction
{
    /// <summary>All fields of the document.</summary>
    All,

    /// <summary>The fields named.</summary>
    Include,

    /// <summary>All but the fields named.</summary>
    Exclude,
}

/// <summary>What a certified document still allows (ISO 32000-1 table 254, /P).</summary>
public enum DocMdpPermission
{
    /// <summary>No change at all (time stamps and validation material apart).</summary>
    NoChanges = 1,

    /// <summary>Filling in forms and signing.</summary>
    FormFilling = 2,

    /// <summary>Filling in forms, signing and annotating.</summary>
    FormFillingAndAnnotations = 3,
}

/// <summary>Fields that are locked once a signature field is signed: a signature field lock dictionary (ISO 32000-1 table 233).</summary>
/// <param name="Action">Which fields.</param>
/// <param name="Fields">Fully qualified names, for <see cref="FieldLockAction.Include"/> and <see cref="FieldLockAction.Exclude"/>.</param>
/// <param name="Permission">What the document still allows after signing (ISO 32000-2 table 236); null to leave it as it was.</param>
public sealed record FieldLock(FieldLockAction Action, IReadOnlyList<string> Fields, DocMdpPermission? Permission = null)
{
    /// <summary>Whether it locks a field. A name locks the fields below it too.</summary>
    /// <param name="field">Fully qualified name.</param>
    /// <returns>True when locked.</returns>
    public bool Locks(string field) => Action switch
    {
        FieldLockAction.All => true,
        FieldLockAction.Include => Fields.Any(f => Covers(f, field)),
        _ => !Fields.Any(f => Covers(f, field)),
    };

    /// <summary>Reads a lock dictionary or the parameters of a FieldMDP transform, which look alike.</summary>
    /// <param name="view">The view.</param>
    /// <param name="value">The dictionary.</param>
    /// <returns>The lock, or null where it is none.</returns>
    public static FieldLock? Read(PdfView view, PdfObject? value)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Resolve(value) is not PdfDictionary dictionary)
            return null;
        FieldLockAction? action = view.GetName(dictionary, "Action") switch
        {
            "All" => FieldLockAction.All,
            "Include" => FieldLockAction.Include,
            "Exclude" => FieldLockAction.Exclude,
            _ => null,
        };
        var permission = view.GetInteger(dictionary, "P") is >= 1 and <= 3 and var p ? (DocMdpPermission?)p : null;
        if (action is null)
            return permission is null ? null : new FieldLock(FieldLockAction.Include, [], permission);
        var fields = (view.GetArray(dictionary, "Fields") ?? PdfArray.Of()).Select(view.Resolve).OfType<PdfString>().Select(PdfText.Decode);
        return new FieldLock(action.Value, fields.ToList(), permission);
    }

    internal PdfDictionary ToDictionary(string type) => PdfDictionary.Of(
        ("Type", new PdfName(type)),
        ("Action", new PdfName(Action.ToString())),
        ("Fields", Action == FieldLockAction.All ? null : new PdfArray(Fields.Select(f => (PdfObject)PdfText.Encode(f)).ToList())),
        // In FieldMDP parameters /P has no meaning; there /V names the version (table 256).
        ("P", type == "SigFieldLock" && Permission is { } p ? new PdfInteger((int)p) : null),
        ("V", type == "TransformParams" ? new PdfName("1.2") : null));

    private static bool Covers(string name, string field) =>
        string.Equals(name, field, StringComparison.Ordinal) ||
        (field.Length > name.Length && field[name.Length] == '.' && field.StartsWith(name, StringComparison.Ordinal));
}
