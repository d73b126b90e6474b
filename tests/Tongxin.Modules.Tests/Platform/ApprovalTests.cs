using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class ApprovalTests
{
    private static readonly Actor Requester = Make(Roles.Office);
    private static readonly Actor Decider = Make(Roles.DutyLeader);

    [Theory, BothProviders]
    public async Task Decide_BySecondPersonOfAnotherUnit_RaisesTheDecisionInTheTransaction(Provider provider)
    {
        var heard = new Heard();
        await using var ground = await MakeAsync(provider, heard);
        var id = await RequestAsync(ground);

        (await DecideAsync(ground, id, Decider)).IsFailure.ShouldBeFalse();

        var decision = heard.Decisions.ShouldHaveSingleItem();
        (decision.Id, decision.Kind, decision.Approved).ShouldBe((id, "test.export", true));
        decision.Payload.ShouldBe("""{"rows":3}""");
        (await ground.DbAsync(db => db.Set<JournalEntry>().OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()))
            .ShouldBe(["platform.approval.request", "platform.approval.approve"]);
    }

    [Theory, BothProviders]
    public async Task Decide_HandlerThrows_NothingIsDecided(Provider provider)
    {
        await using var ground = await MakeAsync(provider, new Heard { Throws = true });
        var id = await RequestAsync(ground);

        await Should.ThrowAsync<InvalidOperationException>(() => DecideAsync(ground, id, Decider));

        (await FindAsync(ground, id, Decider))?.State.ShouldBe(ApprovalState.Open);
    }

    public static TheoryData<string, Actor, string> Refused => new()
    {
        { "the requester", Requester with { Grants = Decider.Grants }, "platform.approval.own" },
        { "a second account of the requester", Decider with { PersonId = Requester.PersonId }, "platform.approval.own" },
        { "a colleague of the same unit", Decider with { UnitId = Requester.UnitId }, "platform.approval.same-unit" },
        { "somebody of no known unit", Decider with { UnitId = null }, "platform.approval.unit-unknown" },
        { "somebody without the right", Make(Roles.Office), "platform.approval.none" },
        { "the system", Actor.System, "platform.approval.role" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Decide_ByWhoMustNot_IsRefusedWithItsCode(string who, Actor actor, string code)
    {
        await using var ground = await MakeAsync(Provider.Sqlite, new Heard());
        var id = await RequestAsync(ground);

        var result = await DecideAsync(ground, id, actor);

        result.IsFailure.ShouldBeTrue(who);
        result.Error.Code.ShouldBe(code, who);
        (await FindAsync(ground, id, Decider))?.State.ShouldBe(ApprovalState.Open);
    }

    [Theory, BothProviders]
    public async Task Decide_Twice_SecondIsAConflict(Provider provider)
    {
        await using var ground = await MakeAsync(provider, new Heard());
        var id = await RequestAsync(ground);
        await DecideAsync(ground, id, Decider);

        (await DecideAsync(ground, id, Make(Roles.PrivacyOfficer))).Error.Code.ShouldBe("platform.approval.decided");
    }

    [Theory, BothProviders]
    public async Task Decide_TwoAtOnce_OneWins(Provider provider)
    {
        var heard = new Heard();
        await using var ground = await MakeAsync(provider, heard);
        var id = await RequestAsync(ground);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DecideAsync(ground, id, Make(Roles.DutyLeader)))));

        results.Count(r => !r.IsFailure).ShouldBe(1);
        results.Where(r => r.IsFailure).ShouldAllBe(r => r.Error.Code == "platform.approval.decided");
    }

    [Theory, BothProviders]
    public async Task Decide_AfterThreeDays_IsExpired(Provider provider)
    {
        await using var ground = await MakeAsync(provider, new Heard());
        var id = await RequestAsync(ground);
        ground.Clock.Advance(TimeSpan.FromHours(72));

        (await DecideAsync(ground, id, Decider)).Error.Code.ShouldBe("platform.approval.expired");
        (await ground.InAsync<IApprovals, int>(async a => (await a.ListOpenAsync(Decider, CancellationToken.None)).Count)).ShouldBe(0);
    }

    [Fact]
    public async Task Decide_WithoutAReason_IsRefused()
    {
        await using var ground = await MakeAsync(Provider.Sqlite, new Heard());
        var id = await RequestAsync(ground);

        (await ground.InAsync<IApprovals, Result>(a => a.DecideAsync(id, true, " ", Decider, CancellationToken.None))).Error.Code.ShouldBe("platform.approval.why");
    }

    [Fact]
    public async Task Decide_KindWithItsOwnRoles_OthersDoNotEvenSeeIt()
    {
        await using var ground = await Ground.MakeAsync(Provider.Sqlite, s => s.AddApprovalKind("test.export", Roles.PrivacyOfficer));
        var id = await RequestAsync(ground);

        (await DecideAsync(ground, id, Decider)).Error.Code.ShouldBe("platform.approval.none");
        (await DecideAsync(ground, id, Make(Roles.PrivacyOfficer))).IsFailure.ShouldBeFalse();
    }

    [Fact]
    public async Task Request_UnitUnknown_IsRefused()
    {
        await using var ground = await MakeAsync(Provider.Sqlite, new Heard());

        var result = await ground.InAsync<IApprovals, Result<Guid>>(a => Task.FromResult(
            a.Request("test.export", new ApprovalTitle("x"), null, new { }, "because", Requester with { UnitId = null })));

        result.Error.Code.ShouldBe("platform.approval.unit-unknown");
    }

    [Fact]
    public async Task List_ForTheRequester_ShowsTheObstacle()
    {
        await using var ground = await MakeAsync(Provider.Sqlite, new Heard());
        await RequestAsync(ground);

        var own = await ground.InAsync<IApprovals, IReadOnlyList<ApprovalView>>(a => a.ListOpenAsync(Requester, CancellationToken.None));
        var theirs = await ground.InAsync<IApprovals, IReadOnlyList<ApprovalView>>(a => a.ListOpenAsync(Decider, CancellationToken.None));

        own.ShouldHaveSingleItem().Obstacle?.Code.ShouldBe("platform.approval.own");
        theirs.ShouldHaveSingleItem().Obstacle.ShouldBeNull();
    }

    private static Actor Make(string role) => new(Ids.New(), Ids.New(), $"a {role}", Ids.New(),
        [new ActorGrant(role, ScopeKind.Everything, null, role is Roles.DutyLeader or Roles.PrivacyOfficer ? [PlatformPermissions.DecideApprovals] : [])]);

    private static Task<Ground> MakeAsync(Provider provider, Heard heard) =>
        Ground.MakeAsync(provider, s => s.AddSingleton<IHandle<ApprovalDecided>>(heard));

    private static Task<Guid> RequestAsync(Ground ground) => ground.InAsync<IServiceProvider, Guid>(async services =>
    {
        var id = services.GetRequiredService<IApprovals>().Request("test.export", new ApprovalTitle("platform.approval.none", "3"), Ids.New(), new { rows = 3 }, "The district asks", Requester);
        await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
        return id.Value;
    });

    private static Task<Result> DecideAsync(Ground ground, Guid id, Actor actor) =>
        ground.InAsync<IApprovals, Result>(a => a.DecideAsync(id, approve: true, "Checked", actor, CancellationToken.None));

    private static Task<ApprovalView?> FindAsync(Ground ground, Guid id, Actor actor) =>
        ground.InAsync<IApprovals, ApprovalView?>(a => a.FindAsync(id, actor, CancellationToken.None));

    private sealed class Heard : IHandle<ApprovalDecided>
    {
        public List<ApprovalDecided> Decisions { get; } = [];

        public bool Throws { get; init; }

        public Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
        {
            if (Throws) throw new InvalidOperationException("The handler broke.");
            Decisions.Add(happened);
            return Task.CompletedTask;
        }
    }
}
