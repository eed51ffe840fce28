namespace Tera.Office.Cases;

/// <summary>Keys of <see cref="StepAct.Fields"/> in a <c>disposisi</c> step.</summary>
public static class DispositionFields
{
    /// <summary>One instruction a line; required.</summary>
    public const string Instruction = "instruksi";

    /// <summary>Position id of the next holder; without it, whoever holds the lane of <c>ke</c>.</summary>
    public const string To = "kepada";

    public const string Note = "catatan";

    /// <summary>Due day, yyyy-MM-dd.</summary>
    public const string Due = "tenggat";
}
