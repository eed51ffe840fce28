namespace Tera.Sop.Lints;

/// <summary>How bad a finding is.</summary>
public enum SopSeverity
{
    /// <summary>The procedure must not be enacted so.</summary>
    Error,

    /// <summary>Probably a mistake; its owner should say why not.</summary>
    Warning,

    /// <summary>To be known.</summary>
    Note,
}

/// <summary>What a lint found.</summary>
/// <param name="Id">Stable id of the lint.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Step">The step, or null when it is about the whole.</param>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Sentence">A sentence in Indonesian for the owner of the SOP.</param>
public sealed record SopFinding(string Id, SopSeverity Severity, string? Step, int Line, string Sentence);
