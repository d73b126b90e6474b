namespace Tongxin.Core.Teams.Rules;

/// <summary>Cells of even size. 1 point for a cell 10 % off the mean, 4 points for 20 %.</summary>
internal static class BalanceRule
{
    public const string Name = "balance";

    public static double Points(double households, double mean)
    {
        if (mean <= 0) return 0;
        var tenths = 10 * (households - mean) / mean;
        return tenths * tenths;
    }

    /// <summary>Households are whole, so some cells must have one more than others; nothing is more even than that.</summary>
    public static double LowerBound(int households, int cells)
    {
        var mean = (double)households / cells;
        var (least, larger) = (households / cells, households % cells);
        return (larger * Points(least + 1, mean)) + ((cells - larger) * Points(least, mean));
    }
}
