using Tera.Pades.Pdf.Encryption;

namespace Tera.Pades.Pdf;

/// <summary>
/// A PDF file as its bytes say: revisions, and the objects of each, read when asked for. Nothing is changed and nothing is kept
/// that could not be read again. Not for two threads at a time.
/// </summary>
public sealed class PdfFile
{
    /// <summary>How far from the end "startxref" is looked for. Annex H of ISO 32000-1 says 1024; mail gateways append more.</summary>
    private const int TailLength = 8192;

    /// <summary>Objects kept parsed. A signer meets some dozens; a comparison of revisions some thousands, and all of them in each revision.</summary>
    private const int MaxCachedObjects = 100_000;

    /// <summary>Bytes of the file that are kept parsed: as values they take up to twenty times the room.</summary>
    private const int MaxCachedLength = 8 * 1024 * 1024;

    private readonly PdfLimits _limits;
    private readonly Dictionary<long, PdfObject> _cache = [];
    private readonly Dictionary<(int Number, long Offset), ObjectStream> _streams = [];
    private readonly List<Revision> _revisions = [];
    private RevisionIndex? _index;
    private long _cachedLength;
    private long _decoded;
    private long _streamsLength;
    private int _lengthDepth;
    private int _openingDepth;
    private ReadOnlyMemory<char> _password;
    private PdfRefusal _locked;
    private bool _isUpdated;

    private PdfFile(PdfBytes bytes, PdfLimits limits, ReadOnlyMemory<char> password)
    {
        _password = password;
        Bytes = bytes;
        _limits = limits;
        Work = new WorkBudget(bytes.Length);
    }

    /// <summary>The bytes.</summary>
    public PdfBytes Bytes { get; }

    /// <summary>The limits in force.</summary>
    public PdfLimits Limits => _limits;

    /// <summary>What reading may still cost.</summary>
    internal WorkBudget Work { get; }

    /// <summary>Number of bytes before "%PDF-"; offsets in cross-reference sections may count from there. 0 in nearly every file.</summary>
    public long HeaderOffset { get; private set; }

    /// <summary>The version of the header, such as "1.7"; empty where there is no header. The catalog may name a later one.</summary>
    public string HeaderVersion { get; private set; } = "";

    /// <summary>
    /// Whether the cross-reference sections could not be used and the objects were found by reading the whole file. There is then
    /// one revision, whatever the file's history; what a verifier says of changes in such a file is worth little.
    /// </summary>
    public bool WasRepaired { get; private set; }

    /// <summary>Whether an older section lies behind a newer one in a file that is not linearized: no honest writer does that.</summary>
    public bool HasSectionsOutOfOrder { get; private set; }

    /// <summary>What is added to the offsets in cross-reference sections to make offsets in the file.</summary>
    public long OffsetBias { get; private set; }

    /// <summary>The revisions, oldest first; at least one.</summary>
    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>The file as its newest revision shows it.</summary>
    public PdfView Latest => At(_revisions.Count - 1);

    /// <summary>The file as it stood at a revision.</summary>
    /// <param name="revision">Index in <see cref="Revisions"/>.</param>
    /// <returns>The view.</returns>
    public PdfView At(int revision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(revision);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(revision, _revisions.Count);
        return new PdfView(this, revision);
    }

    /// <summary>Opens bytes in memory.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="limits">The limits; null for the defaults.</param>
    /// <param name="password">A user or owner password for an encrypted file. It is not kept; the empty one is always tried.</param>
    /// <returns>The file.</returns>
    /// <exception cref="PdfException">It cannot be read, for the reason given.</exception>
    public static PdfFile Open(ReadOnlyMemory<byte> bytes, PdfLimits? limits = null, ReadOnlyMemory<char> password = default) => Open(PdfBytes.From(bytes), limits, password);

    /// <summary>Opens a seekable stream, which must stay open and unchanged as long as the file is used.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="limits">The limits; null for the defaults.</param>
    /// <param name="password">A user or owner password for an encrypted file. It is not kept; the empty one is always tried.</param>
    /// <returns>The file.</returns>
    /// <exception cref="PdfException">It cannot be read, for the reason given.</exception>
    public static PdfFile Open(Stream stream, PdfLimits? limits = null, ReadOnlyMemory<char> password = default) => Open(PdfBytes.From(stream), limits, password);

