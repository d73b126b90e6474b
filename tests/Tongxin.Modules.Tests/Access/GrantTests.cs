using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.ApprovalsDesk;
using Tongxin.Platform.Data;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Access;

/// <summary>Who gives which role to whom: scope, end, never to oneself, far-reaching ones by two people (B2 case 29).</summary>
public sealed class GrantTests
{
    private static readonly Guid Place = Ids.New();
    private static readonly Guid UnitA = Ids.New();
    private static readonly Guid UnitB = Ids.New();

    [Theory, BothProviders]
    public async Task Grant_InAPlace_HoldsThereAtOnce(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var admin = app.ActorOf(Roles.Administrator, unitId: UnitA);
        var account = await app.AddAccountAsync("wang", Roles.Auditor);

        var answer = await GrantAsync(app, new NewGrant(account.Id, Roles.Doctor, ScopeKind.Place, Place, app.Clock.Now.AddDays(1), "clinic"), admin);

        answer.Value.GrantId.ShouldNotBeNull();
        var grant = await app.ReadAsync(db => db.Set<Grant>().SingleAsync(g => g.Role == Roles.Doctor));
        (grant.ScopeId, grant.GivenBy, grant.InForce(app.Clock.Now)).ShouldBe((Place, admin.AccountId, true));
        grant.InForce(app.Clock.Now.AddDays(1)).ShouldBeFalse();
        (await app.JournalAsync("platform.grant.given")).ShouldHaveSingleItem().Why.ShouldBe("clinic");
    }

    [Theory]
    [InlineData("captain", ScopeKind.Everything, false, "platform.grant.role")]
    [InlineData("doctor", ScopeKind.Place, false, "platform.grant.scope")]
    [InlineData("doctor", ScopeKind.Everything, true, "platform.grant.scope")]
    [InlineData("doctor", ScopeKind.Unit, true, "platform.grant.scope")]
    public async Task Grant_WithAnUnfitRoleOrScope_IsRefused(string role, ScopeKind kind, bool withScope, string code)
    {
        await using var app = await StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");

        var answer = await GrantAsync(app, new NewGrant(account.Id, role, kind, withScope ? Place : null, null, "why"), app.ActorOf(Roles.Administrator));

        answer.Error.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Grant_ToOneself_IsRefusedAlsoForTheOtherAccountOfThePerson()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        var person = Ids.New();
        var own = await app.AddAccountAsync("wang", Roles.Administrator, a => a.PersonId = person);
        var other = await app.AddAccountAsync("wang2", Roles.Doctor, a => a.PersonId = person);
        var actor = app.ActorOf(Roles.Administrator) with { AccountId = own.Id, PersonId = person };

        var toOwn = await GrantAsync(app, new NewGrant(own.Id, Roles.Doctor, ScopeKind.Place, Place, null, "why"), actor);
        var toOther = await GrantAsync(app, new NewGrant(other.Id, Roles.Doctor, ScopeKind.Place, Place, null, "why"), actor);

        toOwn.Error.Code.ShouldBe("platform.grant.self");
        toOther.Error.Code.ShouldBe("platform.grant.self");
    }

    [Fact]
    public async Task Grant_ThatHoldsAlready_IsRefused()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");
        var asked = new NewGrant(account.Id, Roles.Doctor, ScopeKind.Place, Place, null, "why");
        await GrantAsync(app, asked, app.ActorOf(Roles.Administrator));

