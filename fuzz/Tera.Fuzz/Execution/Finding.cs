namespace Tera.Fuzz.Execution;

/// <summary>Something an execution must not do.</summary>
/// <param name="Kind">"exception", "promise", "slow", "memory", "crash" or "hang".</param>
/// <param name="Where">What tells it from others of its kind: exception type and place, or the promise.</param>
/// <param name="Detail">All that is known, for a reader.</param>
internal sealed record Finding(string Kind, string Where, string Detail)
{
    /// <summary>The same for every input that shows the same fault.</summary>
    public string Key => $"{Kind} {Where}";
}