    /// <summary>Opens bytes wherever they lie.</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="limits">The limits; null for the defaults.</param>
    /// <param name="password">A user or owner password for an encrypted file. It is not kept; the empty one is always tried.</param>
    /// <returns>The file.</returns>
    /// <exception cref="PdfException">It cannot be read, for the reason given.</exception>
    public static PdfFile Open(PdfBytes bytes, PdfLimits? limits = null, ReadOnlyMemory<char> password = default)
    {
        var file = OpenLocked(bytes, limits, password);
        return file._locked == PdfRefusal.None ? file : throw new PdfException(file._locked);
    }

    /// <summary>
    /// Opens an encrypted file also when the password does not fit: its strings and streams then read as ciphertext. A verifier needs
    /// no more for the signed bytes, as /ByteRange is no string and /Contents is never enciphered (ISO 32000-2 7.6.2).
    /// </summary>
    internal static PdfFile OpenLocked(PdfBytes bytes, PdfLimits? limits = null, ReadOnlyMemory<char> password = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var file = new PdfFile(bytes, limits ?? PdfLimits.Default, password);
        file.ReadHeader();
        if (!file.TryReadXref())
            file.Repair();
        file._password = default;
        return file;
    }

    /// <summary>Whether the file is encrypted.</summary>
    public bool IsEncrypted => Latest.Trailer["Encrypt"] is { IsNull: false };

    /// <summary>Why the file is not deciphered; <see cref="PdfRefusal.None"/> where it is, or need not be. See <see cref="OpenLocked"/>.</summary>
    internal PdfRefusal Locked => _locked;

    /// <summary>What deciphers the file; null where it is not encrypted or could not be opened.</summary>
    internal SecurityHandler? Security { get; private set; }

    /// <summary>The same file read without its cross-reference sections, for one whose sections lead astray later on.</summary>
    /// <returns>The file, with <see cref="WasRepaired"/> set.</returns>
    /// <exception cref="PdfException">No objects or no catalog are found.</exception>
    public PdfFile Repaired()
    {
        if (WasRepaired)
            return this;
        var file = new PdfFile(Bytes, _limits, default) { Security = Security };
        file.ReadHeader();
        file.Repair();
        return file._locked == PdfRefusal.None ? file : throw new PdfException(file._locked);
    }

    /// <summary>The file with an update behind it; what deciphers this one deciphers that one.</summary>
    /// <param name="update">The bytes appended.</param>
    /// <exception cref="PdfException">The update is none of this file.</exception>
    internal PdfFile WithUpdate(ReadOnlyMemory<byte> update)
    {
        var file = new PdfFile(Bytes.FollowedBy(update), _limits, default) { Security = Security, _isUpdated = true };
        file.ReadHeader();
        if (!file.TryReadXref())
            file.Repair();
        return file;
    }

    /// <summary>What the newest revision up to the one given says of an object number; null where none names it.</summary>
    /// <param name="number">The object number.</param>
    /// <param name="asOfRevision">Index of a revision; null for the newest.</param>
    /// <returns>The entry.</returns>
    public RevisionObject? Locate(int number, int? asOfRevision = null)
    {
        var from = asOfRevision ?? _revisions.Count - 1;
        if (_revisions.Count >= RevisionIndex.WorthFrom)
            from = (_index ??= new RevisionIndex(_revisions)).NewestWith(number, from);
        for (var r = from; r >= 0; r--)
        {
            if (_revisions[r].Find(number) is { } entry)
                return entry;
        }
        return null;
    }

    /// <summary>An object as it stood at a revision; null (the PDF value) where it is undefined or free.</summary>
    /// <param name="id">The object.</param>
    /// <param name="asOfRevision">Index of a revision; null for the newest.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PdfException">Its bytes cannot be read.</exception>
    public PdfObject GetObject(ObjectId id, int? asOfRevision = null)
    {
        var refusal = TryGetObject(id, asOfRevision, out var value, out var at);
        return refusal == PdfRefusal.None ? value : throw new PdfException(refusal, at);
    }

