using Tera.Pki.Certificates;

namespace Tera.Pki.Paths;

/// <summary>A chain whose names and signatures fit, and what stands against it apart from time and revocation.</summary>
/// <param name="Certificates">The chain, leaf first and anchor last.</param>
/// <param name="From">The latest beginning of its certificates' validities.</param>
/// <param name="Until">The earliest end of them, itself included.</param>
/// <param name="Result">RFC 5280 6.1 at an instant within all validities, or the reason why there is no such instant.</param>
public sealed record CandidateChain(IReadOnlyList<Certificate> Certificates, DateTimeOffset From, DateTimeOffset Until, PathResult Result);

/// <summary>The chains from a certificate to the anchors.</summary>
/// <param name="Chains">Those found, the likeliest first.</param>
/// <param name="WhyNone">Why there is none; null when there is one.</param>
/// <param name="Signatures">How many signatures were verified.</param>
public sealed record ChainSearch(IReadOnlyList<CandidateChain> Chains, PathResult? WhyNone, int Signatures);
