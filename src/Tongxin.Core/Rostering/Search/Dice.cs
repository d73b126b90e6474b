using System.Runtime.CompilerServices;

namespace Tongxin.Core.Rostering.Search;

/// <summary>
/// Random numbers of a search: xoshiro256** with the seed spread by splitmix64. Much faster than <see cref="Random"/> and the same on
/// every platform and runtime, which "same seed, same roster" needs.
/// </summary>
internal sealed class Dice
{
    /// <summary>65,536 logarithms: -ln of evenly spaced numbers, so that a Metropolis step costs a look-up.</summary>
    private static readonly float[] MinusLog = [.. Enumerable.Range(0, 1 << 16).Select(i => (float)-Math.Log((i + 0.5) / (1 << 16)))];

    private ulong _a, _b, _c, _d;

    public Dice(int seed, int stream)
    {
        var state = ((ulong)(uint)seed << 32) | (uint)stream;
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>0 to <paramref name="below"/> - 1. Off from even by less than one in 2^32 / below: enough for a search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int below) => (int)(((Bits() >> 32) * (ulong)(uint)below) >> 32);

    /// <summary>0 to just under 1.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Largest worsening that Metropolis accepts at temperature 1: multiply by the temperature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Threshold() => MinusLog[Bits() >> 48];

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
