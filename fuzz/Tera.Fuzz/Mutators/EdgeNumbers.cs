using System.Globalization;

namespace Tera.Fuzz.Mutators;

/// <summary>Integers at which arithmetic turns.</summary>
internal static class EdgeNumbers
{
    private static readonly long[] Values =
    [
        0, 1, 2, 3, 4, 7, 8, 9, 16, 31, 32, 100, 127, 128, 255, 256, 1000, 1024, 4095, 4096, 32767, 32768, 65535, 65536, 65537, 8388607, 8388608,
        16777215, 2147483646, 2147483647, 2147483648, 4294967295, 4294967296, 9007199254740993, 922337203685477579, 9223372036854775806, 9223372036854775807,
    ];

    public static long Pick(Random random) => random.Next(5) == 0 ? -Values[random.Next(Values.Length)] : Values[random.Next(Values.Length)];

    public static string PickText(Random random) => random.Next(12) switch
    {
        0 => "18446744073709551616",
        1 => "99999999999999999999999999",
        2 => "0.00000000000000001",
        3 => "-0",
        4 => "1e9",
        5 => "+.5",
        _ => Pick(random).ToString(CultureInfo.InvariantCulture),
    };
}
