using Tera.Pades.Changes;
using Tera.Pades.Cms;
using Tera.Pades.Pdf;
using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Validation;

/// <summary>Collects the facts of a file: bytes -> signatures, one pass of hashing, changes.</summary>
internal sealed class EvidenceCollector(PdfFile file)
{
    /// <summary>Signature fields beyond this number are not honest; what is more is left out, and the verdict says so.</summary>
    private const int MaxSignatures = 1024;

    private const int MaxStoreItems = 4096;

    /// <summary>Bytes of all stored values together: they are kept, and the largest revocation lists there are take some megabytes.</summary>
    private const int MaxStoreLength = 64 * 1024 * 1024;

    private long _storedLength;

    private readonly List<StoredValue> _storedCertificates = [];
    private readonly List<StoredValue> _storedCrls = [];
    private readonly List<StoredValue> _storedOcsps = [];

    private bool _hasMore;

    public Evidence Collect()
    {
        ReadSecurityStore();
        var found = FindSignatures();
        if (found.Count == 0)
            found = StraySignatures.Find(file);
        List<ReadOnlyMemory<byte>> certificates = [.. _storedCertificates.Select(c => c.Encoded)];
        var pass = new DigestPass(file.Bytes);
        var readers = found.ConvertAll(f => new SignatureReader(file, f, certificates));
        foreach (var reader in readers)
            reader.Ask(pass);
        pass.Run();
        var signatures = readers.ConvertAll(r => r.Finish());
        MarkShared(signatures);
        signatures.Sort((a, b) => Order(a).CompareTo(Order(b)));
        var first = signatures.Select(s => s.Revision ?? s.FirstRevision).DefaultIfEmpty(file.Revisions.Count).Min();
        return new Evidence
        {
            Length = file.Bytes.Length,
            WasRepaired = file.WasRepaired,
            IsEncrypted = file.IsEncrypted,
            IntegrityCode = IntegrityCheck.Of(file),
            Locked = file.Locked == PdfRefusal.None ? null : new PdfException(file.Locked).Message,
            HasUsageRights = HasUsageRights(),
            RevisionEnds = [.. file.Revisions.Select(r => r.End)],
            Signatures = signatures,
            HasMoreSignatures = _hasMore,
            Changes = first < file.Revisions.Count ? RevisionHistory.ChangesAfter(file, first) : [],
            Permissions = [.. readers.Where(r => r.Revision is not null).SelectMany(r => r.Permissions())],
            TrailingBytes = TrailingBytes(),
            StoredCertificates = _storedCertificates,
            StoredCrls = _storedCrls,
            StoredOcspResponses = _storedOcsps,
        };
    }

    private static long Order(SignatureEvidence signature) => signature.ByteRange.Count == 4 ? signature.ByteRange[2] : long.MaxValue;

    // Signatures of every revision: one that a later revision took out of the form is still a signature that was there.
    private List<FoundSignature> FindSignatures()
    {
        var found = new Dictionary<(string, int, long), FoundSignature>();
        for (var r = 0; r < file.Revisions.Count; r++)
        {
            var structure = DocumentStructure.ReadForm(file.At(r));
            var owned = structure.Fields.Where(f => f.Value is not null && f.Dictionary["V"] is not null).Select(f => f.Value!).ToHashSet<PdfObject>(ReferenceEqualityComparer.Instance);
            foreach (var field in structure.Fields)
            {
                if (!field.IsSigned || field.IsWidgetOnly || structure.View.Resolve(field.Value) is not PdfDictionary dictionary)
                    continue;
                // An inherited value belongs to the field above, which has been met.
                if (field.Dictionary["V"] is null && field.Value is not null && owned.Contains(field.Value))
                    continue;
                var number = DocumentStructure.NumberOf(field.Value);
                var key = (field.Name, number, dictionary.Start);
                if (found.TryGetValue(key, out var known))
                    known.SeenLast = r;
                else if (found.Count < MaxSignatures)
                    found.Add(key, new FoundSignature(field, number, dictionary, r));
                else
                    _hasMore = true;
            }
        }
        return [.. found.Values];
    }

