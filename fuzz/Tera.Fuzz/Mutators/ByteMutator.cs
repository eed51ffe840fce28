using System.Text;

namespace Tera.Fuzz.Mutators;

/// <summary>Mutations that know nothing of a format but some of its words.</summary>
internal static class ByteMutator
{
    public const int MaxLength = 1024 * 1024;

    public static byte[] Mutate(byte[] seed, byte[] other, Random random, byte[][] words)
    {
        var bytes = seed;
        for (var times = 1 << random.Next(4); times > 0; times--)
            bytes = Once(bytes, other, random, words);
        return bytes.Length > MaxLength ? bytes[..MaxLength] : bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random random, byte[][] words)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        var at = random.Next(bytes.Length);
        var count = Math.Min(1 << random.Next(12), bytes.Length - at);
        switch (random.Next(12))
        {
            case 0:
                return With(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8))));
            case 1:
                return With(bytes, at, (byte)random.Next(256));
            case 2:
                return With(bytes, at, (byte)((bytes[at] + random.Next(-8, 9)) & 0xFF));
            case 3:
                return Replace(bytes, at, count, []);
            case 4:
                return Replace(bytes, random.Next(bytes.Length), 0, bytes.AsSpan(at, count));
            case 5:
                return bytes[..at];
            case 6 when other.Length > 0:
                var from = random.Next(other.Length);
                return Replace(bytes, at, random.Next(2) == 0 ? count : 0, other.AsSpan(from, Math.Min(1 << random.Next(14), other.Length - from)));
            case 7 when other.Length > 0:
                return [.. bytes.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length))];
            case 8 when words.Length > 0:
                return Replace(bytes, at, random.Next(2) == 0 ? Math.Min(count, 8) : 0, words[random.Next(words.Length)]);
            case 9:
                return Replace(bytes, at, DigitsAt(bytes, ref at), Encoding.ASCII.GetBytes(EdgeNumbers.PickText(random)));
            case 10:
                var run = new byte[1 << random.Next(random.Next(10) == 0 ? 16 : 8)];
                run.AsSpan().Fill(bytes[at]);
                return Replace(bytes, at, 0, run);
            default:
                var value = BitConverter.GetBytes(EdgeNumbers.Pick(random));
                var width = Math.Min(1 << random.Next(4), bytes.Length - at);
                var copy = bytes.ToArray();
                value.AsSpan(0, Math.Min(8, width)).CopyTo(copy.AsSpan(at));
                return copy;
        }
    }

    public static byte[] Replace(byte[] bytes, int at, int count, ReadOnlySpan<byte> by) =>
        [.. bytes.AsSpan(0, at), .. by, .. bytes.AsSpan(at + count)];

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var copy = bytes.ToArray();
        copy[at] = value;
        return copy;
    }

    // Moves to the next run of digits, if one is near, and answers its length.
    private static int DigitsAt(byte[] bytes, ref int at)
    {
        var i = at;
        while (i < bytes.Length && i - at < 200 && !char.IsAsciiDigit((char)bytes[i]))
            i++;
        if (i >= bytes.Length || !char.IsAsciiDigit((char)bytes[i]))
            return 0;
        at = i;
        while (i < bytes.Length && i - at < 20 && char.IsAsciiDigit((char)bytes[i]))
            i++;
        return i - at;
    }
}
