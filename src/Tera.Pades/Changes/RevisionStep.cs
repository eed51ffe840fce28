using Tera.Pades.Changes.Painting;
using Tera.Pades.Pdf;

namespace Tera.Pades.Changes;

/// <summary>One revision against the one before it: what the rules look at and where they report.</summary>
internal sealed class RevisionStep
{
    private const int MaxCompared = 20_000;

    private readonly List<Change> _changes = [];

    private readonly Dictionary<int, PageInk> _ink = [];

    private readonly Dictionary<int, int> _added;

    private RevisionStep(DocumentStructure before, DocumentStructure after, ObjectUses uses, Dictionary<int, ChangedObject> changed, Dictionary<int, int> added)
    {
        _added = added;
        Before = before;
        After = after;
        Uses = uses;
        Changed = changed;
    }

    public DocumentStructure Before { get; }

    public DocumentStructure After { get; }

    /// <summary>What the objects of <see cref="Before"/> are used for.</summary>
    public ObjectUses Uses { get; }

    /// <summary>The objects whose value is another one now.</summary>
    public Dictionary<int, ChangedObject> Changed { get; }

    /// <summary>Fields and annotations that a rule has explained, by number: what only they own may change with them.</summary>
    public Dictionary<int, ChangeKind> Touched { get; } = [];

    /// <summary>Numbers of signature fields that are signed in this step.</summary>
    public HashSet<int> NewlySigned { get; } = [];

    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Compares two revisions.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="uses">What the objects of the earlier one are used for.</param>
    /// <param name="added">Annotations that later revisions added, with the revision; kept from step to step.</param>
    public static RevisionStep Take(DocumentStructure before, DocumentStructure after, ObjectUses uses, Dictionary<int, int> added)
    {
        var file = after.View.File;
        var revision = after.View.Revision;
        var numbers = revision.Objects.Select(o => o.Number).ToHashSet();
        AddMovedStreams(file, before.View.RevisionIndex, numbers);
        var changed = new Dictionary<int, ChangedObject>();
        foreach (var number in numbers)
        {
            var old = UnreadableObject.ReadOrStandFor(file, number, before.View.RevisionIndex);
            var now = UnreadableObject.ReadOrStandFor(file, number, after.View.RevisionIndex);
            if (!old.Equals(now))
                changed.Add(number, new ChangedObject(old, now));
        }
        return new RevisionStep(before, after, uses, changed, added);
    }

    public void Report(ChangeKind kind, string rule, int number, string? field, string text, int? since = null) =>
        _changes.Add(new Change(After.View.RevisionIndex, kind, rule, number, field, text, since));

    /// <summary>Notes that this step adds an annotation.</summary>
    public void Added(int annotation) => _added.TryAdd(annotation, After.View.RevisionIndex);

    /// <summary>The revision that added an annotation; null where it was there from the first.</summary>
    public int? AddedIn(int annotation) => _added.TryGetValue(annotation, out var revision) ? revision : null;

    /// <summary>Where a page showed something before the step; annotations that came after the first signature do not count.</summary>
    /// <param name="page">The page, 1 for the first.</param>
    public PageInk InkOf(int page)
    {
        if (!_ink.TryGetValue(page, out var ink))
            _ink[page] = ink = PageInk.Read(Before.View, Before.Pages[page - 1], annotation => AddedIn(annotation) is null);
        return ink;
    }

    /// <summary>Whether two values are the same to a reader: references are followed, each in its own revision.</summary>
    public bool Same(PdfObject? old, PdfObject? now)
    {
        var budget = MaxCompared;
        return Same(old, now, 0, ref budget);
    }

    /// <summary>The keys whose values differ as they are written, references not followed.</summary>
    public static IEnumerable<string> DifferentKeys(PdfDictionary old, PdfDictionary now) =>
        old.Keys.Union(now.Keys, StringComparer.Ordinal).Where(k => !(old[k] ?? PdfNull.Instance).Equals(now[k] ?? PdfNull.Instance));

    // An object in an object stream changes when the stream is put in place, or in place again, though no section names the object itself.
    private static void AddMovedStreams(PdfFile file, int before, HashSet<int> numbers)
    {
        var streams = numbers.Where(n => IsObjectStream(file, n, before) || IsObjectStream(file, n, before + 1)).ToHashSet();
        if (streams.Count == 0)
            return;
        for (var r = 0; r <= before; r++)
        {
            foreach (var entry in file.Revisions[r].Objects)
            {
                if (entry.Placement == ObjectPlacement.ObjectStream && streams.Contains(entry.StreamNumber))
                    numbers.Add(entry.Number);
            }
        }
    }

    private static bool IsObjectStream(PdfFile file, int number, int revision) =>
        file.GetObjectOrNull(number, revision) is PdfStream stream && stream.Dictionary.Is("Type", "ObjStm");

    private bool Same(PdfObject? old, PdfObject? now, int depth, ref int budget)
    {
        if (--budget < 0 || depth > 64)
            return false;
        After.View.File.Work.Spend(WorkBudget.Value);
        if (old is PdfReference left && now is PdfReference right && left.Id == right.Id && !Changed.ContainsKey(left.Id.Number))
            return true;
        var a = Before.View.Resolve(old);
        var b = After.View.Resolve(now);
        switch (a, b)
        {
            case (PdfDictionary x, PdfDictionary y):
                return SameEntries(x, y, depth, ref budget);
            case (PdfStream x, PdfStream y):
                return SameEntries(x.Dictionary, y.Dictionary, depth, ref budget) && x.DataLength == y.DataLength && SameData(x, y);
            case (PdfArray x, PdfArray y):
                if (x.Count != y.Count)
                    return false;
                for (var i = 0; i < x.Count; i++)
                {
                    if (!Same(x[i], y[i], depth + 1, ref budget))
                        return false;
                }
                return true;
            case (PdfInteger x, PdfReal y):
                return y.Value.Equals(x.Value);
            case (PdfReal x, PdfInteger y):
                return x.Value.Equals(y.Value);
            default:
                return a.Equals(b);
        }
    }

    private bool SameEntries(PdfDictionary x, PdfDictionary y, int depth, ref int budget)
    {
        foreach (var key in x.Keys.Union(y.Keys, StringComparer.Ordinal))
        {
            // Upwards the tree there is no end; what a parent shows is compared where it is shown.
            if (key is "Parent" or "P" && LeadsToTheSameNode(x[key], y[key]))
                continue;
            if (!Same(x[key], y[key], depth + 1, ref budget))
                return false;
        }
        return true;
    }

    private bool LeadsToTheSameNode(PdfObject? old, PdfObject? now) => old is PdfReference left && now is PdfReference right &&
        (left.Id == right.Id || (Before.PagesByNumber.TryGetValue(left.Id.Number, out var page) && After.PagesByNumber.TryGetValue(right.Id.Number, out var later) && page.Index == later.Index));

    private bool SameData(PdfStream x, PdfStream y) =>
        x.DataStart == y.DataStart || x.ReadRaw(After.View.File.Limits).AsSpan().SequenceEqual(y.ReadRaw(After.View.File.Limits));
}

/// <summary>An object before and after a step; the null object where it is undefined.</summary>
internal sealed record ChangedObject(PdfObject Old, PdfObject Now);

internal static class PdfFileReading
{
    /// <summary>The object with this number at a revision, whatever its generation; the null object where it is undefined or unreadable.</summary>
    public static PdfObject GetObjectOrNull(this PdfFile file, int number, int revision) =>
        file.Locate(number, revision) is { } entry && file.TryGetObject(entry.Id, revision, out var value) == PdfRefusal.None ? value : PdfNull.Instance;
}
