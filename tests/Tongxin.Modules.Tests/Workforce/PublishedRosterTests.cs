using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>
/// Whatever posts, rules, wishes of the office and times away: what was published breaks no hard rule without an override record, and
/// what was locked is still there. The rules are counted here anew, from the rows alone.
/// </summary>
public sealed class PublishedRosterTests
{
    private const int Rosters = 14;

    // Days on both sides of the end of a month.
    private static readonly DateOnly First = new(2022, 4, 26);

    [Theory, BothProviders]
    public async Task Published_OfRandomProblems_BreakNoHardRuleWithoutAnOverride(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 8);
        var answers = new List<string?>();
        for (var seed = 0; seed < Rosters; seed++) answers.Add(await TryAsync(town, new Random(seed), seed));

        answers.Count(a => a is null).ShouldBeGreaterThan(3, string.Join(' ', answers));
        answers.Count(a => a is not null).ShouldBeGreaterThan(0, "no turn given by hand was refused");
    }

    /// <summary>A random roster with a few turns given by hand, whatever they break; the refusal, or null when it was published.</summary>
    private static async Task<string?> TryAsync(RosterTown town, Random random, int seed)
    {
        var posts = new List<Guid>();
        for (var p = random.Next(1, 3); p > 0; p--)
        {
            var post = await town.PostAsync($"岗 {seed}-{p}", "none", f => f with { Skills = random.Next(3) == 0 ? [Skill.Driving] : [] });
            for (var s = random.Next(1, 4); s > 0; s--) await town.ShiftAsync(post, random.Next(12) * 120, random.Next(4, 11) * 60, needed: random.Next(1, 3));
            posts.Add(post);
        }

        var first = First.AddDays(random.Next(8));
        if (seed == 0) await town.App.AddAsync([.. town.Helpers.Take(5).Select((h, i) => HeldSkill.Of(h.Id, Skill.Driving, i == 0 ? First.AddDays(3) : null))]);
        if (random.Next(2) == 0)
        {
            var from = CampusCalendar.StartOf(first).AddHours(random.Next(48));
            await town.App.AddAsync(Unavailability.Of(Somebody(town, random), from, from.AddHours(random.Next(2, 20)), AbsenceSource.Own));
        }

        var roster = await town.RosterAsync(posts, random.Next(2, 5), first, s => s with
        {
            RestHours = random.Next(4, 12),
            HoursPerDay = random.Next(8, 13),
            DutiesPerDay = random.Next(1, 3),
            DaysInRow = random.Next(2, 6),
            Steps = 20_000,
        });
        var duties = await town.DutiesAsync(roster);
        if (random.Next(3) == 0)
            await town.App.AddAsync(FatigueOverride.Grant(roster, Somebody(town, random), duties[0].Day, 16 * 60, Guid.CreateVersion7(), town.App.Clock.Now));
        for (var n = random.Next(3); n > 0; n--)
        {
            var (duty, person) = (duties[random.Next(duties.Count)].Id, Somebody(town, random));
            await town.CodeAsync((ChangeTurns c) => c.AssignAsync(roster, duty, person, reserve: false, anyway: true, town.Office, Tongxin.Modules.Tests.People.Town.Ct));
        }

        var locked = (await town.TurnsAsync(roster)).Select(t => (t.DutyId, t.PersonId)).ToList();
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        var solved = await town.TurnsAsync(roster);
        solved.Where(t => t.IsLocked).Select(t => (t.DutyId, t.PersonId)).ShouldBe(locked, ignoreOrder: true);
        var refusal = await town.PublishAsync(roster);
        if (refusal is null) (await BrokenAsync(town, roster)).ShouldBeEmpty();
        return refusal;
    }

    private static Guid Somebody(RosterTown town, Random random) => town.Helpers[random.Next(town.Helpers.Count)].Id;

    private static Task<List<string>> BrokenAsync(RosterTown town, Guid roster) => town.App.ReadAsync(async db =>
    {
        var rows = await (
            from t in db.Set<Turn>().AsNoTracking()
            join r in db.Set<Roster>() on t.RosterId equals r.Id
            join d in db.Set<RosterDuty>() on t.DutyId equals d.Id
            join p in db.Set<Post>() on d.PostId equals p.Id
            where r.State == RosterState.Published && !t.IsReserve
            select new { t.PersonId, Roster = r, Duty = d, Post = p }).ToListAsync();
        var away = await db.Set<Unavailability>().AsNoTracking().ToListAsync();
        var held = await db.Set<HeldSkill>().AsNoTracking().ToListAsync();
        var agreed = await db.Set<FatigueOverride>().AsNoTracking().ToListAsync();
        var broken = new List<string>();
        foreach (var row in rows.Where(r => r.Roster.Id == roster))
        {
            if (away.Exists(a => a.PersonId == row.PersonId && a.From < row.Duty.Ends && row.Duty.Starts < a.To)) broken.Add($"away {row.Duty.Starts:O}");
            if (row.Post.Skills.Any(s => !held.Exists(h => h.PersonId == row.PersonId && h.Skill == s && (h.ValidThrough ?? row.Duty.Day) >= row.Duty.Day))) broken.Add($"skill {row.Duty.Starts:O}");
        }

        foreach (var person in rows.GroupBy(r => r.PersonId))
        {
            var turns = person.OrderBy(r => r.Duty.Starts).ToList();
            foreach (var (one, next) in turns.Zip(turns.Skip(1)))
            {
                if (next.Duty.Starts < one.Duty.Ends) broken.Add($"two places {next.Duty.Starts:O}");
                // Rest lies between days. What was published before has its own rules.
                if (one.Roster.Id == roster && next.Roster.Id == roster && one.Duty.Day != next.Duty.Day && next.Duty.Starts - one.Duty.Ends < TimeSpan.FromHours(RosterSettings.Of(one.Roster).RestHours)) broken.Add($"rest {next.Duty.Starts:O}");
            }

            foreach (var day in turns.Where(r => r.Roster.Id == roster).GroupBy(r => r.Duty.Day))
            {
                var (settings, minutes) = (RosterSettings.Of(day.First().Roster), day.Sum(r => r.Duty.Minutes));
                var leave = agreed.Exists(a => a.PersonId == person.Key && a.Day == day.Key && a.SeriesId == day.First().Roster.SeriesId && minutes <= a.Minutes);
                if (!leave && minutes > settings.HoursPerDay * 60) broken.Add($"day {day.Key} {minutes}");
                if (!leave && day.Count() > settings.DutiesPerDay) broken.Add($"duties {day.Key}");
            }

            var own = turns.Where(r => r.Roster.Id == roster).ToList();
            var days = own.Select(r => r.Duty.Day).ToHashSet();
            if (own.Count > 0 && days.Any(d => Enumerable.Range(0, RosterSettings.Of(own[0].Roster).DaysInRow + 1).All(n => days.Contains(d.AddDays(n))))) broken.Add("days in a row");
        }

        return broken;
    });
}
