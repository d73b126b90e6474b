namespace Tongxin.Core.Rostering.Columns;

/// <summary>The way down: rows are fixed one by one until a whole roster stands, and back up to where another way may be better.</summary>
internal sealed partial class ColumnSearch
{
    private static readonly Care Careful = new(8, 30, 0.0002, 4), Hasty = new(4, 8, 0.001, 2);

    private readonly List<DiveStep> _path = [];

    // Rows fixed in one step: more as long as that costs nothing, one again as soon as it does.
    private int _bold = 1;

    /// <summary>Dives from the root to a whole roster, however dear. Null when there was no time.</summary>
    public byte[]? Dive(double noise, Pace pace)
    {
        _master.Restart(_rootBasis);
        return Descend(double.PositiveInfinity, noise, pace);
    }

    /// <summary>
    /// Goes back on the path of the last dive to some steps before it became dear, and down again by another way. Null when it was
    /// given up: no time, or dearer than <paramref name="limit"/>.
    /// </summary>
    private byte[]? DiveAgain(double limit, double noise, Pace pace)
    {
        if (_path.Count == 0) return null;
        var start = _path[0].Objective;
        var good = _path.FindIndex(s => s.Objective > start + Math.Max(1, 0.001 * Math.Abs(start)));
        var depth = Math.Clamp((good < 0 ? _path.Count : good) - 2 - _dice.Below(6), 0, _path.Count - 1);
        Undo(depth);
        return Descend(limit, noise, pace);
    }

    private byte[]? Descend(double limit, double noise, Pace pace)
    {
        var started = OpenPeople;
        _bold = 1;
        while (OpenPeople > 0)
        {
            if (pace.IsOver() || Objective > limit) return null;
            // Behind schedule less care is taken; when the time for the dive is up the others get the best rows for what is left.
            var left = 1 - pace.Progress();
            if (left <= 0) break;
            BestWay(noise, (double)OpenPeople / started > left + 0.1 ? Hasty : Careful, pace);
        }

        return Complete();
    }

    /// <summary>
    /// The fixed rows, and for everybody else, one after the other, the cheapest row for the covers that are left; then everybody again,
    /// as long as that makes the roster cheaper.
    /// </summary>
    private byte[] Complete()
    {
        var rows = new byte[_problem.People * _problem.Days];
        var have = new int[_problem.Days * _problem.Width];
        for (var p = 0; p < _problem.People; p++)
            if (_master.FixedRow(p) is >= 0 and var own) Count(p, _master.Pool.Kinds(own), 1);
        for (var p = 0; p < _problem.People; p++)
            if (_master.FixedRow(p) < 0) Count(p, _pricing.CheapestBeside(p, have), 1);
        if (OpenPeople == 0) return rows;

        var (before, now) = (long.MaxValue, _problem.Cost(rows));
        while (now < before)
        {
            for (var p = 0; p < _problem.People; p++)
            {
                Count(p, rows.AsSpan(p * _problem.Days, _problem.Days).ToArray(), -1);
                Count(p, _pricing.CheapestBeside(p, have), 1);
            }

            (before, now) = (now, _problem.Cost(rows));
        }

        return rows;

        void Count(int p, byte[] row, int by)
        {
            row.CopyTo(rows, p * _problem.Days);
            for (var d = 0; d < row.Length; d++) have[(d * _problem.Width) + row[d]] += by;
        }
    }

    /// <summary>Tries the likeliest rows first and something else only when they made the master dearer; stays with the best.</summary>
    private void BestWay(double noise, Care care, Pace pace)
    {
        var before = Objective;
        var rounds = OpenPeople > 12 ? care.Rounds : care.LateRounds;
        var ways = Ways(noise, care.Ways);
        var (best, lowest, last) = (-1, double.PositiveInfinity, -1);
        for (var w = 0; w < ways.Count; w++)
        {
            if (last >= 0) Undo(_path.Count - 1);
            last = -1;
            // The last way must go through, by hook or by crook, if no other did.
            if (!Step(ways[w], rounds, care.Rise, pace, mustGo: w == ways.Count - 1 && best < 0)) continue;
            last = w;
            if (Objective < lowest) (best, lowest) = (w, Objective);
            if (Objective <= before + Math.Max(0.5, 2.5 * care.Rise * Math.Abs(before)) || pace.IsOver())
            {
                _bold = w == 0 ? 2 * _bold : 1;
                return;
            }

            _bold = 1;
        }

        if (best == last) return;
        if (last >= 0) Undo(_path.Count - 1);
        Step(ways[best], rounds, care.Rise, pace, mustGo: true);
    }

