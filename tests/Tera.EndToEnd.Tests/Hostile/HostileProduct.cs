namespace Tera.EndToEnd.Hostile;

/// <summary>All hostile inputs go to one running product, one after the other: what one leaves behind, the next one meets.</summary>
[CollectionDefinition(Name)]
public sealed class HostileProduct : ICollectionFixture<HostileFixture>
{
    public const string Name = "One product for all hostile inputs";
}
