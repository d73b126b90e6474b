namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// Kinds that no rule tells apart, for one person: same minutes, same kinds before and after. The row table works on groups, so that
/// thirty-two kinds cost no more than the few sorts they fall into.
/// </summary>
internal sealed class RowGroups
{
    private readonly bool[] _follows;
    private readonly int _tracked;

    public RowGroups(RowProblem problem, int p, int trackedKind)
    {
        Of = new int[problem.Width];
        Array.Fill(Of, -1);
        var heads = new List<int>();
        var person = problem.Persons[p];
        for (var k = 1; k <= problem.Kinds; k++)
        {
            if (person.MaxCount[k] == 0) continue;
            var g = k == trackedKind ? -1 : heads.FindIndex(h => h != trackedKind && IsAlike(problem, person, h, k));
            if (g < 0)
            {
                g = heads.Count;
                heads.Add(k);
            }

            Of[k] = g;
        }

        _tracked = trackedKind > 0 ? Of[trackedKind] : -1;
        (TrackedMost, TrackedMinutes) = _tracked < 0 ? (0, 0) : (Math.Min(person.MaxCount[trackedKind], problem.Days), problem.Minutes[trackedKind]);
        var others = heads.Where(h => h != trackedKind).Select(h => problem.Minutes[h]);
        MinuteUnit = Math.Max(1, others.Aggregate(0, (gcd, m) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(gcd, m)));
        Units = [.. heads.Select(h => h == trackedKind ? 0 : problem.Minutes[h] / MinuteUnit)];
        _follows = [.. heads.SelectMany(a => heads.Select(b => !problem.Barred[(a * problem.Width) + b]))];
        Signature = $"{_tracked} {TrackedMost} {TrackedMinutes} {MinuteUnit} {string.Join(',', Units)} {string.Concat(_follows.Select(f => f ? 1 : 0))}";
    }

    /// <summary>Group by kind; -1: the person never works it.</summary>
    public int[] Of { get; }

    /// <summary>Minutes of each group in units of <see cref="MinuteUnit"/>; 0 for the tracked kind, whose count already tells them.</summary>
    public int[] Units { get; }

    /// <summary>What the minutes of all kinds but the tracked one are multiples of.</summary>
    public int MinuteUnit { get; }

    /// <summary>Most days of the tracked kind, and its minutes; 0 when no kind is tracked.</summary>
    public int TrackedMost { get; }

    public int TrackedMinutes { get; }

    /// <summary>Equal for people whose groups behave alike.</summary>
    public string Signature { get; }

    public int Count => Units.Length;

    public bool IsTracked(int group) => group == _tracked;

    public bool MayFollow(int before, int after) => _follows[(before * Count) + after];

    private static bool IsAlike(RowProblem problem, RowPerson person, int a, int b)
    {
        if (problem.Minutes[a] != problem.Minutes[b]) return false;
        for (var k = 1; k <= problem.Kinds; k++)
        {
            if (person.MaxCount[k] == 0) continue;
            if (problem.Barred[(a * problem.Width) + k] != problem.Barred[(b * problem.Width) + k]) return false;
            if (problem.Barred[(k * problem.Width) + a] != problem.Barred[(k * problem.Width) + b]) return false;
        }

        return true;
    }
}
