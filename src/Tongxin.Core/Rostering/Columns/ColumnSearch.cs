using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// Column generation with diving. The master program chooses among rows made so far; its prices tell each person's row table what a
/// shift is worth, which gives better rows, until no person has any. Then rows are fixed person by person, with new rows made in
/// between, until a whole roster stands.
/// </summary>
internal sealed class ColumnSearch
{
    private readonly RowProblem _problem;
    private readonly ColumnPricing _pricing;
    private readonly MasterLp _master;
    private readonly Dice _dice;
    private readonly LpColumn?[] _fixed;
    private readonly double[] _dual;
    private readonly List<DiveStep> _path = [];
    private double[] _centre = [];
    private List<LpColumn> _rootBasis = [];

    /// <param name="problem">The rows to fill.</param>
    /// <param name="rosters">Rosters whose rows are known; the first is the start.</param>
    /// <param name="dice">For noise and choices.</param>
    public ColumnSearch(RowProblem problem, IReadOnlyList<byte[]> rosters, Dice dice)
    {
        (_problem, _dice) = (problem, dice);
        _pricing = new ColumnPricing(problem, dice);
        _master = new MasterLp(problem.People, _pricing.Covers, dice.Unit);
        (_fixed, _dual) = (new LpColumn?[problem.People], new double[_master.Size]);
        foreach (var roster in rosters) AddRows(roster);
        _master.Restart(Own(rosters[0]));
    }

    /// <summary>No roster has a lower penalty: from the prices of the covers, not from the master program.</summary>
    public double Bound { get; private set; } = double.NegativeInfinity;

    /// <summary>Work so far in search steps.</summary>
    public long Steps => (_pricing.Work / 90) + (_master.Pivots * _master.Size * _master.Size / 500) + (_master.Pivots * 50);

    public long Pivots => _master.Pivots;

    public int OpenPeople => _fixed.Count(f => f is null);

    /// <summary>Penalty of the master program as it stands.</summary>
    public double Objective => _master.Objective + _problem.Constant;

    /// <summary>Solves the root until the bound is within a part of a thousandth. False when time was short: the root is then only a good start.</summary>
    public bool Root(Func<bool> isOver)
    {
        var isConverged = Converge(int.MaxValue, 0.0004, isOver);
        _rootBasis = _master.Basis;
        return isConverged;
    }

    /// <summary>
    /// Dives from the root, or from <paramref name="kept"/> rows that stay as they are, to a whole roster. Null when it was given up: no
    /// time, or dearer than <paramref name="limit"/>.
    /// </summary>
    public byte[]? Dive(byte[] incumbent, ReadOnlySpan<bool> kept, double limit, double noise, Pace pace)
    {
        Array.Clear(_fixed);
        _path.Clear();
        foreach (var c in _master.Pool) c.IsBarred = false;
        AddRows(incumbent);
        if (kept.Contains(true))
        {
            var own = Own(incumbent);
            for (var p = 0; p < _problem.People; p++)
                if (kept[p]) Fix(own[p]);
            _master.Restart(own);
            if (!_master.Optimize(20_000) || !Converge(30, 0.0004, pace.IsOver) || Objective > limit) return null;
        }
        else _master.Restart(_rootBasis);

        return Descend(limit, noise, pace);
    }

    /// <summary>
    /// Goes back on the path of the last dive to some steps before it became dear, and down again by another way. Null as
    /// <see cref="Dive"/>.
    /// </summary>
    public byte[]? DiveAgain(double limit, double noise, Pace pace)
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
        while (OpenPeople > 0)
        {
            if (pace.IsOver() || Objective > limit) return null;
            // Behind schedule less care is taken; when the time for the dive is up the others get the best rows for what is left.
            var left = 1 - pace.Progress();
            if (left <= 0) break;
            if ((double)OpenPeople / started > left + 0.15) Step([.. Weights(noise).Take(2).Select(w => w.Column)], rounds: 2, pace, mustGo: true);
            else BestWay(noise, pace);
        }