    /// <summary>An object as it stood at a revision, without an exception.</summary>
    /// <param name="id">The object.</param>
    /// <param name="asOfRevision">Index of a revision; null for the newest.</param>
    /// <param name="value">The object; the null object where it is undefined, free or unreadable.</param>
    /// <returns>The reason why it cannot be read, or <see cref="PdfRefusal.None"/>.</returns>
    /// <exception cref="PdfException">The file as a whole costs too much to read: it makes the reader go over the same bytes again and again.</exception>
    public PdfRefusal TryGetObject(ObjectId id, int? asOfRevision, out PdfObject value) => TryGetObject(id, asOfRevision, out value, out _);

    /// <summary>Decodes a stream's data.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The data.</returns>
    /// <exception cref="PdfException">It does not decode, or not within the limits.</exception>
    public byte[] Decode(PdfStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var refusal = TryDecode(stream, _revisions.Count - 1, out var data);
        return refusal == PdfRefusal.None ? data : throw new PdfException(refusal, stream.Start);
    }

    /// <summary>Decodes a stream's data, without an exception.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="asOfRevision">The revision at which its filters' references are followed.</param>
    /// <param name="data">The data, empty where it does not decode.</param>
    /// <returns>The reason why not, or <see cref="PdfRefusal.None"/>.</returns>
    public PdfRefusal TryDecode(PdfStream stream, int asOfRevision, out byte[] data)
    {
        ArgumentNullException.ThrowIfNull(stream);
        data = [];
        if (stream.DataLength > _limits.MaxDecodedStream)
            return PdfRefusal.TooLarge;
        var allowance = (int)Math.Min(_limits.MaxDecodedStream, _limits.MaxDecodedTotal - _decoded);
        if (allowance <= 0)
            return PdfRefusal.TooLarge;
        if (!stream.TryReadRaw(out var raw))
            return PdfRefusal.MalformedStream;
        var refusal = StreamDecoder.TryDecode(raw, FiltersOf(stream.Dictionary, asOfRevision), allowance, out data, out var produced);
        // What was refused was decoded all the same: a thousand bombs that are each too large must not be free.
        _decoded += produced;
        if (refusal != PdfRefusal.None)
            data = [];
        return refusal;
    }

    internal PdfObject ResolveQuietly(PdfObject? value, int revision)
    {
        // What is kept parsed is not free either: fields times revisions may be many millions in a small file.
        Work.Spend(value is PdfReference ? WorkBudget.Lookup : 1);
        for (var hops = 0; value is PdfReference reference; hops++)
        {
            if (hops > 32 || TryGetObject(reference.Id, revision, out value, out _) != PdfRefusal.None)
                return PdfNull.Instance;
        }
        return value ?? PdfNull.Instance;
    }

    private PdfRefusal TryGetObject(ObjectId id, int? asOfRevision, out PdfObject value, out long at)
    {
        value = PdfNull.Instance;
        at = -1;
        var revision = asOfRevision ?? _revisions.Count - 1;
        if (Locate(id.Number, revision) is not { } entry || entry.Placement == ObjectPlacement.Free || entry.Generation != id.Generation)
            return PdfRefusal.None;
        if (entry.Placement == ObjectPlacement.ObjectStream)
            return TryReadCompressed(entry, revision, out value);

        at = entry.Offset;
        if (_cache.TryGetValue(entry.Offset, out var known))
        {
            value = known;
            return PdfRefusal.None;
        }
        var parser = new PdfParser(new ByteCursor(Bytes, entry.Offset), _limits, Work);
        if (!parser.TryReadObjectHeader(out var found) || found.Number != id.Number)
            return PdfRefusal.MalformedObject;
        parser.Cipher = Security?.For(found);
        if (parser.ReadIndirectValue(l => LengthOf(l, revision)) is not { } read)
        {
            at = parser.RefusedAt;
            return parser.Refusal;
        }
        if (_cache.Count >= MaxCachedObjects || _cachedLength > MaxCachedLength)
        {
            _cache.Clear();
            _cachedLength = 0;
        }
        _cachedLength += (read is PdfStream stream ? stream.Dictionary.End : parser.Cursor.Position) - entry.Offset;
        _cache[entry.Offset] = value = read;
        return PdfRefusal.None;
    }

