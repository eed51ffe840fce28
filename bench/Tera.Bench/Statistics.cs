namespace Tera.Bench;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            return double.NaN;
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    /// <summary>Half of the values lie within this share of the median: what the machine's other work does to a figure.</summary>
    public static double Noise(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return (Quantile(all, 0.75) - Quantile(all, 0.25)) / Median(all);
    }
}
