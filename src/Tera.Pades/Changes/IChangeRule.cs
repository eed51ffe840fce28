namespace Tera.Pades.Changes;

/// <summary>
/// A rule says what a later revision may do with one part of the document, and reports whatever it does with it.
/// What no rule explains is reported as unexplained by the rule that guards the part.
/// </summary>
internal interface IChangeRule
{
    /// <summary>Looks at a step and reports.</summary>
    void Look(RevisionStep step);
}
