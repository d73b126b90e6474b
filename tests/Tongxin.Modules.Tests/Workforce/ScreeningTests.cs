using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Each applicant gets a decision; places are never given twice.</summary>
public sealed class ScreeningTests
{
    [Theory, BothProviders]
    public async Task Accept_ThirtyFourForThirtyThreePlaces_TheLastGoesToReserve(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider, places: 33);
        var crowd = await appeal.CrowdAsync(34);

        var decided = (await appeal.DecideAsync(crowd.Select(a => a.Id).Reverse(), Verdict.Accepted)).Value;

        (decided.Accepted, decided.Reserve).ShouldBe((33, 1));
        (await appeal.ApplicationsAsync()).Where(a => a.Verdict == Verdict.Reserve).Select(a => a.Id).ShouldBe([crowd[33].Id]);
        (await appeal.Town.App.ReadAsync(db => db.Set<Volunteer>().CountAsync(Town.Ct))).ShouldBe(33);
        // Again: nothing more happens, and the one in reserve stays there.
        var again = (await appeal.DecideAsync(crowd.Select(a => a.Id), Verdict.Accepted)).Value;
        (again.Accepted, again.Reserve, again.Already).ShouldBe((0, 0, 34));
    }

    [Theory, BothProviders]
    public async Task Accept_PlaceFreedByALeaver_GoesToTheReserve(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider, places: 1);
        var crowd = await appeal.CrowdAsync(2);
        await appeal.DecideAsync(crowd.Select(a => a.Id), Verdict.Accepted);
        var (first, second) = ((await appeal.ApplicationsAsync())[0], (await appeal.ApplicationsAsync())[1]);

        (await OneAsync(appeal, second, Verdict.Accepted)).ShouldBe("calls.no-place");
        (await OneAsync(appeal, first, Verdict.Declined)).ShouldBe("calls.reason-missing");
        (await OneAsync(appeal, first, Verdict.Declined, "临时有课")).ShouldBeNull();
        (await OneAsync(appeal, second, Verdict.Accepted)).ShouldBeNull();

        (await appeal.ApplicationsAsync()).Select(a => a.Verdict).ShouldBe([Verdict.Declined, Verdict.Accepted]);
    }

    [Theory, BothProviders]
    public async Task Decide_TwoAtTheSameMoment_PlacesHoldAndTheSecondIsTold(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider, places: 10);
        var crowd = await appeal.CrowdAsync(24);

        var halves = await Task.WhenAll(
            appeal.DecideAsync(crowd.Take(12).Select(a => a.Id), Verdict.Accepted),
            appeal.DecideAsync(crowd.Skip(6).Select(a => a.Id), Verdict.Accepted));

        halves.ShouldAllBe(h => !h.IsFailure);
        halves.Sum(h => h.Value.Accepted).ShouldBe(10);
        halves.Sum(h => h.Value.Accepted + h.Value.Reserve).ShouldBe(24);
        halves.Sum(h => h.Value.Already).ShouldBe(6);
        // One at a time, both having seen the same page: the second learns that somebody was faster.
        var left = (await appeal.ApplicationsAsync()).First(a => a.Verdict == Verdict.Reserve);
        (await OneAsync(appeal, left, Verdict.Declined, "不合适")).ShouldBeNull();
        (await OneAsync(appeal, left, Verdict.Accepted)).ShouldBe("calls.decided-meanwhile");
    }

    [Theory, BothProviders]
    public async Task Accept_FillsVolunteerSkillsAndBothUnits(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var (town, app) = (appeal.Town, appeal.Town.App);
        await app.AddAsync(Tongxin.People.Data.OrganisationUnit.Create(town.Committee, UnitKind.Community, "曲江新村社区", "9", new DateOnly(2021, 9, 1), null));
        await app.AddAsync(HeldSkill.Of(town.Zhao.Id, Skill.FirstAid, new DateOnly(2022, 5, 1), "旧证"));
        await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001") with
        {
            PartyMember = true,
            Unit = "历史学院",
            Community = "曲江新村社区",
            Skills = [new ClaimedSkill(Skill.LeadDuty, null, null), new ClaimedSkill(Skill.FirstAid, "新证", new DateOnly(2023, 5, 1))],
        });
        await appeal.ApplyAsync(Appeal.Facts("孙武", null, "13900002222"));

        (await appeal.DecideAsync((await appeal.ApplicationsAsync()).Select(a => a.Id), Verdict.Accepted, "周六见")).Value.Accepted.ShouldBe(2);

        var volunteer = await app.ReadAsync(db => db.Set<Volunteer>().SingleAsync(v => v.PersonId == town.Zhao.Id, Town.Ct));
        (volunteer.CanLead, volunteer.PartyMember).ShouldBe((true, true));
        var skills = await app.ReadAsync(db => db.Set<HeldSkill>().Where(s => s.PersonId == town.Zhao.Id).OrderBy(s => s.Skill).ToListAsync(Town.Ct));
        skills.Select(s => (s.Skill, s.Proof, s.ValidThrough)).ShouldBe([(Skill.FirstAid, "新证", new DateOnly(2023, 5, 1)), (Skill.LeadDuty, null, null)]);
        var units = await app.CallAsync((IUnits u) => u.OfPersonsAsync([town.Zhao.Id], Town.Today, Town.Ct));
        units.Select(u => u.Name).ShouldBe(["物理学院", "历史学院", "曲江新村社区"], ignoreOrder: true);
        // One person with two reports: found once, whatever unit is asked.
        units.Select(u => u.PersonId).Distinct().ShouldHaveSingleItem();
        var stranger = (await appeal.ApplicationsAsync()).Single(a => a.Name == "孙武");
        var added = (await app.CallAsync((IPersons p) => p.FindAsync([stranger.PersonId!.Value], Town.Ct))).ShouldHaveSingleItem();
        (added.Name, added.Category).ShouldBe(("孙武", PersonCategory.Student));
    }

    [Theory, BothProviders]
    public async Task Decision_GoesOutOnceThroughTheOutbox(Provider provider)
    {
        var sent = new Notices();
        await using var appeal = await Appeal.BuildAsync(provider);
        await appeal.ApplyAsync(Appeal.Facts("赵敏", "2022001"));
        await appeal.DecideAsync((await appeal.ApplicationsAsync()).Select(a => a.Id), Verdict.Reserve);
        (await appeal.Town.App.ReadAsync(db => db.Set<OutboxMessage>().CountAsync(m => m.Kind == DecideApplications.NoticeKind, Town.Ct))).ShouldBe(1);
        // Decided without a message: the product's own worker does not come first.
        var box = appeal.Town.App.Services.GetRequiredService<Tongxin.Platform.Data.SecretBox>();
        var decided = Application.Send(appeal.Call.Id, Appeal.Facts("孙武", "2022999"), null, box, appeal.Town.App.Clock.Now);
        decided.Decide(Verdict.Accepted, null, Guid.Empty, appeal.Town.App.Clock.Now);
        await appeal.Town.App.AddAsync(decided);
        var payload = System.Text.Json.JsonSerializer.Serialize(new NoticeOfDecision(decided.Id, decided.DecidedAt!.Value), System.Text.Json.JsonSerializerOptions.Web);

        for (var i = 0; i < 2; i++)
        {
            await appeal.Town.App.InScopeAsync(async services =>
            {
                var tell = ActivatorUtilities.CreateInstance<TellApplicant>(services, (IEnumerable<IDecisionNotices>)[sent]);
                await tell.HandleAsync("key", payload, Town.Ct);
                return 0;
            });
        }

        sent.All.ShouldHaveSingleItem().Address.ShouldBe($"/j/{appeal.Call.Code}/result");
        (await appeal.ApplicationsAsync()).Single(a => a.Id == decided.Id).ToldAt.ShouldNotBeNull();
        appeal.Town.App.Services.CreateScope().ServiceProvider.GetServices<IOutboxHandler>().ShouldContain(h => h.Kind == DecideApplications.NoticeKind);
    }

    [Theory, BothProviders]
    public async Task Decision_AboutSomebodyOfTheRegister_StandsOnTheOwnPageUntilRead(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var app = appeal.Town.App;
        var box = app.Services.GetRequiredService<Tongxin.Platform.Data.SecretBox>();
        var decided = Application.Send(appeal.Call.Id, Appeal.Facts("李雷", "T001"), appeal.Town.Li.Id, box, app.Clock.Now);
        decided.Decide(Verdict.Accepted, null, Guid.Empty, app.Clock.Now);
        await app.AddAsync(decided);
        var payload = System.Text.Json.JsonSerializer.Serialize(new NoticeOfDecision(decided.Id, decided.DecidedAt!.Value), System.Text.Json.JsonSerializerOptions.Web);
        for (var i = 0; i < 2; i++)
        {
            await app.InScopeAsync(async services =>
            {
                await services.GetServices<IOutboxHandler>().Single(h => h.Kind == DecideApplications.NoticeKind).HandleAsync("key", payload, Town.Ct);
                return 0;
            });
        }

        using var li = await app.SignInAsAsync(null, ScopeKind.Everything, null, appeal.Town.Li.Id);
        var told = await li.OpenAsync("/duties");
        told.Texts(".flash .what").ShouldHaveSingleItem().ShouldContain($"您报名的“{appeal.Call.Title}”有结果了：已录用");
        (await told.SubmitAsync("form[action$='/seen']")).All(".flash .what").ShouldBeEmpty();
        using var wang = await app.SignInAsAsync(null, ScopeKind.Everything, null, appeal.Town.Wang.Id);
        (await wang.OpenAsync("/duties")).All(".flash .what").ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Decide_NotPermittedNotThereNobody_IsRefused(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var one = (await appeal.CrowdAsync(1))[0];
        var app = appeal.Town.App;
        var outside = app.ActorOf(Roles.Office, ScopeKind.Unit, appeal.Town.History.Id);

        (await app.CallAsync((DecideApplications d) => d.ManyAsync(appeal.Call.Id, [one.Id], Verdict.Accepted, null, outside, Town.Ct))).Error.Code.ShouldBe("calls.not-found");
        (await app.CallAsync((DecideApplications d) => d.OneAsync(appeal.Call.Id, Guid.Empty, Verdict.Accepted, null, 0, appeal.Town.Office, Town.Ct))).Error.Code.ShouldBe("calls.application-not-found");
        (await appeal.DecideAsync([], Verdict.Accepted)).Error.Code.ShouldBe("calls.nobody-chosen");
        (await appeal.DecideAsync([one.Id], Verdict.Waiting)).Error.Code.ShouldBe("calls.verdict-missing");
        (await appeal.DecideAsync([one.Id], Verdict.Declined)).Error.Code.ShouldBe("calls.reason-missing");
    }

    [Theory, BothProviders]
    public async Task Link_ToSomebodyOfTheRegister_IsTheOnesAcceptedAndFollowsAMerge(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider);
        var (app, town) = (appeal.Town.App, appeal.Town);
        await appeal.ApplyAsync(Appeal.Facts("小赵", "2022001"));
        var one = (await appeal.ApplicationsAsync())[0];

        (await app.CallAsync((LinkApplication l) => l.ExecuteAsync(appeal.Call.Id, one.Id, Guid.Empty, one.Version, town.Office, Town.Ct))).Error.Code.ShouldBe("calls.person-not-found");
        (await app.CallAsync((LinkApplication l) => l.ExecuteAsync(appeal.Call.Id, one.Id, town.Zhao.Id, one.Version, town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await app.CallAsync((LinkApplication l) => l.ExecuteAsync(appeal.Call.Id, one.Id, town.Qian.Id, one.Version, town.Office, Town.Ct))).Error.Code.ShouldBe("calls.decided-meanwhile");
        (await appeal.DecideAsync([one.Id], Verdict.Accepted)).Value.Accepted.ShouldBe(1);

        (await app.ReadAsync(db => db.Set<Volunteer>().SingleAsync(Town.Ct))).PersonId.ShouldBe(town.Zhao.Id);
        await app.ReadAsync(async db =>
        {
            db.Raise(new PersonMerged(town.Qian.Id, town.Zhao.Id));
            db.Record(Actor.System, "test.merged", "person", null);
            await db.CommitAsync(Town.Ct);
            return 0;
        });
        (await appeal.ApplicationsAsync())[0].PersonId.ShouldBe(town.Qian.Id);
    }

    [Theory, BothProviders]
    public async Task Forget_NotAccepted_IsGone_AcceptedStays(Provider provider)
    {
        await using var appeal = await Appeal.BuildAsync(provider, places: 1);
        var crowd = await appeal.CrowdAsync(2);
        await appeal.DecideAsync([crowd[0].Id], Verdict.Accepted);
        Task<Tongxin.Core.Common.Result> ForgetAsync(Guid id, Actor actor) => appeal.Town.App.CallAsync((ForgetApplication f) => f.ExecuteAsync(appeal.Call.Id, id, actor, Town.Ct));

        (await ForgetAsync(crowd[0].Id, appeal.Town.Office)).Error.Code.ShouldBe("calls.accepted-stays");
        (await ForgetAsync(crowd[1].Id, appeal.Town.App.ActorOf(Roles.Office, ScopeKind.Unit, appeal.Town.History.Id))).Error.Code.ShouldBe("calls.not-found");
        (await ForgetAsync(crowd[1].Id, appeal.Town.Office)).IsFailure.ShouldBeFalse();
        (await ForgetAsync(crowd[1].Id, appeal.Town.Office)).Error.Code.ShouldBe("calls.application-not-found");
        (await appeal.ApplicationsAsync()).Select(a => a.Id).ShouldBe([crowd[0].Id]);
    }

    private static async Task<string?> OneAsync(Appeal appeal, Application one, Verdict verdict, string? reason = null)
    {
        var result = await appeal.Town.App.CallAsync((DecideApplications d) => d.OneAsync(appeal.Call.Id, one.Id, verdict, reason, one.Version, appeal.Town.Office, Town.Ct));
        return result.IsFailure ? result.Error.Code : null;
    }

    private sealed class Notices : IDecisionNotices
    {
        public List<DecisionNotice> All { get; } = [];

        public Task SendAsync(DecisionNotice notice, CancellationToken ct)
        {
            All.Add(notice);
            return Task.CompletedTask;
        }
    }
}
