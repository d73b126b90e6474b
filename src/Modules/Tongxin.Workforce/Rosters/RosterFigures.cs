using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Rostering;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce.Rosters;

/// <summary>What a version is worth, counted from the roster as it is now.</summary>
internal sealed record RosterFigures(
    int Turns, int Needed, int People, int WithoutTurn, int LeastTurns, int MostTurns, int LeastNights, int MostNights, int LongDays, int ShortDuties,
    double Penalty, IReadOnlyList<RosterScore> Scores, WishFigures Wishes)
{
    /// <summary>Warning: beyond this a day is long.</summary>
    private const int LongDay = 8 * 60;

    public static RosterFigures Of(Ground ground)
    {
        var of = ground.Turns.Where(t => !t.IsReserve).GroupBy(t => t.PersonId).ToDictionary(g => g.Key, g => g.Select(t => ground.DutyById[t.DutyId]).ToList());
        List<List<RosterDuty>> each = [.. ground.Members.Keys.Where(ground.Names.ContainsKey).Select(p => of.GetValueOrDefault(p) ?? [])];
        var wishes = ground.Wishes.Count(ground);
        // The solver counts each duty that a wish means; people count wishes.
        List<RosterScore> scores = [.. RosterCheck.Scores(ground.Problem, ground.Assignments).Select(s => s.Rule == "wish_on" ? s with { Points = wishes.On - wishes.OnMet } : s)];
        return new RosterFigures(
            of.Values.Sum(d => d.Count), ground.Duties.Sum(d => d.Needed), each.Count, each.Count(d => d.Count == 0),
            Least(each, d => d.Count), Most(each, d => d.Count), Least(each, d => d.Count(x => x.IsNight)), Most(each, d => d.Count(x => x.IsNight)),
            of.Values.Sum(d => d.GroupBy(x => x.Day).Count(day => day.Sum(x => x.Minutes) > LongDay)), ground.Gaps.Count,
            scores.Sum(s => s.Weight * s.Points), scores, wishes);
    }

    /// <summary>The figures with their labels, in the order in which they are shown.</summary>
    public IEnumerable<(string Label, string Value)> Lines(IStringLocalizer<RosterText> texts)
    {
        yield return (texts["roster.turns"], texts["roster.of", Turns, Needed]);
        yield return (texts["roster.gaps"], texts["roster.gaps.count", ShortDuties]);
        yield return (texts["roster.spread"], texts["roster.range", LeastTurns, MostTurns]);
        yield return (texts["roster.nights"], texts["roster.range", LeastNights, MostNights]);
        yield return (texts["roster.spare"], texts["roster.pool.count", WithoutTurn]);
        yield return (texts["roster.long"], LongDays.ToString(CultureInfo.InvariantCulture));
        yield return (texts["roster.penalty"], Penalty.ToString("0.#", CultureInfo.InvariantCulture));
    }

    private static int Least(List<List<RosterDuty>> each, Func<List<RosterDuty>, int> of) => each.Count == 0 ? 0 : each.Min(of);

    private static int Most(List<List<RosterDuty>> each, Func<List<RosterDuty>, int> of) => each.Count == 0 ? 0 : each.Max(of);
}

/// <summary>What one version has and another has not.</summary>
internal sealed record RosterDifference(IReadOnlyList<(Guid Person, RosterDuty Duty)> Added, IReadOnlyList<(Guid Person, RosterDuty Duty)> Removed)
{
    /// <summary>What is new and what is gone, in order of time, with a sign.</summary>
    public IEnumerable<(string Sign, string Line)> Lines(Ground ground, RosterWords words) =>
        Added.Select(a => ("+", a)).Concat(Removed.Select(r => ("−", r))).OrderBy(l => l.Item2.Duty.Starts).ThenBy(l => l.Item2.Duty.Id)
            .Select(l => (l.Item1, $"{words.When(l.Item2.Duty)} {ground.PostById[l.Item2.Duty.PostId].Name} {words.NameOf(ground, l.Item2.Person)}"));

    public static RosterDifference Between(IEnumerable<(Guid Person, Guid Duty)> before, IEnumerable<(Guid Person, Guid Duty)> after, IReadOnlyDictionary<Guid, RosterDuty> duties)
    {
        var (had, has) = (before.ToHashSet(), after.ToHashSet());
        return new RosterDifference(Sorted(has.Except(had)), Sorted(had.Except(has)));

        List<(Guid, RosterDuty)> Sorted(IEnumerable<(Guid Person, Guid Duty)> lines) =>
            [.. lines.Where(l => duties.ContainsKey(l.Duty)).Select(l => (l.Person, duties[l.Duty])).OrderBy(l => l.Item2.Starts).ThenBy(l => l.Person)];
    }
}
