using System.Diagnostics.CodeAnalysis;

namespace Tera.Pki.Keys;

/// <summary>
/// A bounded store of what was dear to make. Two generations: what is asked for moves to the young one; when that is full the old one
/// is forgotten. A value that falls out is not disposed, as somebody may be using it; the collector comes for it. For several threads.
/// </summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out value))
                return true;
            if (!_old.TryGetValue(key, out value))
                return false;
            Put(key, value);
            return true;
        }
    }

    public void Add(TKey key, TValue value)
    {
        lock (_lock)
        {
            Put(key, value);
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (_young.Count >= capacity / 2)
            (_old, _young) = (_young, []);
        _young[key] = value;
    }
}
