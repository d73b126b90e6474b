using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.Screening.Absentees;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Lists;

/// <summary>Who is missing: called, visited, arranged, excused; the identity holds whatever is noted.</summary>
public sealed class AbsenteesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Contact_ByPhoneAndAtTheDoor_StaysOutstandingAndIsListed(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        var captain = town.Estate.Captain(0);

        (await NoteAsync(town, captain, Entry(town, person) with { Contact = AbsentContact.NotReached })).ShouldBeNull();
        town.App.Clock.Advance(TimeSpan.FromMinutes(5));
        (await NoteAsync(town, captain, Entry(town, person, Channel.Visit) with { Contact = AbsentContact.Refused, Words = "不愿下楼" })).ShouldBeNull();

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 0));
        var view = await FindAsync(town, person, captain);
        view?.Steps.Select(s => s.Step.Contact).ShouldBe([AbsentContact.Refused, AbsentContact.NotReached]);
        view?.Row.State.Contact?.Channel.ShouldBe(Channel.Visit);
        view?.Row.Target.Attempts.ShouldBe(2);
        (await ListAsync(town, captain, AbsentFilter.Chased)).Total.ShouldBe(1);
        (await ListAsync(town, captain, AbsentFilter.Untried)).Total.ShouldBe(7);
        (await ListAsync(town, captain, AbsentFilter.Missing)).Total.ShouldBe(8);
        (await ListAsync(town, town.Office, AbsentFilter.Missing)).Total.ShouldBe(16);
    }

    [Theory, BothProviders]
    public async Task Arrange_Catchup_NamesWhoAndUntilWhen(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        var captain = town.Estate.Captains[0].Id;

        (await NoteAsync(town, town.Office, Entry(town, person) with { Arrangement = AbsentArrangement.Catchup, ResponsibleId = captain })).ShouldBeNull();

        var row = (await FindAsync(town, person, town.Office))?.Row;
        (row?.State.Arrangement, row?.Responsible).ShouldBe((AbsentArrangement.Catchup, "队长1"));
        row?.State.Arranged?.DueAt.ShouldBe(await town.App.ReadAsync(db => db.Set<TestingRound>().Select(r => (DateTimeOffset?)r.EndsAt).SingleAsync(Ct)));
        (await NoteAsync(town, town.Office, Entry(town, person) with { Arrangement = AbsentArrangement.Home, ResponsibleId = town.Estate.Captains[1].Id })).ShouldBe("absentees.responsible");
        town.App.Clock.Advance(TimeSpan.FromMinutes(1));
        (await NoteAsync(town, town.Office, Entry(town, person) with { Arrangement = AbsentArrangement.Open, Words = "不用补采" })).ShouldBeNull();
        (await FindAsync(town, person, town.Office))?.Row.State.Arrangement.ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Excuse_EachReason_ClosesWithItAndCanBeTakenBack(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var reasons = Enum.GetValues<ExcuseReason>();

        for (var i = 0; i < reasons.Length; i++)
            (await NoteAsync(town, town.Office, Excuse(town, people[i].Id, reasons[i], "说明"))).ShouldBeNull();

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, reasons.Length));
        (await town.PeopleAsync()).Take(reasons.Length).Select(t => t.Reason).ShouldBe(reasons.Select(r => $"{r}:说明"));
        town.App.Clock.Advance(TimeSpan.FromMinutes(1));
        (await NoteAsync(town, town.Office, Entry(town, people[0].Id) with { Arrangement = AbsentArrangement.Open, Words = "已返回" })).ShouldBeNull();
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, reasons.Length - 1));
        (await town.App.CallAsync((IRoundRebuild r) => r.ExecuteAsync(Actor.System, Ct))).Findings.ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Note_WrongEntries_AreRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        var entry = Entry(town, person);

        (await NoteAsync(town, town.Office, entry)).ShouldBe("absentees.nothing");
        (await NoteAsync(town, town.Office, entry with { Id = Guid.Empty, Contact = AbsentContact.Reached })).ShouldBe("absentees.nothing");
        (await NoteAsync(town, town.Office, entry with { Arrangement = AbsentArrangement.Excused })).ShouldBe("absentees.reason-missing");
        (await NoteAsync(town, town.Office, Excuse(town, person, ExcuseReason.Refused, " "))).ShouldBe("absentees.words-missing");
        (await NoteAsync(town, town.Office, Excuse(town, person, ExcuseReason.Other, null))).ShouldBe("absentees.words-missing");
        (await NoteAsync(town, town.Office, entry with { Contact = AbsentContact.Reached, Words = new string('字', 161) })).ShouldBe("absentees.words-long");
        (await NoteAsync(town, town.Office, entry with { Arrangement = AbsentArrangement.Catchup, DueAt = town.App.Clock.GetUtcNow() })).ShouldBe("absentees.due");
        (await NoteAsync(town, town.Office, Entry(town, Ids.New()) with { Contact = AbsentContact.Reached })).ShouldBe("absentees.not-found");
        (await NoteAsync(town, town.Office, entry with { RoundId = Ids.New(), Contact = AbsentContact.Reached })).ShouldBe("absentees.not-found");
        (await StepsAsync(town)).ShouldBe(0);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 0));
    }

    [Theory, BothProviders]
    public async Task Note_WithoutTheRight_FindsNobody(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        var helper = town.App.ActorOf(Roles.Helper, ScopeKind.Team, town.Estate.Teams[0].Id);

        (await NoteAsync(town, town.Estate.Captain(1), Entry(town, person) with { Contact = AbsentContact.Reached })).ShouldBe("absentees.not-found", "another cell");
        (await NoteAsync(town, town.App.ActorOf(Roles.DutyLeader), Entry(town, person) with { Contact = AbsentContact.Reached })).ShouldBe("absentees.not-found", "counts only");
        (await NoteAsync(town, helper, Excuse(town, person, ExcuseReason.Away, null))).ShouldBe("absentees.not-found", "a helper excuses nobody");
        (await NoteAsync(town, helper, Entry(town, person) with { Contact = AbsentContact.Reached })).ShouldBeNull();
        (await NoteAsync(town, town.Estate.Captain(0), Excuse(town, person, ExcuseReason.Away, null))).ShouldBeNull();
        (await NoteAsync(town, helper, Entry(town, person) with { Arrangement = AbsentArrangement.Open, Words = "回来了" })).ShouldBe("absentees.not-found", "nor takes an excuse back");
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 1));
    }

    [Theory, BothProviders]
    public async Task Note_SentAgain_CountsOnce(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var excuse = Excuse(town, people[0].Id, ExcuseReason.Away, null);

        (await NoteAsync(town, town.Office, excuse)).ShouldBeNull();
        (await NoteAsync(town, town.Office, excuse)).ShouldBeNull();
        (await NoteAsync(town, town.Office, excuse with { PersonId = people[1].Id })).ShouldBe("absentees.id-reused");

        (await StepsAsync(town)).ShouldBe(1);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 1));
    }

    [Theory, BothProviders]
    public async Task Note_ManyAtOnce_KeepsTheIdentity(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var same = Excuse(town, people[0].Id, ExcuseReason.Away, null);
        var entries = Enumerable.Range(0, 30).Select(i => (i % 3) switch
        {
            0 => same,
            1 => Excuse(town, people[1].Id, ExcuseReason.Hospital, null),
            _ => Entry(town, people[2].Id) with { Contact = AbsentContact.NotReached },
        }).ToList();

        var answers = await Task.WhenAll(entries.Select(e => Task.Run(() => NoteAsync(town, town.Office, e), Ct)));

        answers.ShouldAllBe(a => a == null);
        (await StepsAsync(town)).ShouldBe(21);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 2));
        (await town.App.CallAsync((IRoundRebuild r) => r.ExecuteAsync(Actor.System, Ct))).Findings.ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Note_SampledOrClosed_IsRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        await town.RecordAsync(town.Fact(people[0].Id, OutcomeKind.Done));

        (await NoteAsync(town, town.Office, Excuse(town, people[0].Id, ExcuseReason.Away, null))).ShouldBe("absentees.done");
        await town.App.CallAsync((ITestingDesk d) => d.CloseRoundAsync(town.Round, "暴雨中止", town.Office, Ct));
        (await NoteAsync(town, town.Office, Excuse(town, people[1].Id, ExcuseReason.Away, null))).ShouldBe("absentees.closed");
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 1, 0));
    }

    [Theory, BothProviders]
    public async Task Page_OnAPhone_RevealsCallsAndExcuses(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        using var captain = await town.Estate.SignInCaptainAsync(0);
        var address = $"/testing/{town.Round}/absentees/{person}";

        (await captain.OpenAsync($"/testing/{town.Round}/list?state=outstanding")).All($"a[href='{address}']").Count.ShouldBe(1);
        var page = await captain.OpenAsync(address);
        page.One("#call").TextContent.ShouldContain("****");
        page.Text.ShouldNotContain("19900010101");
        (await captain.SubmitAsync(page.Form("#call form"))).One("#call a[href^='tel:']").TextContent.ShouldContain("19900010101");
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "people.person.phone-revealed" && j.Why!.StartsWith("testing absentee"), Ct))).ShouldBe(1);
        (await (await captain.OpenAsync(address)).SubmitAsync("#excuse form", ("reason", "Hospital"), ("words", "市一院"))).Text.ShouldContain("住院:市一院");
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 1));
    }

    [Theory, BothProviders]
    public async Task Pages_OutOfReach_AreNotThere(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        using var other = await town.Estate.SignInCaptainAsync(1);
        using var nowhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());

        (await other.Http.GetAsync(new Uri($"/testing/{town.Round}/absentees/{person}", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var page in (string[])[$"/testing/{town.Round}/absentees", $"/testing/{town.Round}/absentees/{person}", $"/testing/{Ids.New()}/absentees"])
            (await nowhere.Http.GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
    }

    [Theory, BothProviders]
    public async Task List_OfEachFilter_IsPagedInOrder(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var (called, excused, late) = (people[0].Id, people[1].Id, people[2].Id);
        (await NoteAsync(town, town.Office, Entry(town, called) with { Contact = AbsentContact.NotReached })).ShouldBeNull();
        (await NoteAsync(town, town.Office, Entry(town, late) with { Contact = AbsentContact.NotReached })).ShouldBeNull();
        await town.RecordAsync(town.Fact(excused, OutcomeKind.Excused, reason: "Away"), town.Fact(late, OutcomeKind.Done), town.Fact(people[3].Id, OutcomeKind.Done));

        foreach (var (filter, count) in ((AbsentFilter, int)[])[(AbsentFilter.All, 15), (AbsentFilter.Missing, 13), (AbsentFilter.Untried, 12), (AbsentFilter.Chased, 2), (AbsentFilter.Excused, 1)])
            await PagedAsync(filter, count);

        async Task PagedAsync(AbsentFilter filter, int count)
        {
            var whole = await ListAsync(town, town.Office, filter);
            (whole.Total, whole.Rows.Count).ShouldBe((count, count), filter.ToString());
            whole.Rows.Select(r => r.Target.SortKey).ShouldBe(whole.Rows.Select(r => r.Target.SortKey).Order(StringComparer.Ordinal));
            var part = await town.App.CallAsync((ReadAbsentees read) => read.ListAsync(new AbsentQuery(town.Round, filter, Skip: 1, Take: 3), town.Office, Ct));
            part!.Total.ShouldBe(count);
            part.Rows.Select(r => r.PersonId).ShouldBe(whole.Rows.Skip(1).Take(3).Select(r => r.PersonId));
        }
    }

    private static AbsentEntry Entry(TestingTown town, Guid person, Channel channel = Channel.Phone) => new(Ids.New(), town.Round, person, channel);

    private static AbsentEntry Excuse(TestingTown town, Guid person, ExcuseReason reason, string? words) =>
        Entry(town, person, Channel.Paper) with { Arrangement = AbsentArrangement.Excused, Reason = reason, Words = words };

    private static async Task<string?> NoteAsync(TestingTown town, Actor actor, AbsentEntry entry) =>
        await town.App.CallAsync((ChaseAbsentee chase) => chase.ExecuteAsync(entry, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    private static async Task<AbsentRows> ListAsync(TestingTown town, Actor actor, AbsentFilter filter) =>
        await town.App.CallAsync((ReadAbsentees read) => read.ListAsync(new AbsentQuery(town.Round, filter), actor, Ct)) ?? throw new InvalidOperationException("The round is gone.");

    private static Task<AbsentView?> FindAsync(TestingTown town, Guid person, Actor actor) => town.App.CallAsync((ReadAbsentees read) => read.FindAsync(town.Round, person, actor, Ct));

    private static Task<int> StepsAsync(TestingTown town) => town.App.ReadAsync(db => db.Set<AbsentStep>().CountAsync(Ct));
}
