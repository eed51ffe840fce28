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

    [Fact]
    public void Documents_laid_out_for_a_trick_are_caught_when_it_is_played()
    {
        var missed = new Failures();
        foreach (var level in (int[])[0, 2, 3])
        {
            foreach (var kind in (string[])["classic", "object streams"])
            {
                foreach (var attack in PreparedAttack.All)
                {
                    var certify = level == 0 ? (DocMdpPermission?)null : (DocMdpPermission)level;
                    Assert.True(IsTakenForUnchanged(SignedForm.Judge(Letter.Signed(certify, kind, prepare: attack.Prepare))), attack.Name + ": the letter itself");
                    var report = SignedForm.Judge(attack.Make(certify, kind));
                    if (IsTakenForUnchanged(report))
                        missed.Add(attack.Name, $"{kind} {level}", string.Join(" ", report.Signatures.SelectMany(s => s.Changes)));
                }
            }
        }
        Assert.True(missed.Count == 0, missed.ToString());
    }

    [Fact]
    public void Objects_that_the_signed_section_promises_and_that_come_later_are_caught()
    {
        Assert.False(IsTakenForUnchanged(SignedForm.Judge(PreparedAttack.BeyondTheSignedBytes())));
        Assert.False(IsTakenForUnchanged(SignedForm.Judge(PreparedAttack.InAStreamToCome())));
    }

    [Fact]
    public void A_remark_of_ones_own_may_be_changed_and_one_that_was_signed_may_not_by_a_detour()
    {
        var opinion = Letter.Picture("1 g 0 0 100 20 re f BT /Helv 9 Tf 0 g 2 8 Td (Setuju) Tj ET", 100, 20);
        var remarked = Attack.Apply(Letter.Signed(), u => u.Set(2000, $"<</Type/Annot/Subtype/FreeText/Rect[400 700 500 720]/P 3 0 R/AP<</N {u.New(opinion)} 0 R>>>>").Append(Letter.Annotations1, "2000 0 R"), XrefStyle.Table);
        Assert.True(IsTakenForUnchanged(SignedForm.Judge(Attack.Apply(remarked, u => u.With(2000, "Contents", "(Setuju)").With(2000, "Rect", "[402 700 502 720]"), XrefStyle.Table))));
        Assert.True(IsTakenForUnchanged(SignedForm.Judge(Attack.Apply(remarked, u => u.Set(Letter.Annotations1, u[Letter.Annotations1].Replace(" 2000 0 R", "", StringComparison.Ordinal)), XrefStyle.Table))));
        Assert.False(IsTakenForUnchanged(SignedForm.Judge(Attack.Apply(remarked, u => u.With(2000, "Rect", "[70 675 200 695]"), XrefStyle.Table))));

        // The stamp of page 1 is shown on page 2 as well, and then changed.
        var detour = Attack.Apply(Letter.Signed(), u => u.Append(Letter.Annotations2, "16 0 R"), XrefStyle.Table);
        Assert.False(IsTakenForUnchanged(SignedForm.Judge(Attack.Apply(detour, u => u.With(Letter.Stamp, "Contents", "(Lain)"), XrefStyle.Table))));
    }

    [Fact]
    public void Bent_signature_structures_are_caught()
    {
        var missed = new Failures();
        foreach (var (name, cut) in CmsAttacks.All)
        {
            var report = SignedForm.Judge(CmsAttacks.Make(cut, "classic"));
            if (IsTakenForUnchanged(report))
                missed.Add(name, "classic", report.Reason);
        }
        Assert.True(missed.Count == 0, missed.ToString());
        Assert.True(IsTakenForUnchanged(SignedForm.Judge(CmsAttacks.Make(_ => { }, "classic"))), "the structure put together as it was");
        // Who signs twice signs; which of the two a reader shows is open.
        Assert.NotEqual(FileVerdict.TotalPassed, SignedForm.Judge(CmsAttacks.Make(c => c.Signers = 2, "classic")).Verdict);
    }

    [Theory]
    [InlineData(FieldLockAction.All, "Nama", true)]
    [InlineData(FieldLockAction.Include, "Nama", true)]
    [InlineData(FieldLockAction.Include, "Alamat", false)]
    [InlineData(FieldLockAction.Exclude, "Nama", false)]
    [InlineData(FieldLockAction.Exclude, "Alamat", true)]
    public void A_locked_field_may_not_be_filled_in_and_another_may(FieldLockAction action, string filled, bool isLocked)
    {
        foreach (var kind in (string[])["classic", "xref stream", "object streams", "hybrid"])
        {
            var signed = Letter.Signed(kind: kind, fieldLock: new FieldLock(action, action == FieldLockAction.All ? [] : ["Nama"]));
            var number = filled == "Nama" ? Letter.TextField : Letter.SecondText;
            var report = SignedForm.Judge(Attack.Apply(signed, u => u.With(number, "V", "(Lain)").With(number, "AP", $"<</N {u.New(Letter.Picture("BT /Helv 12 Tf 2 8 Td (Lain) Tj ET", 200, 30))} 0 R>>"), XrefStyle.Stream));
            Assert.True(isLocked != IsTakenForUnchanged(report), $"{kind}: {report.Reason}");
        }
    }

    [Theory]
    [InlineData(DocMdpPermission.NoChanges)]
    [InlineData(DocMdpPermission.FormFilling)]
    public void A_lock_with_a_permission_narrows_what_may_follow(DocMdpPermission permission)
    {
        var signed = Letter.Signed(fieldLock: new FieldLock(FieldLockAction.Include, [], permission));
        var filled = SignedForm.Judge(Attack.Apply(signed, u => u.With(Letter.CheckBox, "V", "/Yes").With(Letter.CheckBox, "AS", "/Yes"), XrefStyle.Table));
        Assert.Equal(permission == DocMdpPermission.FormFilling, IsTakenForUnchanged(filled));
        var remarked = SignedForm.Judge(Attack.Apply(signed, u => FormAttacks.Shown(u, "<</Type/Annot/Subtype/Text/Rect[40 40 58 58]/P 3 0 R>>"), XrefStyle.Table));
        Assert.False(IsTakenForUnchanged(remarked));
    }

    [Fact]
    public void One_attack_among_honest_changes_is_caught_and_honest_changes_alone_are_not()
    {
        var seed = Environment.GetEnvironmentVariable("TERA_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 20261122;
        output.WriteLine($"seed {seed} (TERA_SEED)");
        var attacks = Families.Values.SelectMany(f => f()).Where(a => a.Change is not null).ToList();
        for (var run = 0; run < 150; run++)
        {
            var random = new Random(seed + run);
            var level = random.Next(4);
            var kind = new[] { "classic", "xref stream", "object streams", "hybrid" }[random.Next(4)];
            var file = Letter.Signed(level == 0 ? null : (DocMdpPermission)level, kind);
            var attack = random.Next(2) == 0 ? null : attacks.Where(a => a.IsFor(level)).ElementAt(random.Next(attacks.Count(a => a.IsFor(level))));
            var revisions = random.Next(1, 5);
            var hit = random.Next(revisions);
            var told = new List<string>();
            for (var r = 0; r < revisions; r++)
            {
                var update = new Update(file);
                foreach (var twin in Twins.Neutral.Where(t => t.IsFor(level) && random.Next(3) == 0))
                {
                    twin.Change!(update);
                    told.Add(twin.Name);
                }
                if (r == hit && attack is not null)
                {
                    attack.Change!(update);
                    told.Add(attack.Name.ToUpperInvariant());
                }
                file = update.Write((XrefStyle)random.Next(4));
            }
            var report = SignedForm.Judge(file);
            Assert.True(attack is null == IsTakenForUnchanged(report), $"seed {seed + run}, {kind}, level {level}: {string.Join(", ", told)}: {report.Reason}");
        }
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
