using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Data;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Access;

/// <summary>Somebody changes ids in addresses (B2 case 30): 404 each, then a pause, and an eye that sees it.</summary>
public sealed class MissesTests
{
    [Theory, BothProviders]
    public async Task ManyIds_OutOfScope_AreThrottledAlarmedAndForgottenAgain(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var prober = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.West.Id);
        using var auditor = await town.App.SignInAsAsync(Roles.Auditor);
        using var colleague = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.West.Id);

        // One of them is there, for others.
        (await prober.OpenAsync($"/people/{town.Wang.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        for (var i = 1; i < Misses.Most; i++) (await prober.OpenAsync($"/people/{Ids.New()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var answer = await prober.Http.GetAsync(new Uri($"/people/{town.Wang.Id}", UriKind.Relative), Town.Ct);
        using var own = await prober.Http.GetAsync(new Uri($"/people/{town.Li.Id}", UriKind.Relative), Town.Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter?.Delta.ShouldBe(Misses.Span);
        own.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "not even whether an id exists can be learnt now");
        (await prober.OpenAsync("/people")).Status.ShouldBe(HttpStatusCode.OK);
        (await colleague.OpenAsync($"/people/{town.Li.Id}")).Status.ShouldBe(HttpStatusCode.OK);
        var alarm = (await town.App.ReadAsync(db => db.Set<Alarm>().AsNoTracking().ToListAsync(Town.Ct))).ShouldHaveSingleItem();
        (alarm.Kind, alarm.ByAccount, alarm.Times).ShouldBe((AlarmKind.Probing, (Guid?)prober.AccountId, 1));
        (await auditor.OpenAsync("/access/alarms")).Text.ShouldContain("权限范围外");

        town.App.Clock.Advance(Misses.Span);
        (await prober.OpenAsync($"/people/{town.Li.Id}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OneId_ManyTimes_IsAnOldPageLeftOpen()
    {
        await using var town = await Town.BuildAsync(Provider.Sqlite);
        using var visitor = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.West.Id);

        for (var i = 0; i < Misses.Most + 5; i++) (await visitor.OpenAsync($"/people/{town.Wang.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Misses_OfAnAccount_CountDifferentThingsForTenMinutes()
    {
        var clock = new FakeTimeProvider();
        var misses = new Misses(clock);
        var account = Ids.New();

        for (var i = 1; i < Misses.Most; i++) misses.Miss(account, $"{i}").ShouldBeFalse();
        misses.WaitOf(account).ShouldBeNull();
        misses.Miss(account, "1").ShouldBeFalse();
        misses.Miss(account, "last").ShouldBeTrue();
        misses.Miss(account, "more").ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(4));
        misses.WaitOf(account).ShouldBe(TimeSpan.FromMinutes(6));
        misses.WaitOf(Ids.New()).ShouldBeNull();
        clock.Advance(TimeSpan.FromMinutes(6));
        misses.WaitOf(account).ShouldBeNull();
        misses.Miss(account, "1").ShouldBeFalse();
    }
}
