using Tera.Sop.Definitions;

namespace Tera.Sop.Forms;

/// <summary>
/// Lays out the official form of PermenPANRB 35/2012: identity block and a table with one row for each activity, a column for
/// each actor with the flowchart across them, and the quality standard. Five symbols only: capsule, box, diamond, arrow, pentagon.
/// </summary>
public static class FormLayout
{
    internal const double PageWidth = 842;
    internal const double PageHeight = 595;
    internal const double Margin = 28;

    /// <summary>The pages, A4 landscape: the identity block first.</summary>
    public static IReadOnlyList<FormPage> Pages(SopDefinition definition, FormOptions options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        return [IdentityPage.Draw(definition), .. new FormTable(definition, options).Draw()];
    }
}
