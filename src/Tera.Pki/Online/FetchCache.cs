namespace Tera.Pki.Online;

/// <summary>What was fetched a moment ago, failures included. When it is full, the oldest goes.</summary>
internal sealed class FetchCache(TimeProvider time, long capacity)
{
    /// <summary>An entry counts this much beside its bytes, so that failures fill it as well.</summary>
    private const int EntryCost = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = [];
    private long _size;

    internal object? Find(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                return null;
            }
            if (time.GetUtcNow() < node.Value.Until)
            {
                return node.Value.Value;
            }
            Remove(node);
            return null;
        }
    }

    internal void Keep(string key, object value, long length, DateTimeOffset until)
    {
        var entry = new Entry(key, value, length + EntryCost + (2L * key.Length), until);
        if (entry.Cost > capacity || until <= time.GetUtcNow())
        {
            return;
        }
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                Remove(old);
            }
            _entries[key] = _oldestFirst.AddLast(entry);
            _size += entry.Cost;
            while (_size > capacity)
            {
                Remove(_oldestFirst.First!);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _oldestFirst.Remove(node);
        _entries.Remove(node.Value.Key);
        _size -= node.Value.Cost;
    }

    private sealed record Entry(string Key, object Value, long Cost, DateTimeOffset Until);
}
