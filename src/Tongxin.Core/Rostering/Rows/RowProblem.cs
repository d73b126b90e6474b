namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// A problem as rows: each person works at most one kind of duty a day, and everything soft is a sum over cells and over covers. Kinds
/// count from 1; 0 is a day off. Penalties are whole numbers.
/// </summary>
internal sealed class RowProblem
{
    /// <summary>Price of a cell that may not be: no sum of honest prices comes near.</summary>
    public const int Never = 1_000_000;

    /// <summary>Longest row of days that the bit masks can look along.</summary>
    public const int LongestRun = 15;

    public required int Days { get; init; }

    public required int People { get; init; }

    public required int Kinds { get; init; }

    /// <summary>Day of the week of day 0; 0 is Monday.</summary>
    public required int FirstWeekday { get; init; }

    /// <summary>By kind; 0 for a day off.</summary>
    public required int[] Minutes { get; init; }

    /// <summary>At [first * Width + second]: the second kind may not come on the day after the first.</summary>
    public required bool[] Barred { get; init; }

    public required RowPerson[] Persons { get; init; }

    /// <summary>At [Cell(p, d) + kind]: price relative to a day off, or <see cref="Never"/>.</summary>
    public required int[] Price { get; init; }

    /// <summary>People needed, price of one missing and of one too many, at [day * Width + kind].</summary>
    public required int[] Need { get; init; }

    public required int[] Under { get; init; }

    public required int[] Over { get; init; }

    /// <summary>Penalty of a roster of days off only, less its missing cover: wishes that only work can fulfil.</summary>
    public required long Constant { get; init; }

    /// <summary>Kinds with the day off.</summary>
    public int Width => Kinds + 1;

    public int Cell(int p, int d) => ((p * Days) + d) * Width;

    public int CoverCost(int at, int have) => have < Need[at] ? (Need[at] - have) * Under[at] : (have - Need[at]) * Over[at];

    /// <summary>Penalty of a whole roster, counted from nothing.</summary>
    public long Cost(ReadOnlySpan<byte> rows)
    {
        var have = new int[Days * Width];
        var cost = Constant;
        for (var p = 0; p < People; p++)
        {
            for (var d = 0; d < Days; d++)
            {
                int k = rows[(p * Days) + d];
                cost += Price[Cell(p, d) + k];
                have[(d * Width) + k]++;
            }
        }

        for (var d = 0; d < Days; d++)
        {
            for (var k = 1; k <= Kinds; k++) cost += CoverCost((d * Width) + k, have[(d * Width) + k]);
        }

        return cost;
    }

    /// <summary>Takes a person out who has no legal row at all: days off only, and nothing asked of them.</summary>
    public void Freeze(int p)
    {
        Persons[p] = Persons[p] with { MinMinutes = 0, MinRun = 1, MinOff = 1, RunBefore = 0 };
        for (var at = Cell(p, 0); at < Cell(p, 0) + (Days * Width); at++) Price[at] = (at - Cell(p, 0)) % Width == 0 ? 0 : Never;
    }

    public bool IsSaturday(int d) => (FirstWeekday + d) % 7 == 5;

    public bool IsSunday(int d) => (FirstWeekday + d) % 7 == 6;
}

/// <summary>The limits of one person on a row.</summary>
/// <param name="MaxRun">Most days worked in a row, at most <see cref="RowProblem.LongestRun"/>.</param>
/// <param name="MinRun">Least days worked in a row, edges exempt.</param>
/// <param name="MinOff">Least days off in a row, edges exempt.</param>
/// <param name="RunBefore">Days worked in a row up to the eve of day 0.</param>
/// <param name="MaxCount">Most days of each kind.</param>
internal sealed record RowPerson(
    int MinMinutes, int MaxMinutes, int MaxRun, int MinRun, int MinOff, int MaxWeekends, int RunBefore, int[] MaxCount);