        return Complete();
    }

    /// <summary>The fixed rows, and for everybody else, one after the other, the cheapest row for the covers that are left.</summary>
    private byte[] Complete()
    {
        var rows = new byte[_problem.People * _problem.Days];
        var have = new int[_problem.Days * _problem.Width];
        foreach (var own in _fixed.OfType<LpColumn>()) Put(own.Person, own.Kinds);
        for (var p = 0; p < _problem.People; p++)
            if (_fixed[p] is null) Put(p, _pricing.CheapestBeside(p, have));
        return rows;

        void Put(int p, byte[] row)
        {
            row.CopyTo(rows, p * _problem.Days);
            for (var d = 0; d < row.Length; d++) have[(d * _problem.Width) + row[d]]++;
        }
    }

    /// <summary>Tries the likeliest rows first and something else only when they made the master dearer; stays with the best.</summary>
    private void BestWay(double noise, Pace pace)
    {
        var before = Objective;
        var rounds = OpenPeople > 12 ? 8 : 30;
        var ways = Ways(noise);
        var (best, lowest, last) = (-1, double.PositiveInfinity, -1);
        for (var w = 0; w < ways.Count; w++)
        {
            if (last >= 0) Undo(_path.Count - 1);
            last = -1;
            // The last way must go through, by hook or by crook, if no other did.
            if (!Step(ways[w], rounds, pace, mustGo: w == ways.Count - 1 && best < 0)) continue;
            last = w;
            if (Objective < lowest) (best, lowest) = (w, Objective);
            if (Objective <= before + Math.Max(0.5, 0.0005 * Math.Abs(before)) || pace.IsOver()) return;
        }

        if (best == last) return;
        if (last >= 0) Undo(_path.Count - 1);
        Step(ways[best], rounds, pace, mustGo: true);
    }

    /// <summary>
    /// Fixes rows and brings the master back to its optimum, with new rows where they pay. False when that took too long and
    /// <paramref name="mustGo"/> did not ask for it at any price: nothing is fixed then.
    /// </summary>
    private bool Step(List<LpColumn> columns, int rounds, Pace pace, bool mustGo)
    {
        // Fixing cannot make the master cheaper: once it is as cheap as before, no new row would help.
        var enough = Objective + Math.Max(0.3, 0.0002 * Math.Abs(Objective));
        _path.Add(new(Objective, _master.Basis, columns));
        foreach (var column in columns) Fix(column);
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
        foreach (var column in _path.Skip(depth).SelectMany(s => s.Columns)) _fixed[column.Person] = null;
        foreach (var c in _master.Pool) c.IsBarred = _fixed[c.Person] is { } own && own != c;
        _master.Restart(_path[depth].Basis);
        _path.RemoveRange(depth, _path.Count - depth);
        _master.Optimize(3000);
    }

    /// <summary>
    /// Rounds of master and pricing. True when no person has a row that pays, or the bound is within <paramref name="gap"/> of the master,
    /// or all rounds were made.
    /// </summary>
    private bool Converge(int rounds, double gap, Func<bool> isOver, int pivots = 4000, double enough = double.NegativeInfinity)
    {
        _centre = [];
        double best = double.NegativeInfinity, mix = 0.7;
        for (var round = 0; round < rounds; round++)
        {
            if (isOver()) return false;
            _master.Optimize(pivots);
            var objective = _master.Objective;
            if (Objective <= enough) return true;
            // Prices between the best known and those of the master: the latter jump about.
            while (true)
            {
                Mix(_centre.Length == 0 ? 0 : mix);
                var added = Price(out var bound);
                if (bound > best)
                {
                    best = bound;
                    _centre = (double[])_dual.Clone();
                    if (OpenPeople == _problem.People) Bound = Math.Max(Bound, bound + _problem.Constant);
                }

                if (objective - best <= Math.Max(gap == 0 ? 0 : 0.4, gap * Math.Abs(objective + _problem.Constant))) return true;
                if (added > 0) break;
                if (_centre.Length == 0 || mix < 0.1) return true;
                if (isOver()) return false;
                mix = mix > 0.4 ? 0.35 : 0;
            }

            mix = Math.Min(0.7, mix + 0.1);
        }

        return true;
    }

    private void Mix(double mix)
    {
        _master.Dual.CopyTo(_dual);
        for (var i = 0; i < _dual.Length; i++)
        {
            if (i >= _problem.People)
            {
                var (_, under, over) = _pricing.Covers[i - _problem.People];
                _dual[i] = Math.Clamp(_dual[i], -over, under);
            }

            if (mix > 0) _dual[i] = (mix * _centre[i]) + ((1 - mix) * _dual[i]);
        }
    }

    /// <summary>Makes each open person's best row; returns how many rows pay at the master's prices, and the bound of these prices.</summary>
    private int Price(out double bound)
    {
        var added = 0;
        bound = 0;
        for (var i = _problem.People; i < _dual.Length; i++) bound += _dual[i] * _pricing.Covers[i - _problem.People].Need;
        for (var p = 0; p < _problem.People; p++)
        {
            if (_fixed[p] is { } own)
            {
                bound += _pricing.Cost(p, own.Kinds, _dual);
                continue;
            }

            var row = _pricing.Cheapest(p, _dual, out _, out var least);
            bound += least;
            if (row is null || _pricing.Cost(p, row, _master.Dual) - _master.Dual[p] > -0.03 || _pricing.Column(p, row) is not { } column) continue;
            _master.Pool.Add(column);
            added++;
        }

        return added;
    }

    private void AddRows(ReadOnlySpan<byte> roster)
    {
        for (var p = 0; p < _problem.People; p++)
            if (_pricing.Column(p, roster.Slice(p * _problem.Days, _problem.Days).ToArray()) is { } column) _master.Pool.Add(column);
    }

    /// <summary>The columns of a roster whose rows are all in the pool, by person.</summary>
    private LpColumn[] Own(byte[] roster)
    {
        var own = new LpColumn[_problem.People];
        foreach (var c in _master.Pool)
            if (roster.AsSpan(c.Person * _problem.Days, _problem.Days).SequenceEqual(c.Kinds)) own[c.Person] = c;
        return own;
    }

    private void Fix(LpColumn column)
    {
        _fixed[column.Person] = column;
        foreach (var c in _master.Pool)
            if (c.Person == column.Person && c != column) c.IsBarred = true;
    }

    /// <summary>
    /// What could be fixed next, best first: all rows that are nearly chosen, up to a tenth of those open, and near the end also single
    /// rows that are the next best choice.
    /// </summary>
    private List<List<LpColumn>> Ways(double noise)
    {
        var sorted = Weights(noise);
        var sure = sorted.TakeWhile(b => b.Value > 0.75).Take(Math.Max(1, sorted.Count / 10)).Select(b => b.Column).ToList();
        var ways = new List<List<LpColumn>>();
        if (sure.Count > 0) ways.Add(sure);
        var alternatives = sorted.Count <= 10 ? 4 : 3;
        ways.AddRange(sorted.Skip(sure.Count == 1 ? 1 : 0).Take(alternatives - ways.Count).Select(b => new List<LpColumn> { b.Column }));
        return ways;
    }

    /// <summary>The row with the largest weight of each open person, largest first.</summary>
    private List<(double Value, LpColumn Column)> Weights(double noise)
    {
        var best = new (double Value, LpColumn Column)?[_problem.People];
        foreach (var c in _master.Pool)
        {
            if (c.At < 0 || _fixed[c.Person] is not null) continue;
            var value = _master.ValueOf(c) + (noise * _dice.Unit());
            if (best[c.Person] is not { } known || value > known.Value) best[c.Person] = (value, c);
        }

        return [.. best.OfType<(double Value, LpColumn Column)>().OrderByDescending(b => b.Value).ThenBy(b => b.Column.Person)];
    }

    /// <summary>A basis that surely is legal: fixed rows, for everybody else the row with the largest weight, and slacks.</summary>
    private IEnumerable<LpColumn> Standing()
    {
        var best = new LpColumn?[_problem.People];
        foreach (var c in _master.Pool)
        {
            if (!c.IsBarred && (best[c.Person] is not { } known || _master.ValueOf(c) > _master.ValueOf(known))) best[c.Person] = c;
        }

        return [.. best.OfType<LpColumn>()];
    }

    /// <summary>A step of a dive: how dear the master was and what its basis was before, and the rows fixed.</summary>
    private sealed record DiveStep(double Objective, List<LpColumn> Basis, List<LpColumn> Columns);
}

/// <summary>How much of the time for a dive is gone: at 1 it should be down. And whether everything is over, dive or not.</summary>
internal sealed record Pace(Func<double> Progress, Func<bool> IsOver);