        (await GrantAsync(app, asked, app.ActorOf(Roles.Administrator))).Error.Code.ShouldBe("platform.grant.already");
    }

    [Theory, BothProviders]
    public async Task FarReachingGrant_BeginsWhenAnotherUnitAgrees(Provider provider)
    {
        await using var app = await StartAsync(provider);
        var account = await app.AddAccountAsync("wang");
        var asked = await GrantAsync(app, new NewGrant(account.Id, Roles.Auditor, ScopeKind.Place, Place, null, "audit"), app.ActorOf(Roles.Administrator, unitId: UnitA));
        var id = asked.Value.ApprovalId.ShouldNotBeNull();
        var before = await HoldsAsync(app, account.Id, Roles.Auditor);

        var sameUnit = await DecideAsync(app, id, app.ActorOf(Roles.DutyLeader, unitId: UnitA));
        var otherUnit = await DecideAsync(app, id, app.ActorOf(Roles.DutyLeader, unitId: UnitB));

        before.ShouldBeFalse();
        sameUnit.Error.Code.ShouldBe("platform.approval.same-unit");
        otherUnit.IsFailure.ShouldBeFalse();
        (await HoldsAsync(app, account.Id, Roles.Auditor)).ShouldBeTrue();
        (await app.ReadAsync(db => db.Set<Grant>().SingleAsync(g => g.Role == Roles.Auditor))).ApprovalId.ShouldBe(id);
    }

    [Theory]
    [InlineData("office", ScopeKind.Everything, true)]
    [InlineData("office", ScopeKind.Place, false)]
    [InlineData("leader", ScopeKind.Place, true)]
    [InlineData("privacy", ScopeKind.Unit, true)]
    [InlineData("auditor", ScopeKind.Unit, true)]
    [InlineData("admin", ScopeKind.Unit, true)]
    [InlineData("counsellor", ScopeKind.Unit, false)]
    public void FarReaching_RoleAndScope_AreAsListed(string role, ScopeKind kind, bool expected) => FarReaching.Is(role, kind).ShouldBe(expected);

    [Fact]
    public async Task FarReachingGrant_DecidedByItsReceiver_IsRefused()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang", Roles.DutyLeader, a => a.UnitId = UnitB);
        var asked = await GrantAsync(app, new NewGrant(account.Id, Roles.PrivacyOfficer, ScopeKind.Everything, null, null, "why"), app.ActorOf(Roles.Administrator, unitId: UnitA));

        var decided = await DecideAsync(app, asked.Value.ApprovalId.ShouldNotBeNull(), app.ActorOf(Roles.DutyLeader, unitId: UnitB) with { AccountId = account.Id });

        decided.Error.Code.ShouldBe("platform.grant.self");
        (await HoldsAsync(app, account.Id, Roles.PrivacyOfficer)).ShouldBeFalse();
    }

    [Fact]
    public async Task FarReachingGrant_AccountEndedMeanwhile_IsNotGiven()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        var account = await app.AddAccountAsync("wang");
        var asked = await GrantAsync(app, new NewGrant(account.Id, Roles.Auditor, ScopeKind.Everything, null, null, "why"), app.ActorOf(Roles.Administrator, unitId: UnitA));
        await app.ChangeAsync(account.Id, a => a.EndsAt = app.Clock.Now);

        await DecideAsync(app, asked.Value.ApprovalId.ShouldNotBeNull(), app.ActorOf(Roles.DutyLeader, unitId: UnitB));

        (await HoldsAsync(app, account.Id, Roles.Auditor)).ShouldBeFalse();
        (await app.JournalAsync("platform.grant.void")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task EndGrant_OfTheOwnAccount_IsRefusedSoThatAnAdministratorIsLeft()
    {
        await using var app = await StartAsync(Provider.Sqlite);
        var admin = await app.AddAccountAsync("admin", Roles.Administrator);
        var grant = await app.ReadAsync(db => db.Set<Grant>().SingleAsync());

        var result = await app.CallAsync((IAccounts a) => a.EndGrantAsync(grant.Id, "why", app.ActorOf(Roles.Administrator) with { AccountId = admin.Id }, CancellationToken.None));

        result.Error.Code.ShouldBe("platform.account.own");
    }

    private static Task<TongxinApp> StartAsync(Provider provider) => TongxinApp.StartAsync(provider, services => services.AddScoped<IScopeDirectory, OnePlace>());

    private static Task<Result<GrantAnswer>> GrantAsync(TongxinApp app, NewGrant grant, Actor actor) => app.InScopeAsync(async services =>
    {
        var answer = await services.GetRequiredService<IAccounts>().GrantAsync(grant, actor, CancellationToken.None);
        if (!answer.IsFailure) await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
        return answer;
    });

    private static Task<Result> DecideAsync(TongxinApp app, Guid id, Actor actor) =>
        app.CallAsync((DecideApproval decide) => decide.ExecuteAsync(id, approve: true, "seen", actor, CancellationToken.None));

    private static Task<bool> HoldsAsync(TongxinApp app, Guid account, string role) =>
        app.ReadAsync(db => db.Set<Grant>().AnyAsync(g => g.AccountId == account && g.Role == role));

    private sealed class OnePlace : IScopeDirectory
    {
        public Task<IReadOnlyList<ScopeChoice>> ListAsync(ScopeKind kind, string? query, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<ScopeChoice>>(kind == ScopeKind.Place ? [new ScopeChoice(Place, "东区")] : []);

        public Task<string?> NameAsync(ScopeKind kind, Guid id, CancellationToken ct) =>
            Task.FromResult(kind == ScopeKind.Place && id == Place ? "东区" : null);
    }
}
