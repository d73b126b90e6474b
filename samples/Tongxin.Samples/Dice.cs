namespace Tongxin.Samples;

/// <summary>Chance from a seed. A seeded generator of .NET gives the same numbers in every version.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public bool Happens(double chance) => _random.NextDouble() < chance;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public char Pick(string from) => from[_random.Next(from.Length)];

    /// <summary>The place of one weight among all, as likely as it is heavy.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var at = _random.NextDouble() * weights.Sum();
        for (var index = 0; index < weights.Count - 1; index++)
        {
            at -= weights[index];
            if (at < 0)
            {
                return index;
            }
        }

        return weights.Count - 1;
    }

    public void Shuffle<T>(IList<T> list)
    {
        for (var at = list.Count - 1; at > 0; at--)
        {
            var other = _random.Next(at + 1);
            (list[at], list[other]) = (list[other], list[at]);
        }
    }
}