    private PdfRefusal TryReadCompressed(RevisionObject entry, int revision, out PdfObject value)
    {
        value = PdfNull.Instance;
        // The stream is the one that this number meant when the entry was written or later; never itself inside a stream (7.5.7).
        if (Locate(entry.StreamNumber, revision) is not { Placement: ObjectPlacement.Offset } place)
            return PdfRefusal.MalformedObject;
        if (!_streams.TryGetValue((entry.StreamNumber, place.Offset), out var objects))
        {
            var refusal = TryGetObject(place.Id, revision, out var holder, out _);
            if (refusal != PdfRefusal.None)
                return refusal;
            if (holder is not PdfStream stream)
                return PdfRefusal.MalformedObject;
            // A filter may be a reference, and lead into an object stream again, this one included: each is a level of the stack.
            if (_openingDepth > 2)
                return PdfRefusal.TooDeep;
            byte[] data;
            _openingDepth++;
            try
            {
                refusal = TryDecode(stream, revision, out data);
            }
            finally
            {
                _openingDepth--;
            }
            if (refusal != PdfRefusal.None)
                return refusal;
            if (ObjectStream.TryOpen(stream.Dictionary, data, _limits, Work) is not { } opened)
                return PdfRefusal.MalformedStream;
            objects = opened;
            // Kept within a bound; honest object streams hold some hundred objects and are opened once.
            if (_streamsLength + objects.Length > _limits.MaxDecodedStream)
            {
                _streams.Clear();
                _streamsLength = 0;
            }
            _streamsLength += objects.Length;
            _streams[(entry.StreamNumber, place.Offset)] = objects;
        }
        var index = objects.IndexOf(entry.Number, entry.StreamIndex);
        if (index < 0)
            return PdfRefusal.MalformedObject;
        value = objects.Read(index, out var problem) ?? PdfNull.Instance;
        return problem;
    }

    private long? LengthOf(ObjectId id, int revision)
    {
        // A length is a plain integer object; one that leads to another stream's length is an attempt to go round in circles.
        if (_lengthDepth > 2 || _revisions.Count == 0)
            return null;
        _lengthDepth++;
        var length = TryGetObject(id, revision, out var value, out _) == PdfRefusal.None && value is PdfInteger integer ? integer.Value : (long?)null;
        _lengthDepth--;
        return length;
    }

    private List<(string, PdfDictionary?)> FiltersOf(PdfDictionary dictionary, int revision)
    {
        var filter = ResolveQuietly(dictionary["Filter"] ?? dictionary["F"], revision);
        var parameters = ResolveQuietly(dictionary["DecodeParms"] ?? dictionary["DP"], revision);
        var list = new List<(string, PdfDictionary?)>();
        if (filter is PdfName single)
            list.Add((single.Value, (parameters is PdfArray { Count: > 0 } one ? ResolveQuietly(one[0], revision) : parameters) as PdfDictionary));
        else if (filter is PdfArray several)
        {
            for (var i = 0; i < several.Count; i++)
            {
                var name = ResolveQuietly(several[i], revision) as PdfName;
                var own = parameters is PdfArray array && i < array.Count ? ResolveQuietly(array[i], revision)
                    : several.Count == 1 ? parameters : null;
                list.Add((name?.Value ?? "", own as PdfDictionary));
            }
        }
        return list;
    }

