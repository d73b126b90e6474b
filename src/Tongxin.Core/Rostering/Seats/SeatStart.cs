using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Seats;

/// <summary>The first roster: what is locked, what was published and still may be, then each duty filled with whoever costs least.</summary>
internal static class SeatStart
{
    /// <summary>People looked at for one seat: enough to find a good one among five thousand.</summary>
    private const int Tries = 200;

    public static SeatState Build(SeatModel model, Dice dice, CancellationToken ct)
    {
        var state = new SeatState(model);
        foreach (var a in model.Problem.Locked) Put(a, always: true);
        foreach (var a in model.Problem.Published) Put(a, always: false);
        // The duties that few people can do come first, while those few are free.
        foreach (var d in Enumerable.Range(0, model.Duties).OrderBy(d => model.Candidates[d].Length - model.Info[d].Needed).ThenBy(d => d))
        {
            if (ct.IsCancellationRequested) break;
            while (state.On(d).Length < model.Info[d].Target && Cheapest(model, state, d, dice) is >= 0 and var p) state.Add(p, d);
        }

        return state;

        void Put(Assignment a, bool always)
        {
            if (!model.PersonOf.TryGetValue(a.PersonId, out var p) || !model.DutyOf.TryGetValue(a.DutyId, out var d) || state.Has(p, d)) return;
            if (always || (state.On(d).Length < model.Info[d].Target && state.CanAdd(p, d))) state.Add(p, d);
        }
    }

    private static int Cheapest(SeatModel model, SeatState state, int d, Dice dice)
    {
        var candidates = model.Candidates[d];
        if (candidates.Length == 0) return -1;
        var (best, lowest) = (-1, double.PositiveInfinity);
        var start = dice.Below(candidates.Length);
        for (int i = 0, seen = 0; i < candidates.Length && seen < Tries; i++)
        {
            var p = candidates[(start + i) % candidates.Length];
            if (!state.CanAdd(p, d)) continue;
            seen++;
            var cost = state.Add(p, d);
            state.Remove(p, d);
            if (cost < lowest) (best, lowest) = (p, cost);
        }

        return best;
    }
}
