using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Polls;
using Tongxin.Workforce.Teams;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Availability by a personal link: what is not ticked is a time at which no duty may touch the person.</summary>
public sealed class PollTests
{
    private const string Bands = "早 06:00-14:00\n中 14:00-22:00\n夜 22:00-06:00";
    private static readonly DateOnly First = Town.Today.AddDays(2);

    [Theory, BothProviders]
    public async Task Pages_PollOpenedAnsweredAgain_TheGapListKnows(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        await TeamAsync(town);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/polls")).Text.ShouldContain("还没有接龙");
        var form = await office.OpenAsync("/polls/new");
        var pool = form.One("select[name='Form.Pool'] option:nth-of-type(3)").GetAttribute("value") ?? "";
        var links = await form.SubmitAsync("main form[method=post]", ("Form.Title", "校门值守"), ("Form.Pool", pool), ("Form.First", "2022-04-08"), ("Form.Days", "2"));
        links.Texts("#links .what b").ShouldBe(["李雷", "王小明"]);
        var address = new Uri(links.Texts("#links .code-box")[1]);

        using var helper = town.App.Anonymous();
        var asked = await helper.OpenAsync(address.PathAndQuery);
        asked.Text.ShouldContain("王**");
        asked.Text.ShouldNotContain("王小明");
        var sent = await helper.SubmitAsync(asked.Form("main form").Tick("cell", "0").Tick("cell", "5"));
        sent.Text.ShouldContain("已收到");

        (await AwayAsync(town, town.Wang.Id)).ShouldBe([(At(First, 14), At(First.AddDays(1), 22))]);
        var poll = await office.OpenAsync((await office.OpenAsync("/polls")).One("#polls .what a").GetAttribute("href") ?? "");
        poll.Texts(".balance-item b").ShouldBe(["2", "1", "1"]);
        poll.Texts("#gap .what b").ShouldBe(["李雷"]);
        poll.Texts("#cells td").ShouldBe(["1", "0", "0", "0", "0", "1"]);
        // Again: the later answer counts alone.
        await helper.SubmitAsync((await helper.OpenAsync(address.PathAndQuery)).Form("main form").Tick("cell", "1"));
        (await AwayAsync(town, town.Wang.Id)).ShouldBe([(At(First, 22), At(First.AddDays(1), 22))]);
        (await town.App.ReadAsync(db => db.Set<Tongxin.Platform.Journal.JournalEntry>().CountAsync(j => j.Action == "workforce.poll.links-shown", Town.Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Link_ForgedOrPollClosed_IsOver(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var (poll, link) = await OpenAsync(town);
        using var anybody = town.App.Anonymous();
        (await anybody.OpenAsync($"/p/{link}")).Status.ShouldBe(HttpStatusCode.OK);
        var forged = (link[0] == 'A' ? 'B' : 'A') + link[1..];
        (await anybody.OpenAsync($"/p/{forged}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.OpenAsync("/p/x")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await town.App.CallAsync((AnswerPoll a) => a.ExecuteAsync(forged, new HashSet<int>(), Town.Ct))).Error.Code.ShouldBe("polls.link-over");

        town.App.Clock.Advance(TimeSpan.FromDays(2));
        (await anybody.OpenAsync($"/p/{link}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await town.App.CallAsync((AnswerPoll a) => a.ExecuteAsync(link, new HashSet<int>(), Town.Ct))).Error.Code.ShouldBe("polls.link-over");
        (await town.App.CallAsync((KeepPolls k) => k.CloseAsync(poll, town.Office, Town.Ct))).Error.Code.ShouldBe("polls.already-closed");
    }

    [Theory, BothProviders]
    public async Task Answer_SeveralAtOnce_LeavesOneAnswer_AndTimesSaidByOthersStay(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var (_, link) = await OpenAsync(town);
        await town.App.AddAsync(
            Unavailability.Of(town.Wang.Id, At(First, 6), At(First, 14), AbsenceSource.Office),
            Unavailability.Of(town.Wang.Id, At(First, 6), At(First, 14), AbsenceSource.Own),
            Unavailability.Of(town.Li.Id, At(First, 6), At(First, 14), AbsenceSource.Own));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => town.App.CallAsync((AnswerPoll a) => a.ExecuteAsync(link, new HashSet<int> { 0, 1 }, Town.Ct))));

        var all = await town.App.ReadAsync(db => db.Set<Unavailability>().AsNoTracking().ToListAsync(Town.Ct));
        all.Where(u => u.PersonId == town.Wang.Id && u.Source == AbsenceSource.Own).Select(u => (u.From, u.To)).ShouldBe([(At(First, 22), At(First.AddDays(1), 6))]);
        all.Count(u => u.Source == AbsenceSource.Office).ShouldBe(1);
        all.Count(u => u.PersonId == town.Li.Id).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Poll_OfAnotherTeamOrWrongDraft_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var (poll, _) = await OpenAsync(town);
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Unit, town.History.Id);
        (await west.OpenAsync($"/polls/{poll}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync($"/polls/{poll}/links")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);
        (await leader.OpenAsync($"/polls/{poll}/links")).Text.ShouldNotContain("/p/");
        var good = await DraftAsync(town);

        (await RefusedAsync(good with { Title = "" })).ShouldBe("polls.title-missing");
        (await RefusedAsync(good with { Days = 32 })).ShouldBe("polls.days-wrong");
        (await RefusedAsync(good with { FirstDay = Town.Today.AddDays(-1) })).ShouldBe("polls.days-wrong");
        (await RefusedAsync(good with { Bands = "早 六点到八点" })).ShouldBe("polls.bands-wrong");
        (await RefusedAsync(good with { Closes = null })).ShouldBe("polls.closes-wrong");
        (await RefusedAsync(good with { Pool = $"team:{Guid.Empty}" })).ShouldBe("polls.pool-missing");
        (await RefusedAsync(good with { Pool = KeepPolls.Volunteers })).ShouldBe("polls.nobody-in");

        Task<string?> RefusedAsync(PollDraft draft) => town.App.CallAsync(async (KeepPolls k) => await k.OpenAsync(draft, town.Office, Town.Ct) is { IsFailure: true } refused ? refused.Error.Code : null);
    }

    [Theory, BothProviders]
    public async Task Poll_PersonsMerged_AreAskedOnce(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var (poll, link) = await OpenAsync(town);
        (await town.App.CallAsync((AnswerPoll a) => a.ExecuteAsync(link, new HashSet<int> { 0 }, Town.Ct))).IsFailure.ShouldBeFalse();
        await town.App.ReadAsync(async db =>
        {
            db.Raise(new PersonMerged(town.Li.Id, town.Wang.Id));
            db.Record(Actor.System, "test.merged", "person", null);
            await db.CommitAsync(Town.Ct);
            return 0;
        });

        var asked = await town.App.ReadAsync(db => db.Set<PollPerson>().Where(p => p.PollId == poll).ToListAsync(Town.Ct));
        asked.ShouldHaveSingleItem().PersonId.ShouldBe(town.Li.Id);
        asked[0].AnsweredAt.ShouldNotBeNull();
    }

    [Fact]
    public void Away_OverlappingBands_LeavesWhatWasTicked()
    {
        var poll = Poll.Open("x", First, 1, KeepPolls.ReadBands("白 08:00-20:00\n午 12:00-14:00")!, null, null, At(First, 0), At(First, 1));

        AnswerPoll.Away(poll, new HashSet<int> { 1 }).ShouldBe([(At(First, 8), At(First, 12)), (At(First, 14), At(First, 20))]);
        AnswerPoll.Away(poll, new HashSet<int> { 0 }).ShouldBeEmpty();
        AnswerPoll.Away(poll, new HashSet<int>()).ShouldBe([(At(First, 8), At(First, 20))]);
    }

    private static DateTimeOffset At(DateOnly day, int hour) => CampusCalendar.At(day, new TimeOnly(hour, 0));

    private static async Task<Guid> TeamAsync(Town town)
    {
        var team = await town.App.CallAsync((KeepTeams k) => k.CreateAsync("一队", null, town.Wang.Id, null, town.Office, Town.Ct));
        (await town.App.CallAsync((KeepTeams k) => k.AddAsync(team.Value, town.Li.Id, TeamRole.Member, town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        return team.Value;
    }

    private static async Task<PollDraft> DraftAsync(Town town)
    {
        var team = await town.App.CallAsync(async (ITeams t) => (await t.ListAsync(Town.Ct))[0].Id);
        return new PollDraft("校门值守", $"team:{team}", First, 1, Bands, Town.Today.AddDays(1).ToDateTime(new TimeOnly(18, 0)));
    }

    private static async Task<(Guid Poll, string Link)> OpenAsync(Town town)
    {
        await TeamAsync(town);
        var draft = await DraftAsync(town);
        var poll = (await town.App.CallAsync((KeepPolls k) => k.OpenAsync(draft, town.Office, Town.Ct))).Value;
        var own = await town.App.ReadAsync(db => db.Set<PollPerson>().SingleAsync(p => p.PollId == poll && p.PersonId == town.Wang.Id, Town.Ct));
        return (poll, await town.App.CallAsync((PollLinks l) => Task.FromResult(l.Of(own.Id))));
    }

    private static Task<List<(DateTimeOffset, DateTimeOffset)>> AwayAsync(Town town, Guid person) => town.App.ReadAsync(async db =>
        (await db.Set<Unavailability>().Where(u => u.PersonId == person).OrderBy(u => u.From).ToListAsync(Town.Ct)).ConvertAll(u => (u.From, u.To)));
}
