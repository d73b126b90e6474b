namespace Tongxin.Platform.Data;

/// <summary>
/// Values for a statement written by hand with a place for each. Every number of places is another statement, and a statement costs far more
/// to compile than to run: the last value is repeated up to the next power of two, so that there are a dozen of them.
/// </summary>
public static class Padded
{
    /// <summary>The values, the last one repeated; where repeats would matter (sums, not IN lists) this is not the way.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> values)
    {
        if (values.Count == 0) return values;
        var length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)values.Count);
        return length == values.Count ? values : [.. values, .. Enumerable.Repeat(values[^1], length - values.Count)];
    }
}
