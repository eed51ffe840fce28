namespace Tera.Pades.Tests.Changes;

/// <summary>One way to change a signed letter, or, as a twin, an honest change that must raise no alarm.</summary>
/// <param name="Name">What is done, in a few words.</param>
/// <param name="Make">Makes the changed file from a signed letter.</param>
/// <param name="Levels">The kinds of letter it is for: 0 an approval, 1 to 3 a certification that permits so much. Empty: all.</param>
internal sealed record Attack(string Name, Func<byte[], byte[]> Make, params int[] Levels)
{
    public static Attack By(string name, Action<Update> change, params int[] levels) => new(name, signed => Apply(signed, change, XrefStyle.Table), levels)
    {
        Change = change,
    };

    /// <summary>The change alone, where it is one that any style of update can carry and that can be mixed with others.</summary>
    public Action<Update>? Change { get; private init; }

    public bool IsFor(int level) => Levels.Length == 0 || Levels.Contains(level);

    public static byte[] Apply(byte[] signed, Action<Update> change, XrefStyle style)
    {
        var update = new Update(signed);
        change(update);
        return update.Write(style);
    }
}
