using Tongxin.Core.Rostering.Rows;
using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// Column generation with diving. The master program chooses among rows made so far; its prices tell each person's row table what a
/// shift is worth, which gives better rows, until no person has any. Then rows are fixed person by person, with new rows made in
/// between, until a whole roster stands.
/// </summary>
internal sealed partial class ColumnSearch
{
    /// <summary>Pivots between two rounds of new rows at the root: rows are cheap there, and better ones spare pivots.</summary>
    private const int RootPivots = 1000;

    private readonly RowProblem _problem;
    private readonly ColumnPricing _pricing;
    private readonly MasterLp _master;
    private readonly Dice _dice;
    private readonly double[] _dual;
    private double[] _centre = [];
    private bool _keepsCentre;
    private double _last, _limit = double.PositiveInfinity;
    private double[] _rootCentre = [];
    private bool _isCharged;
    private LpBasis _rootBasis = new([], []);

    /// <param name="problem">The rows to fill.</param>
    /// <param name="rosters">Rosters whose rows are known; the first is the start.</param>
    /// <param name="dice">For noise and choices.</param>
    public ColumnSearch(RowProblem problem, IReadOnlyList<byte[]> rosters, Dice dice)
    {
        (_problem, _dice) = (problem, dice);
        _pricing = new ColumnPricing(problem, dice);
        _master = new MasterLp(problem.People, _pricing.Covers, dice.Unit);
        _dual = new double[_master.Size];
        foreach (var roster in rosters) AddRows(roster);
        _master.Restart(new(Own(rosters[0]), []));
    }

    /// <summary>No roster has a lower penalty: from the prices of the covers, not from the master program.</summary>
    public double Bound { get; private set; } = double.NegativeInfinity;

    /// <summary>Work so far in search steps.</summary>
    public long Steps => (_pricing.Work / 200) + (_master.Work / 150) + (_master.Pivots * 50);

    public long Pivots => _master.Pivots;

    public int OpenPeople => Enumerable.Range(0, _problem.People).Count(p => _master.FixedRow(p) < 0);

    /// <summary>Penalty of the master program as it stands.</summary>
    public double Objective => _master.Objective + _problem.Constant;

    /// <summary>Solves the root until the bound is within a part of a thousandth. False when time was short: the root is then only a good start.</summary>
    public bool Root(Func<bool> isOver)
    {
        var isConverged = Converge(int.MaxValue, 0.0004, isOver, RootPivots);
        (_rootBasis, _rootCentre) = (_master.Basis, _centre);
        return isConverged;
    }

    /// <summary>
    /// A roster below <paramref name="limit"/> by dives from the root, each going back on the path of the one before; or null. Gives up as
    /// soon as the bound says that there is none.
    /// </summary>
    public byte[]? Improve(double limit, int dives, Pace pace)
    {
        _limit = limit;
        if (_centre.Length > 0) Price(out _);
        Converge(int.MaxValue, 0.0004, pace.IsOver);
        (_rootBasis, _rootCentre) = (_master.Basis, _centre);
        if (Bound > limit || pace.IsOver()) return null;
        var found = Descend(limit, 0, pace);
        for (var i = 1; i < dives && found is null && pace.Progress() < 0.7 && !pace.IsOver(); i++) found = DiveAgain(limit, 0.1, pace);
        return found;
    }

    /// <summary>Rows that may be of use, as person and kinds by day.</summary>
    public void Add(int person, byte[] row) => _pricing.Add(_master.Pool, person, row, out _);

    /// <summary>Rows in the basis of the root, with their people.</summary>
    public IEnumerable<(int Person, byte[] Row)> RootRows => _rootBasis.Rows.Select(r => (_master.Pool.PersonOf(r), _master.Pool.Kinds(r)));

    /// <summary>Prices to start from, at [day * Width + kind]: guesses of what one more person is worth on a cover.</summary>
    public void StartFrom(ReadOnlySpan<double> worth)
    {
        _centre = new double[_dual.Length];
        for (var at = 0; at < worth.Length; at++)
            if (_pricing.CoverAt(at) is >= 0 and var i) _centre[i] = Math.Clamp(worth[at], -_pricing.Covers[i - _problem.People].Over, _pricing.Covers[i - _problem.People].Under);
        _centre.CopyTo(_dual, 0);
        _keepsCentre = true;
    }

    /// <summary>Writes the root's prices of the best bound, at [day * Width + kind]; others are left alone.</summary>
    public void ReadWorth(Span<double> worth)
    {
        for (var at = 0; at < worth.Length; at++)
            if (_rootCentre.Length > 0 && _pricing.CoverAt(at) is >= 0 and var i) worth[at] = _rootCentre[i];
    }

    /// <summary>
    /// Rounds of master and pricing. True when no person has a row that pays, or the bound is within <paramref name="gap"/> of the master,
    /// or all rounds were made.
    /// </summary>
    private bool Converge(int rounds, double gap, Func<bool> isOver, int pivots = 4000, double enough = double.NegativeInfinity)
    {
        if (!_keepsCentre) _centre = [];
        _keepsCentre = false;
        (double best, double mix, _last) = (double.NegativeInfinity, 0.7, double.NegativeInfinity);
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
                    _last = best = bound;
                    _centre = (double[])_dual.Clone();
                    if (OpenPeople == _problem.People && !_isCharged) Bound = Math.Max(Bound, bound + _problem.Constant);
                }

                if (best + _problem.Constant > _limit) return true;
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
            if (_master.FixedRow(p) is >= 0 and var own)
            {
                bound += _pricing.Cost(p, _master.Pool.Kinds(own), _dual);
                continue;
            }

            var row = _pricing.Cheapest(p, _dual, out _, out var least);
            bound += least;
            if (row is null || _pricing.Cost(p, row, _master.Dual) - _master.Dual[p] > -0.03) continue;
            if (_pricing.Add(_master.Pool, p, row, out _)) added++;
        }

        return added;
    }

    private void AddRows(ReadOnlySpan<byte> roster)
    {
        for (var p = 0; p < _problem.People; p++) _pricing.Add(_master.Pool, p, roster.Slice(p * _problem.Days, _problem.Days).ToArray(), out _);
    }

    /// <summary>The rows of a roster as numbers in the pool, by person.</summary>
    private int[] Own(byte[] roster)
    {
        var own = new int[_problem.People];
        for (var p = 0; p < own.Length; p++) _pricing.Add(_master.Pool, p, roster.AsSpan(p * _problem.Days, _problem.Days).ToArray(), out own[p]);
        return own;
    }
}
