using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.Rosters;
using Tongxin.Workforce.Service;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Who is told when a roster comes into force, changes or goes; what becomes of a helper who was in the register twice; edges of days and months.</summary>
public sealed class ToldAndMergedTests
{
    [Theory, BothProviders]
    public async Task Roster_PublishedChangedAndWithdrawn_TellsEachPersonOnce(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 3);
        var post = await town.PostAsync("北门", "none");
        await town.ShiftAsync(post, 480, 480);
        var roster = await town.RosterAsync([post], days: 3);
        var duties = await town.DutiesAsync(roster);
        (await town.AssignAsync(roster, duties[0], town.Helpers[0])).ShouldBeNull();
        (await town.AssignAsync(roster, duties[1], town.Helpers[0])).ShouldBeNull();
        (await town.AssignAsync(roster, duties[2], town.Helpers[1])).ShouldBeNull();
        (await town.PublishAsync(roster)).ShouldBeNull();
        // Two turns are one line; whoever has none hears nothing.
        (await NotesAsync(town)).ShouldBe([(town.Helpers[0].Id, DutyNoteKind.Assigned), (town.Helpers[1].Id, DutyNoteKind.Assigned)], ignoreOrder: true);

        var next = (await town.App.CallAsync((MakeRoster m) => m.NextAsync(roster, town.Office, Town.Ct))).Value;
        var moved = (await town.TurnsAsync(next)).Single(t => t.PersonId == town.Helpers[1].Id);
        (await town.CodeAsync((ChangeTurns c) => c.LockAsync(next, moved.Id, false, town.Office, Town.Ct))).ShouldBeNull();
        (await town.CodeAsync((ChangeTurns c) => c.MoveAsync(next, moved.Id, town.Helpers[2].Id, moved.DutyId, false, town.Office, Town.Ct))).ShouldBeNull();
        (await town.PublishAsync(next)).ShouldBeNull();
        (await NotesAsync(town)).Skip(2).ShouldBe([(town.Helpers[2].Id, DutyNoteKind.Assigned), (town.Helpers[1].Id, DutyNoteKind.Cancelled)], ignoreOrder: true);

