using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Seats;

/// <summary>
/// Annealing over seats: a move gives a seat to somebody else, swaps two seats, fills one, empties one, or fills one with somebody whose
/// own seat goes to a third. Rules that fewer duties cannot break hold after every move.
/// </summary>
internal sealed class SeatSearch(SeatModel model, SeatState state, Dice dice)
{
    private const int Look = 256;

    private readonly List<(int Person, int Duty, bool Added)> _done = [];
    private double _cost = state.Cost();

    /// <summary>The best roster seen; the start until something better came.</summary>
    public SeatState Best { get; } = Copy(model, state);

    public double BestCost { get; private set; } = state.Cost();

    /// <summary>Anneals from one temperature to another over the slice and ends downhill. Returns the steps made.</summary>
    public long Run(Slice slice, double hot, double cold, Action<double>? better)
    {
        long steps = 0;
        var (temperature, isAhead) = (hot, false);
        while (model.Duties > 0 && model.People > 0)
        {
            if (steps % Look == 0)
            {
                var progress = slice.Progress(steps);
                if (progress >= 1) break;
                // The last tenth goes downhill only: no answer leaves with a move that a greedy look would still find.
                temperature = progress > 0.9 ? 0 : hot * Math.Pow(cold / hot, progress / 0.9);
            }

            steps++;
            _done.Clear();
            var delta = Try(dice.Below(100));
            if (_done.Count == 0) continue;
            if (double.IsNaN(delta) || delta > temperature * dice.Threshold())
            {
                TakeBack();
                continue;
            }

            if (delta > 1e-9 && isAhead) Keep(better, ref isAhead);
            _cost += delta;
            if (_cost < BestCost - 1e-7) isAhead = true;
        }

        _done.Clear();
        if (isAhead) Keep(better, ref isAhead);
        return steps;
    }

    private void Keep(Action<double>? better, ref bool isAhead)
    {
        // Written down only when the search is about to leave it: copies are dear, and most records last a moment.
        TakeBack();
        Best.CopyFrom(state);
        BestCost = _cost;
        better?.Invoke(_cost);
        isAhead = false;
        Redo();
    }

    /// <summary>Makes a random move in <see cref="state"/>; NaN when it turned out illegal half way.</summary>
    private double Try(int kind) => kind switch
    {
        < 45 => GiveAway(),
        < 70 => Swap(),
        < 80 => Fill(),
        < 85 => Empty(),
        _ => Chain(),
    };

    private double GiveAway()
    {
        var d = dice.Below(model.Duties);
        if (Occupant(d) is not (>= 0 and var p) || Candidate(d) is not (>= 0 and var q) || state.Has(q, d) || !state.CanAdd(q, d)) return double.NaN;
        return Remove(p, d) + Add(q, d);
    }

    private double Swap()
    {
        var (d, e) = (dice.Below(model.Duties), dice.Below(model.Duties));
        if (d == e || Occupant(d) is not (>= 0 and var p) || Occupant(e) is not (>= 0 and var q) || p == q) return double.NaN;
        if (!model.IsAllowed(p, e) || !model.IsAllowed(q, d) || state.Has(p, e) || state.Has(q, d)) return double.NaN;
        var delta = Remove(p, d) + Remove(q, e);
        return TryAdd(p, e, ref delta) && TryAdd(q, d, ref delta) ? delta : double.NaN;
    }

    private double Fill()
    {
        var d = dice.Below(model.Duties);
        if (state.On(d).Length >= model.Info[d].Target || Candidate(d) is not (>= 0 and var q) || !state.CanAdd(q, d)) return double.NaN;
        return Add(q, d);
    }

    private double Empty()
    {
        var d = dice.Below(model.Duties);
        return Occupant(d) is >= 0 and var p ? Remove(p, d) : double.NaN;
    }

    /// <summary>Somebody takes a seat (an empty one if there is any) and leaves one of their own, which a third takes or nobody.</summary>
    private double Chain()
    {
        var d = dice.Below(model.Duties);
        if (Candidate(d) is not (>= 0 and var q) || state.Held(q).Length == 0 || state.Has(q, d)) return double.NaN;
        var e = state.Held(q)[dice.Below(state.Held(q).Length)];
        if (state.IsLocked(q, e)) return double.NaN;
        var p = state.On(d).Length >= model.Info[d].Target ? Occupant(d) : -1;
        var delta = Remove(q, e) + (p >= 0 ? Remove(p, d) : 0);
        if (!TryAdd(q, d, ref delta)) return double.NaN;
        if (Candidate(e) is >= 0 and var r && r != q && !state.Has(r, e)) TryAdd(r, e, ref delta);
        return delta;
    }

    private int Occupant(int d)
    {
        var on = state.On(d);
        if (on.Length == 0) return -1;
        var p = on[dice.Below(on.Length)];
        return state.IsLocked(p, d) ? -1 : p;
    }

    private int Candidate(int d) => model.Candidates[d] is { Length: > 0 } c ? c[dice.Below(c.Length)] : -1;

    private bool TryAdd(int p, int d, ref double delta)
    {
        if (!state.CanAdd(p, d)) return false;
        delta += Add(p, d);
        return true;
    }

    private double Add(int p, int d)
    {
        _done.Add((p, d, true));
        return state.Add(p, d);
    }

    private double Remove(int p, int d)
    {
        _done.Add((p, d, false));
        return state.Remove(p, d);
    }

    private void TakeBack()
    {
        for (var i = _done.Count - 1; i >= 0; i--) Make(_done[i].Person, _done[i].Duty, !_done[i].Added);
    }

    private void Redo()
    {
        foreach (var (p, d, added) in _done) Make(p, d, added);
    }

    private void Make(int p, int d, bool add)
    {
        if (add) state.Add(p, d);
        else state.Remove(p, d);
    }

    private static SeatState Copy(SeatModel model, SeatState from)
    {
        var copy = new SeatState(model);
        copy.CopyFrom(from);
        return copy;
    }
}
