namespace Tera.Pki.Online;

/// <summary>What came from outside, and what did not come and why.</summary>
/// <typeparam name="T">The kind of data.</typeparam>
/// <param name="Items">What came.</param>
/// <param name="Problems">A problem for each address that was tried in vain; also where another address helped.</param>
public sealed record Fetched<T>(IReadOnlyList<T> Items, IReadOnlyList<FetchProblem> Problems);
