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

    /// <summary>Adds the square of each of <paramref name="source"/> to <paramref name="target"/>.</summary>
    public static void AddSquares(Span<double> target, ReadOnlySpan<double> source)
    {
        var i = 0;
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var x = Vector.LoadUnsafe(ref s, (nuint)i);
            Vector.FusedMultiplyAdd(x, x, Vector.LoadUnsafe(ref t, (nuint)i)).StoreUnsafe(ref t, (nuint)i);
        }

        for (; i < target.Length; i++) target[i] += source[i] * source[i];
    }
}
