namespace Tera.Office.Shell;

/// <summary>What stops a form, and the field at fault; null: the form as a whole.</summary>
public sealed record FieldProblem(string? Field, string Message);
