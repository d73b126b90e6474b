using System.Numerics;
using System.Runtime.InteropServices;

namespace Tongxin.Core.Rostering.Columns;

/// <summary>The vector operations of the simplex method, as wide as the processor allows.</summary>
internal static class Vectors
{
    /// <summary>Adds <paramref name="factor"/> times <paramref name="source"/> to <paramref name="target"/>.</summary>
    public static void Add(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var (by, i) = (new Vector<double>(factor), 0);
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref s, (nuint)i), by, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        for (; i < target.Length; i++) target[i] += factor * source[i];
    }

    /// <summary>Sum of the squares.</summary>
    public static double Squares(ReadOnlySpan<double> values)
    {
        var (sum, i) = (Vector<double>.Zero, 0);
        ref var v = ref MemoryMarshal.GetReference(values);
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var x = Vector.LoadUnsafe(ref v, (nuint)i);
            sum = Vector.FusedMultiplyAdd(x, x, sum);
        }

        var total = Vector.Sum(sum);
        for (; i < values.Length; i++) total += values[i] * values[i];
        return total;
    }
}