    private void ReadHeader()
    {
        // Annex H, note 13: readers accept a header anywhere in the first 1024 bytes.
        var head = Bytes.Look(0, 1024);
        var at = head.IndexOf("%PDF-"u8);
        if (at < 0)
            return;
        HeaderOffset = at;
        var version = head[(at + 5)..];
        var length = 0;
        while (length < Math.Min(version.Length, 8) && version[length] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
            length++;
        HeaderVersion = System.Text.Encoding.ASCII.GetString(version[..length]);
    }

    private bool TryReadXref()
    {
        if (StartXref() is not { } startxref)
            return false;
        var biases = HeaderOffset == 0 ? (ReadOnlySpan<long>)[0] : [0, HeaderOffset];
        foreach (var bias in biases)
        {
            var reader = new XrefReader(Bytes, bias, _limits, Work, s => TryDecode(s, -1, out var data) == PdfRefusal.None ? data : null);
            if (reader.ReadChain(startxref) is not { } chain)
                continue;
            OffsetBias = bias;
            LayRevisions(chain);
            Unlock();
            if (LeadsToPages())
                return true;
            _revisions.Clear();
            _index = null;
            _cache.Clear();
            _streams.Clear();
            _streamsLength = 0;
            Security = null;
        }
        OffsetBias = 0;
        return false;
    }

    private long? StartXref()
    {
        var from = Math.Max(0, Bytes.Length - TailLength);
        var at = Bytes.Look(from, TailLength).LastIndexOf("startxref"u8);
        if (at < 0)
            return null;
        var cursor = new ByteCursor(Bytes, from + at + 9);
        cursor.SkipSpace();
        return cursor.TryReadUnsigned(out var offset) ? offset : null;
    }

    private void LayRevisions(List<List<XrefSection>> chain)
    {
        // The newer part of a linearized file lies before the older one (Annex F): the two are one revision.
        if (chain.Count >= 2 && chain[^1][0].Offset > chain[^2][0].Offset && IsLinearized())
        {
            chain[^2].AddRange(chain[^1]);
            chain.RemoveAt(chain.Count - 1);
        }
        chain.Reverse();
        for (var i = 0; i < chain.Count; i++)
            _revisions.Add(new Revision(i, chain[i]));
        for (var i = 0; i < chain.Count; i++)
        {
            var from = chain[i].Max(s => s.End);
            var limit = i + 1 < chain.Count ? chain[i + 1][0].Offset : Bytes.Length;
            HasSectionsOutOfOrder |= limit < from;
            FindEnd(_revisions[i], from, limit);
        }
    }

    private bool IsLinearized() => Bytes.Look(HeaderOffset, 1024).IndexOf("/Linearized"u8) >= 0;

    private void FindEnd(Revision revision, long from, long limit)
    {
        // Sections that lie in any order but their own make the same bytes be searched again and again.
        Work.Spend(Math.Max(0, limit - from) / 8);
        var eof = ByteCursor.Find(Bytes, "%%EOF"u8, from, limit);
        if (eof < 0)
            return;
        revision.EofOffset = eof + 5;
        var behind = Bytes.Look(eof + 5, 2);
        revision.End = eof + 5 + behind switch
        {
            [(byte)'\r', (byte)'\n'] => 2,
            [(byte)'\r' or (byte)'\n', ..] => 1,
            _ => 0,
        };
    }

    private bool LeadsToPages() => _locked != PdfRefusal.None || Latest.Catalog is { } catalog && Latest.Resolve(catalog["Pages"]) is PdfDictionary;

    private void Repair()
    {
        WasRepaired = true;
        var repair = new XrefRepair(Bytes, _limits, Work);
        if (repair.Scan() is { } found)
        {
            // Object streams are read only now: they may be enciphered, and what says how lies anywhere in the file.
            _revisions.Add(new Revision(0, [found]));
            Unlock();
            foreach (var id in repair.ObjectStreams)
            {
                if (TryGetObject(id, 0, out var holder) == PdfRefusal.None && holder is PdfStream stream && TryDecode(stream, 0, out var data) == PdfRefusal.None)
                    repair.AddObjectStream(id, stream.Dictionary, data);
            }
            _revisions.Clear();
        }
        if (repair.Rebuild() is not { } section)
            throw new PdfException(HeaderVersion.Length == 0 ? PdfRefusal.NotPdf : PdfRefusal.NoCatalog);
        _revisions.Add(new Revision(0, [section]));
        if (_locked == PdfRefusal.None && Latest.Catalog is null)
            throw new PdfException(PdfRefusal.NoCatalog);
    }

    private void Unlock()
    {
        _locked = PdfRefusal.None;
        if (!IsEncrypted || (Security is not null && (WasRepaired || _isUpdated)))
            return;
        Security = null;
        PdfObject Resolve(PdfObject? value) => ResolveQuietly(value, _revisions.Count - 1);
        var fileId = Resolve(Latest.Trailer["ID"]) is PdfArray { Count: > 0 } ids && Resolve(ids[0]) is PdfString first ? first.Bytes.Span : default;
        _locked = SecurityHandler.TryOpen(Latest.Trailer["Encrypt"]!, fileId, Resolve, _password, out var handler);
        Security = handler;
    }
}
