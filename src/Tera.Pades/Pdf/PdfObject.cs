using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tera.Pades.Pdf;

/// <summary>The name of an indirect object: its number and generation (ISO 32000-1 7.3.10).</summary>
/// <param name="Number">Object number, 1 or more.</param>
/// <param name="Generation">Generation number, 0 in almost every file.</param>
public readonly record struct ObjectId(int Number, int Generation = 0)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number} {Generation} R");
}

/// <summary>
/// A value of ISO 32000-1 7.3. Equality is of the value: two readings of the same dictionary are equal wherever they lie;
/// references are equal when they name the same object, not when what they lead to is alike.
/// </summary>
public abstract class PdfObject
{
    private protected PdfObject()
    {
    }

    /// <summary>Offset of the first byte of the value in the file; -1 for a value from an object stream or made in memory.</summary>
    public long Start { get; internal set; } = -1;

    /// <summary>Offset behind the last byte of the value; -1 as for <see cref="Start"/>.</summary>
    public long End { get; internal set; } = -1;

    /// <summary>Whether the value is the null object.</summary>
    public bool IsNull => this is PdfNull;

    /// <inheritdoc/>
    public abstract override bool Equals(object? obj);

    /// <inheritdoc/>
    public abstract override int GetHashCode();
}

/// <summary>The null object; also what a reference to an undefined object means (ISO 32000-1 7.3.10).</summary>
public sealed class PdfNull : PdfObject
{
    /// <summary>A null that lies nowhere.</summary>
    public static PdfNull Instance { get; } = new();

    internal PdfNull()
    {
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfNull;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;
}

/// <summary>true or false.</summary>
/// <param name="value">The value.</param>
public sealed class PdfBoolean(bool value) : PdfObject
{
    /// <summary>The value.</summary>
    public bool Value { get; } = value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfBoolean other && other.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value ? 1 : 2;
}

/// <summary>An integer.</summary>
/// <param name="value">The value.</param>
public sealed class PdfInteger(long value) : PdfObject
{
    /// <summary>The value.</summary>
    public long Value { get; } = value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfInteger other && other.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>A number with a decimal point.</summary>
/// <param name="value">The value.</param>
public sealed class PdfReal(double value) : PdfObject
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfReal other && other.Value.Equals(Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>A name, each character one byte of it (Latin-1), escapes already taken out.</summary>
/// <param name="value">The name without its slash.</param>
public sealed class PdfName(string value) : PdfObject
{
    /// <summary>The name without its slash.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfName other && string.Equals(other.Value, Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "/" + Value;
}

/// <summary>A string of bytes. <see cref="PdfText"/> reads it as text.</summary>
/// <param name="bytes">The bytes, escapes taken out.</param>
/// <param name="isHex">Whether it is written in hexadecimal digits.</param>
public sealed class PdfString(ReadOnlyMemory<byte> bytes, bool isHex = false) : PdfObject
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Whether it was, or will be, written between &lt; and &gt;. It does not count for equality.</summary>
    public bool IsHex { get; } = isHex;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfString other && other.Bytes.Span.SequenceEqual(Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }
}

/// <summary>A reference to an indirect object.</summary>
/// <param name="id">The object it names.</param>
public sealed class PdfReference(ObjectId id) : PdfObject
{
    /// <summary>The object it names.</summary>
    public ObjectId Id { get; } = id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfReference other && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}

/// <summary>An array.</summary>
/// <param name="items">The values in order.</param>
public sealed class PdfArray(IReadOnlyList<PdfObject> items) : PdfObject, IReadOnlyList<PdfObject>
{
    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public PdfObject this[int index] => items[index];

    /// <summary>An array of integers, such as a /ByteRange.</summary>
    /// <param name="values">The integers.</param>
    /// <returns>The array.</returns>
    public static PdfArray Of(params ReadOnlySpan<long> values)
    {
        var items = new PdfObject[values.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = new PdfInteger(values[i]);
        return new PdfArray(items);
    }

    /// <inheritdoc/>
    public IEnumerator<PdfObject> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfArray other && other.Count == Count && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 3 : HashCode.Combine(Count, this[0]);
}

/// <summary>
/// A dictionary. A key written twice keeps its last value, and <see cref="HasDuplicateKeys"/> says so: readers differ there,
/// which makes it a place to hide things. An entry whose value is null is as good as absent (ISO 32000-1 7.3.7), for equality too.
/// </summary>
public sealed class PdfDictionary : PdfObject, IReadOnlyCollection<KeyValuePair<string, PdfObject>>
{
    private readonly List<KeyValuePair<string, PdfObject>> _entries;
    private readonly Dictionary<string, int>? _index;