    private static void MarkShared(List<SignatureEvidence> signatures)
    {
        for (var i = 0; i < signatures.Count; i++)
        {
            var one = signatures[i];
            var others = signatures.Where((s, j) => j != i).ToList();
            if (one.ObjectNumber != 0 && others.Exists(s => s.ObjectNumber == one.ObjectNumber && s.Field != one.Field && s.ByteRange.SequenceEqual(one.ByteRange)))
                signatures[i] = one with { Defects = [.. one.Defects, StructureDefect.SharedByFields] };
            else if (one.ByteRange.Count == 4 && others.Exists(s => ClaimsItsHole(s) && s.ObjectNumber != one.ObjectNumber && SharesBytes(s.ByteRange, one.ByteRange)))
                signatures[i] = one with { Defects = [.. one.Defects, StructureDefect.SharedByteRange] };
        }
    }

    // Numbers that fit no hole claim nothing: a dictionary of rubbish must not make a whole signature beside it look shared.
    private static bool ClaimsItsHole(SignatureEvidence signature) => signature.ByteRange.Count == 4 && !signature.Defects.Any(d =>
        d is StructureDefect.ByteRangeNotFromStart or StructureDefect.ByteRangeOutsideFile or StructureDefect.HoleIsNotContents);

    private static bool SharesBytes(IReadOnlyList<long> a, IReadOnlyList<long> b) => a[1] < b[2] && b[1] < a[2];

    private long TrailingBytes()
    {
        if (file.Revisions[^1].EofOffset is not { } end)
            return 0;
        var length = file.Bytes.Length - end;
        // What a mail gateway appends is short and blank; anything else is looked at no further than to see that it is there.
        var head = file.Bytes.ReadRange(end, (int)Math.Min(length, 64 * 1024));
        return SignedRange.IsBlank(head) && length <= head.Length ? 0 : length;
    }

    private bool HasUsageRights() =>
        file.Latest.GetDictionary(file.Latest.Catalog, "Perms") is { } permissions && (permissions["UR3"] is not null || permissions["UR"] is not null);

    // The stores of all revisions: what an older one held proves as much as what the newest holds.
    private void ReadSecurityStore()
    {
        var seen = new HashSet<(int, long)>();
        for (var r = file.Revisions.Count - 1; r >= 0; r--)
        {
            var view = file.At(r);
            if (view.GetDictionary(view.Catalog, "DSS") is not { } store)
                continue;
            ReadStreams(view, store["Certs"], _storedCertificates, seen);
            ReadStreams(view, store["CRLs"], _storedCrls, seen);
            ReadStreams(view, store["OCSPs"], _storedOcsps, seen);
        }
    }

    private void ReadStreams(PdfView view, PdfObject? list, List<StoredValue> into, HashSet<(int, long)> seen)
    {
        if (view.Resolve(list) is not PdfArray array)
            return;
        foreach (var item in array)
        {
            if (into.Count >= MaxStoreItems)
                return;
            file.Work.Spend(WorkBudget.Node);
            if (view.Resolve(item) is PdfStream stream && seen.Add((DocumentStructure.NumberOf(item), stream.DataStart)) &&
                file.TryDecode(stream, view.RevisionIndex, out var data) == PdfRefusal.None)
            {
                if ((_storedLength += data.Length) > MaxStoreLength)
                    throw new PdfException(PdfRefusal.TooLarge, stream.DataStart);
                into.Add(new StoredValue(stream.DataStart, data));
            }
        }
    }
}

/// <summary>A signature dictionary as it was met in the form of some revisions.</summary>
internal sealed class FoundSignature(FormField formField, int number, PdfDictionary dictionary, int firstRevision)
{
    public FormField Field => formField;

    public int Number => number;

    public PdfDictionary Dictionary => dictionary;

    public int FirstRevision => firstRevision;

    public int? SeenLast { get; set; }

    /// <summary>Whether no form leads to it.</summary>
    public bool IsStray { get; init; }

    public int LastRevision => SeenLast ?? firstRevision;
}