    /// <summary>
    /// Fixes rows and brings the master back to its optimum, with new rows where they pay. False when that took too long and
    /// <paramref name="mustGo"/> did not ask for it at any price: nothing is fixed then.
    /// </summary>
    private bool Step(List<int> rows, int rounds, double rise, Pace pace, bool mustGo)
    {
        // Fixing cannot make the master cheaper: once it is as cheap as before, no new row would help.
        var enough = Objective + Math.Max(0.3, rise * Math.Abs(Objective));
        _path.Add(new(Objective, _master.Basis, rows));
        foreach (var row in rows) _master.Fix(_master.Pool.PersonOf(row), row);
        if (!_master.Repair(1500))
        {
            if (!mustGo)
            {
                Undo(_path.Count - 1);
                return false;
            }

            _master.Restart(Standing());
        }

        if (Objective > enough) _master.Optimize(800);
        if (Objective > enough) Converge(rounds, 0.0005, pace.IsOver, 800, enough);
        return true;
    }

    /// <summary>Takes back the steps of the path from a depth on.</summary>
    private void Undo(int depth)
    {
        foreach (var row in _path.Skip(depth).SelectMany(s => s.Rows)) _master.Fix(_master.Pool.PersonOf(row), -1);
        _master.Restart(_path[depth].Basis);
        _path.RemoveRange(depth, _path.Count - depth);
        _master.Optimize(3000);
    }

    /// <summary>
    /// What could be fixed next, best first: all rows that are nearly chosen, up to a tenth of those open, or as many of the likeliest as
    /// went well lately, up to a twentieth; and near the end also single rows that are the next best choice.
    /// </summary>
    private List<List<int>> Ways(double noise, int most)
    {
        var sorted = Weights(noise);
        var bold = Math.Min(_bold, sorted.Count / 20);
        var sure = sorted.TakeWhile((b, i) => b.Value > 0.75 || i < bold).Take(Math.Max(1, sorted.Count / 10)).Select(b => b.Row).ToList();
        var ways = new List<List<int>>();
        if (sure.Count > 0) ways.Add(sure);
        ways.AddRange(sorted.Skip(sure.Count == 1 ? 1 : 0).Take(most - ways.Count).Select(b => new List<int> { b.Row }));
        return ways;
    }

    /// <summary>The row with the largest weight of each open person, largest first.</summary>
    private List<(double Value, int Row)> Weights(double noise)
    {
        var best = new (double Value, int Row)?[_problem.People];
        foreach (var (row, weight) in _master.Chosen)
        {
            var p = _master.Pool.PersonOf(row);
            if (_master.FixedRow(p) >= 0) continue;
            var value = weight + (noise * _dice.Unit());
            if (best[p] is not { } known || value > known.Value) best[p] = (value, row);
        }

        return [.. best.OfType<(double Value, int Row)>().OrderByDescending(b => b.Value).ThenBy(b => _master.Pool.PersonOf(b.Row))];
    }

    /// <summary>A basis that surely is legal: fixed rows, for everybody else the row with the largest weight, and slacks.</summary>
    private LpBasis Standing()
    {
        var best = Weights(0).ConvertAll(b => b.Row);
        best.AddRange(Enumerable.Range(0, _problem.People).Select(_master.FixedRow).Where(r => r >= 0));
        return new([.. best], []);
    }

    /// <summary>
    /// How much a dive does for a step: rounds of new rows early and late, the rise of the master (a part) that is let pass, and the
    /// number of other ways tried.
    /// </summary>
    private sealed record Care(int Rounds, int LateRounds, double Rise, int Ways);

    /// <summary>A step of a dive: how dear the master was and what its basis was before, and the rows fixed.</summary>
    private sealed record DiveStep(double Objective, LpBasis Basis, List<int> Rows);
}

/// <summary>How much of the time for a dive is gone: at 1 it should be down. And whether everything is over, dive or not.</summary>
internal sealed record Pace(Func<double> Progress, Func<bool> IsOver);
