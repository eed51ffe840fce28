namespace Tera.Pades.Tests.Signing.LongTerm;

/// <summary>One authority for the tests of a class that leave it as it is.</summary>
public sealed class LiveAuthorityFixture : IDisposable
{
    internal LiveAuthority Authority { get; } = new();

    public void Dispose() => Authority.Dispose();
}
