using Tera.Pades.Signing;
using Tera.Pades.Tests.Changes.Attacks;
using Tera.Pades.Tests.Validation;
using Tera.Pades.Validation;

namespace Tera.Pades.Tests.Changes;

/// <summary>
/// The published families of attacks and their variants on letters of our own signer: approvals, and certifications of each level, in
/// every layout of file. All are caught, and no honest twin is accused.
/// </summary>
public sealed class AttackFamilyTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<IEnumerable<Attack>>> Families = new(StringComparer.Ordinal)
    {
        ["incremental saving"] = () => IncrementalSavingAttacks.All,
        ["content"] = () => ContentAttacks.All,
        ["form"] = () => FormAttacks.All,
        ["annotation"] = () => AnnotationAttacks.All,
        ["signature field"] = () => SignatureFieldAttacks.All,
        ["forgery"] = () => ForgeryAttacks.All,
        ["readers differ"] = () => ReaderAttacks.All,
    };

    public static TheoryData<string> FamilyNames => [.. Families.Keys];

    [Theory]
    [MemberData(nameof(FamilyNames))]
    public void Every_attack_is_caught(string family)
    {
        var missed = new Failures();
        var tried = 0;
        foreach (var level in (int[])[0, 1, 2, 3])
        {
            foreach (var kind in (string[])["classic", "object streams"])
            {
                var signed = Letter.Signed(level == 0 ? null : (DocMdpPermission)level, kind);
                foreach (var attack in Families[family]().Where(a => a.IsFor(level)))
                {
                    tried++;
                    var report = SignedForm.Judge(attack.Make(signed));
                    if (IsTakenForUnchanged(report))
                        missed.Add(attack.Name, $"{kind} {level}", $"{report.Reason} {string.Join(" ", report.Signatures.SelectMany(s => s.Changes))}");
                }
            }
        }
        output.WriteLine($"{family}: {tried - missed.Count} of {tried} caught");
        Assert.True(missed.Count == 0, missed.ToString());
    }

    [Fact]
    public void No_honest_twin_is_accused()
    {
        var accused = new Failures();
        var tried = 0;
        foreach (var level in (int[])[0, 1, 2, 3])
        {
            foreach (var kind in (string[])["classic", "xref stream", "object streams", "hybrid"])
            {
                var signed = Letter.Signed(level == 0 ? null : (DocMdpPermission)level, kind);
                foreach (var twin in Twins.All.Where(t => t.IsFor(level)))
                {
                    tried++;
                    var report = SignedForm.Judge(twin.Make(signed));
                    if (!IsTakenForUnchanged(report))
                        accused.Add(twin.Name, $"{kind} {level}", report.Reason);
                }
            }
        }
        output.WriteLine($"{tried - accused.Count} of {tried} left in peace");
        Assert.True(accused.Count == 0, accused.ToString());
    }

    private static bool IsTakenForUnchanged(ValidationReport report) =>
        report.Signatures.Count > 0 && report.Signatures.All(s => s.Intact && s.ChangesAfter != ChangesAfter.Forbidden);

    /// <summary>What went wrong, told once for each attack, with the letters on which it did.</summary>
    private sealed class Failures
    {
        private readonly Dictionary<string, (string Told, List<string> On)> _all = new(StringComparer.Ordinal);

        public int Count => _all.Values.Sum(f => f.On.Count);

        public void Add(string name, string on, string told)
        {
            if (!_all.TryGetValue(name, out var known))
                _all[name] = known = (told, []);
            known.On.Add(on);
        }

        public override string ToString() => string.Join('\n', _all.Select(f => $"{f.Key} [{string.Join(", ", f.Value.On)}]: {f.Value.Told}"));
    }
}
