namespace Tera.Fuzz.Execution;

/// <summary>A property that must hold for every input did not.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
