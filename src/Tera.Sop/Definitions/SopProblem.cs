namespace Tera.Sop.Definitions;

/// <summary>Why a file is no SOP.</summary>
/// <param name="File">Name of the definition.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Sentence">What is wrong, in Indonesian, because its owner reads it.</param>
public sealed record SopProblem(string File, int Line, int Column, string Sentence)
{
    /// <summary>File, place and sentence on one line.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Sentence}";
}

/// <summary>What reading a file gave: the definition, or everything that is wrong.</summary>
public abstract record SopReading
{
    private SopReading()
    {
    }

    /// <summary>The file is an SOP.</summary>
    /// <param name="Definition">The definition.</param>
    public sealed record Good(SopDefinition Definition) : SopReading;

    /// <summary>The file is none.</summary>
    /// <param name="Problems">At least one, in the order of the file.</param>
    public sealed record Bad(IReadOnlyList<SopProblem> Problems) : SopReading;
}
