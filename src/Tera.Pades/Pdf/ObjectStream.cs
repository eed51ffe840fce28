namespace Tera.Pades.Pdf;

/// <summary>A decoded object stream (ISO 32000-1 7.5.7).</summary>
internal sealed class ObjectStream
{
    private readonly PdfBytes _data;
    private readonly int[] _offsets;
    private readonly PdfLimits _limits;
    private readonly WorkBudget _work;
    private Dictionary<int, int>? _places;

    private ObjectStream(PdfBytes data, int[] numbers, int[] offsets, PdfLimits limits, WorkBudget work)
    {
        _data = data;
        _offsets = offsets;
        _limits = limits;
        _work = work;
        Numbers = numbers;
    }

    /// <summary>Writers put a hundred or two into a stream, and none so many.</summary>
    private const int MaxObjects = 500_000;

    public IReadOnlyList<int> Numbers { get; }

    public long Length => _data.Length;

    public static ObjectStream? TryOpen(PdfDictionary dictionary, byte[] data, PdfLimits limits, WorkBudget work)
    {
        if (dictionary["N"] is not PdfInteger { Value: >= 0 } n || dictionary["First"] is not PdfInteger { Value: >= 0 } first ||
            first.Value > data.Length || n.Value > Math.Min(MaxObjects, data.Length / 4 + 1))
            return null;
        var bytes = PdfBytes.From(data);
        var cursor = new ByteCursor(bytes);
        var numbers = new int[n.Value];
        var offsets = new int[n.Value];
        for (var i = 0; i < numbers.Length; i++)
        {
            cursor.SkipSpace();
            if (!cursor.TryReadUnsigned(out var number) || number is 0 or >= int.MaxValue)
                return null;
            cursor.SkipSpace();
            if (!cursor.TryReadUnsigned(out var offset) || offset > data.Length - first.Value)
                return null;
            (numbers[i], offsets[i]) = ((int)number, (int)(first.Value + offset));
        }
        return new ObjectStream(bytes, numbers, offsets, limits, work);
    }

    public PdfObject? Read(int index, out PdfRefusal refusal)
    {
        var parser = new PdfParser(new ByteCursor(_data, _offsets[index]), _limits, _work, keepPositions: false);
        var value = parser.ReadValue();
        refusal = parser.Refusal;
        return value;
    }

    /// <summary>The index of an object: where the cross-reference entry says, or, when it is wrong there, where the number stands.</summary>
    public int IndexOf(int number, int hint)
    {
        if (hint < Numbers.Count && Numbers[hint] == number)
            return hint;
        if (_places is null)
        {
            _places = new Dictionary<int, int>(Numbers.Count);
            for (var i = 0; i < Numbers.Count; i++)
                _places.TryAdd(Numbers[i], i);
        }
        return _places.GetValueOrDefault(number, -1);
    }
}