        (await town.CodeAsync((EndRoster e) => e.WithdrawAsync(next, "疫情解除", town.Office, Town.Ct))).ShouldBeNull();
        (await NotesAsync(town)).Skip(4).ShouldBe([(town.Helpers[0].Id, DutyNoteKind.Cancelled), (town.Helpers[2].Id, DutyNoteKind.Cancelled)], ignoreOrder: true);
        using var helper = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, town.Helpers[0].Id);
        (await helper.OpenAsync("/duties")).Text.ShouldContain("取消");
    }

    [Theory, BothProviders]
    public async Task Helper_InTheRegisterTwice_KeepsAllThatWasDoneAndAsked(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var (kept, gone) = (town.Town.Wang, town.Town.Li);
        town.Set(DutyTown.Today, 7);
        var early = await town.TurnAsync(gone, 0, 8, 6);
        var later = await town.TurnAsync(gone, 3, 8, 6);
        var other = await town.TurnAsync(town.Town.Zhao, 5, 8, 6);
        await town.App.AddAsync(
            Attendance.Of(Guid.CreateVersion7(), early, await DutyOf(town, early), AttendanceKind.In, AttendanceSource.Code, town.App.Clock.Now.AddHours(1), Guid.Empty),
            Attendance.Of(Guid.CreateVersion7(), early, await DutyOf(town, early), AttendanceKind.Out, AttendanceSource.Handover, town.App.Clock.Now.AddHours(7), Guid.Empty),
            DutyWish.Of(town.Roster.SeriesId, gone.Id, DutyTown.Today, DutyWish.WholeDay, 0, isOn: true));
        (await DoAsync(town, (Swaps s) => s.OfferAsync(later.Id, null, town.ActorOf(gone), DutyTown.Ct))).ShouldBeNull();
        (await DoAsync(town, (Substitutes s) => s.OpenAsync(other.Id, "发烧", town.ActorOf(town.Town.Zhao), DutyTown.Ct))).ShouldBeNull();
        (await DoAsync(town, (DutyFeeds f) => f.RenewAsync(town.ActorOf(gone), DutyTown.Ct))).ShouldBeNull();

        for (var time = 0; time < 2; time++) await MergeAsync(town, kept, gone);

        var service = await town.App.CallAsync((ServiceBook s) => s.OfAsync(kept.Id, DutyTown.Today, DutyTown.Today, DutyTown.Ct));
        service.ShouldHaveSingleItem().Minutes.ShouldBe(360);
        (await town.App.ReadAsync(db => db.Set<Swap>().SingleAsync())).PersonId.ShouldBe(kept.Id);
        (await town.ReadAsync(later)).PersonId.ShouldBe(kept.Id);
        (await town.App.ReadAsync(db => db.Set<DutyWish>().SingleAsync())).PersonId.ShouldBe(kept.Id);
        (await town.App.ReadAsync(db => db.Set<DutyFeed>().AnyAsync())).ShouldBeFalse();
        (await town.App.ReadAsync(db => db.Set<SubstituteAsk>().CountAsync(a => a.PersonId == gone.Id))).ShouldBe(0);
        (await town.App.ReadAsync(db => db.Set<DutyNote>().CountAsync(n => n.PersonId == gone.Id))).ShouldBe(0);
        (await DoAsync(town, (Swaps s) => WithdrawAsync(s, later.Id, town.ActorOf(kept)))).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Night_AcrossTheEndOfAMonth_BelongsToItsEvening(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var last = new DateOnly(2022, 4, 30);
        var night = await town.DutyAsync(last, 22, 6);
        var midnight = await town.DutyAsync(last.AddDays(1), 0, 6);
        var turn = await town.TurnAsync(night, town.Town.Wang);
        var after = await town.TurnAsync(midnight, town.Town.Li);
        await town.App.AddAsync(
            Attendance.Of(Guid.CreateVersion7(), turn, night, AttendanceKind.In, AttendanceSource.Code, night.Starts, Guid.Empty),
            Attendance.Of(Guid.CreateVersion7(), turn, night, AttendanceKind.Out, AttendanceSource.Handover, night.Ends, Guid.Empty));

        (night.Day, night.Ends).ShouldBe((last, CampusCalendar.At(new DateOnly(2022, 5, 1), new TimeOnly(4, 0))));
        (await ServedAsync(town, new(2022, 4, 1), last)).ShouldBe(360);
        (await ServedAsync(town, new(2022, 5, 1), new(2022, 5, 31))).ShouldBe(0);

        // What begins at midnight belongs to May; its evening before is the 30th of April.
        town.Set(last.AddDays(-1), 20);
        await town.App.CallAsync((DutyReminders r) => r.PlanAsync(DutyTown.Ct));
        var planned = await town.App.ReadAsync(db => db.Set<PlannedReminder>().Where(p => p.TurnId == after.Id).OrderBy(p => p.DueAt).Select(p => p.DueAt).ToListAsync());
        planned.ShouldBe([CampusCalendar.At(last, new TimeOnly(20, 0)), CampusCalendar.At(last, new TimeOnly(22, 0))]);
    }

    [Theory, BothProviders]
    public async Task Board_OverAMonthsEnd_NamesTheMonthAndCountsTheNight(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider);
        var post = await town.PostAsync("北门", "night");
        var roster = await town.RosterAsync([post], days: 3, first: new DateOnly(2022, 4, 29));
        (await town.SolveAsync(roster)).IsFailure.ShouldBeFalse();
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var board = await office.OpenAsync($"/rosters/{roster}/board?view=posts");

        board.All("#matrix thead tr:first-child th a b").Select(b => b.TextContent).ShouldBe(["4/29", "30", "5/1"]);
        // The strip of the 1st of May begins with those who came on the evening of the 30th.
        var strip = (await office.OpenAsync($"/rosters/{roster}/board?day=2022-05-01")).All("table.strip tbody td").Select(c => c.TextContent.Trim()).ToList();
        strip[..4].ShouldAllBe(c => c == "2");
        strip[4..22].ShouldAllBe(c => c.Length == 0);
    }

    private static async Task<int> ServedAsync(DutyTown town, DateOnly first, DateOnly last) =>
        (await town.App.CallAsync((ServiceBook s) => s.ReadAsync(first, last, null, town.Town.Office, DutyTown.Ct))).All.Minutes;

    private static Task<List<(Guid, DutyNoteKind)>> NotesAsync(RosterTown town) => town.App.ReadAsync(async db =>
        (await db.Set<DutyNote>().OrderBy(n => n.Id).Select(n => new { n.PersonId, n.Kind }).ToListAsync()).ConvertAll(n => (n.PersonId, n.Kind)));

    private static Task<RosterDuty> DutyOf(DutyTown town, Turn turn) => town.App.ReadAsync(db => db.Set<RosterDuty>().AsNoTracking().SingleAsync(d => d.Id == turn.DutyId));

    private static Task<int> MergeAsync(DutyTown town, Person kept, Person gone) => town.App.ReadAsync(async db =>
    {
        db.Raise(new PersonMerged(kept.Id, gone.Id));
        db.Record(Actor.System, "test.merged", "person", kept.Id);
        await db.CommitAsync(DutyTown.Ct);
        return 0;
    });

    private static async Task<Result> WithdrawAsync(Swaps swaps, Guid turn, Actor actor) =>
        await swaps.WithdrawAsync((await swaps.OfTurnAsync(turn, DutyTown.Ct))?.Id ?? Guid.Empty, actor, DutyTown.Ct);

    private static async Task<string?> DoAsync<T>(DutyTown town, Func<T, Task<Result>> act) where T : notnull =>
        await town.App.CallAsync(act) is { IsFailure: true, Error: var error } ? error.Code : null;
}