    /// <summary>With this many entries an index pays.</summary>
    private const int SearchedLength = 12;

    /// <summary>A dictionary of these entries.</summary>
    /// <param name="entries">Keys (without slash) and values, in the order in which they are written.</param>
    public PdfDictionary(IEnumerable<KeyValuePair<string, PdfObject>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = [];
        foreach (var entry in entries)
        {
            var at = Find(entry.Key);
            if (at < 0)
            {
                _index?.Add(entry.Key, _entries.Count);
                _entries.Add(entry);
                // Small dictionaries, nearly all of them, are searched faster than they are indexed.
                if (_entries.Count == SearchedLength)
                    _index = _entries.Select((e, i) => (e.Key, i)).ToDictionary(e => e.Key, e => e.i, StringComparer.Ordinal);
            }
            else
            {
                HasDuplicateKeys = true;
                _entries[at] = entry;
            }
        }
    }

    // The keys differ already: they are those of another dictionary.
    private PdfDictionary(List<KeyValuePair<string, PdfObject>> distinct)
    {
        _entries = distinct;
        if (distinct.Count >= SearchedLength)
            _index = distinct.Select((e, i) => (e.Key, i)).ToDictionary(e => e.Key, e => e.i, StringComparer.Ordinal);
    }

    /// <summary>A dictionary of these entries.</summary>
    /// <param name="entries">Keys (without slash) and values; an entry with no value is left out.</param>
    /// <returns>The dictionary.</returns>
    public static PdfDictionary Of(params ReadOnlySpan<(string Key, PdfObject? Value)> entries)
    {
        var list = new List<KeyValuePair<string, PdfObject>>(entries.Length);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
                list.Add(new(key, value));
        }
        return new PdfDictionary(list);
    }

    /// <summary>Whether a key was written more than once.</summary>
    public bool HasDuplicateKeys { get; }

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The keys, without their slash, in the order of the file.</summary>
    public IEnumerable<string> Keys => _entries.Select(e => e.Key);

    /// <summary>The value as it is written (perhaps a reference), or null where the key is absent.</summary>
    /// <param name="key">The key without its slash.</param>
    [SuppressMessage("Design", "CA1043", Justification = "A PDF key is a name.")]
    public PdfObject? this[string key]
    {
        get
        {
            var at = Find(key);
            return at < 0 ? null : _entries[at].Value;
        }
    }

    /// <summary>Whether the entry is a name with this value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">The name, without its slash.</param>
    /// <returns>True when it is written directly as that name.</returns>
    public bool Is(string key, string name) => this[key] is PdfName found && string.Equals(found.Value, name, StringComparison.Ordinal);

    /// <summary>The same dictionary with one entry put in its place or added at the end; a null value takes it out.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The new value, or null.</param>
    /// <returns>A new dictionary.</returns>
    public PdfDictionary With(string key, PdfObject? value)
    {
        var entries = new List<KeyValuePair<string, PdfObject>>(_entries.Count + 1);
        entries.AddRange(_entries);
        var at = Find(key);
        if (value is null)
        {
            if (at >= 0)
                entries.RemoveAt(at);
        }
        else if (at >= 0)
        {
            entries[at] = new(key, value);
        }
        else
        {
            entries.Add(new(key, value));
        }
        return new PdfDictionary(entries);
    }

    /// <summary>The same dictionary without some entries.</summary>
    internal PdfDictionary Without(ReadOnlySpan<string> keys)
    {
        var entries = new List<KeyValuePair<string, PdfObject>>(_entries.Count);
        foreach (var entry in _entries)
        {
            if (!keys.Contains(entry.Key))
                entries.Add(entry);
        }
        return new PdfDictionary(entries);
    }

    private int Find(string key)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out var found) ? found : -1;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, PdfObject>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool Equals(object? obj)
    {
        if (obj is not PdfDictionary other)
            return false;
        foreach (var (key, value) in _entries)
        {
            if (!value.IsNull && !value.Equals(other[key]))
                return false;
        }
        return _entries.Count(e => !e.Value.IsNull) == other._entries.Count(e => !e.Value.IsNull);
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 5;
        foreach (var (key, value) in _entries)
        {
            if (!value.IsNull)
                hash ^= key.GetHashCode(StringComparison.Ordinal);
        }
        return hash;
    }
}
