using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>我的值班: the own turns on a phone, confirmed with one tap, in a calendar, with reminders.</summary>
public sealed class MyDutyTests
{
    [Theory, BothProviders]
    public async Task Page_TurnPastMidnight_SaysSoWithPlaceAndOthers(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var night = await town.DutyAsync(DutyTown.Today, 22, 6, needed: 2);
        var turn = await town.TurnAsync(night, town.Town.Wang);
        await town.TurnAsync(night, town.Town.Li);
        using var wang = await town.SignInAsync(town.Town.Wang);

        var page = await wang.OpenAsync("/duties");

        page.Text.ShouldContain("22:00–次日 04:00（跨零点）");
        page.Text.ShouldContain("东校区 · 岗亭");
        page.Text.ShouldContain("同班：李雷");
        (await wang.OpenAsync($"/duties/{turn.Id}")).Text.ShouldContain("N95口罩");
    }

    [Theory, BothProviders]
    public async Task Confirm_TappedTwice_IsConfirmedOnce(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 22, 6);
        using var wang = await town.SignInAsync(town.Town.Wang);

        var page = await (await wang.OpenAsync("/duties")).SubmitAsync($"form[action='/duties/{turn.Id}/confirm']");

        page.Text.ShouldContain("已确认");
        (await town.ReadAsync(turn)).State.ShouldBe(TurnState.Confirmed);
        (await town.App.CallAsync((ConfirmTurn c) => c.ExecuteAsync(turn.Id, town.ActorOf(town.Town.Wang), DutyTown.Ct))).IsFailure.ShouldBeFalse();
        (await town.App.ReadAsync(db => db.Set<Tongxin.Platform.Journal.JournalEntry>().CountAsync(e => e.Action == "workforce.turn.confirmed"))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Turn_OfSomebodyElse_IsNotThere(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 22, 6);
        using var li = await town.SignInAsync(town.Town.Li);

        (await li.OpenAsync($"/duties/{turn.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await town.App.CallAsync((ConfirmTurn c) => c.ExecuteAsync(turn.Id, town.ActorOf(town.Town.Li), DutyTown.Ct))).Error.Code.ShouldBe("duties.turn.not-found");
        (await town.App.CallAsync((ConfirmTurn c) => c.ExecuteAsync(turn.Id, town.Town.Office, DutyTown.Ct))).Error.Code.ShouldBe("duties.turn.not-found");
    }

    [Theory, BothProviders]
    public async Task Confirm_AfterTheDuty_IsRefused(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 0, 10, 4);
        town.Set(DutyTown.Today, 14);

        (await town.App.CallAsync((ConfirmTurn c) => c.ExecuteAsync(turn.Id, town.ActorOf(town.Town.Wang), DutyTown.Ct))).Error.Code.ShouldBe("duties.turn.over");
    }

    [Theory, BothProviders]
    public async Task Feed_Subscribed_HasOwnTurnsInUtcWithStableIdsAndNobodyElse(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var night = await town.DutyAsync(DutyTown.Today, 22, 6, needed: 2);
        await town.TurnAsync(night, town.Town.Wang);
        await town.TurnAsync(night, town.Town.Li);
        using var wang = await town.SignInAsync(town.Town.Wang);
        var made = await (await wang.OpenAsync("/duties/calendar")).SubmitAsync("main form[method=post]");
        var address = new Uri(made.One(".code-box").TextContent).PathAndQuery;
        using var calendar = town.App.Anonymous();

        using var answer = await calendar.Http.GetAsync(new Uri(address, UriKind.Relative), DutyTown.Ct);
        var file = await answer.Content.ReadAsStringAsync(DutyTown.Ct);

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/calendar");
        file.ShouldContain($"UID:{night.Id:N}@tongxin\r\n");
        file.ShouldContain("DTSTART:20220406T140000Z\r\n");
        file.ShouldContain("DTEND:20220406T200000Z\r\n");
        file.ShouldNotContain("李雷");
        file.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        file.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");

        await (await wang.OpenAsync("/duties/calendar")).SubmitAsync("main form[method=post]");
        using var dead = await calendar.Http.GetAsync(new Uri(address, UriKind.Relative), DutyTown.Ct);
        dead.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Reminders_RungOften_ComeOnceTheEveningBeforeAndTwoHoursBefore(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var turn = await town.TurnAsync(town.Town.Wang, 1, 14, 4);
        for (var i = 0; i < 2; i++) await town.App.CallAsync((DutyReminders r) => r.PlanAsync(DutyTown.Ct));

        await WorkAsync(town);
        (await NotesAsync(town)).ShouldBeEmpty();
        town.Set(DutyTown.Today, 20);
        await WorkAsync(town);
        (await NotesAsync(town)).ShouldBe([DutyNoteKind.Tomorrow]);
        town.Set(DutyTown.Today.AddDays(1), 12);
        await town.App.CallAsync((DutyReminders r) => r.PlanAsync(DutyTown.Ct));
        await WorkAsync(town);
        await WorkAsync(town);

        (await NotesAsync(town)).ShouldBe([DutyNoteKind.Tomorrow, DutyNoteKind.Soon]);
        using var wang = await town.SignInAsync(town.Town.Wang);
        var page = await wang.OpenAsync("/duties");
        page.Text.ShouldContain("两小时内上岗");
        await page.SubmitAsync("form[action$='/seen']");
        (await town.App.ReadAsync(db => db.Set<DutyNote>().CountAsync(n => n.SeenAt != null && n.TurnId == turn.Id))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Menu_OfSomebodyWithATurn_HasTheOwnDuties(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        await town.TurnAsync(town.Town.Wang, 0, 22, 6);
        using var wang = await town.SignInAsync(town.Town.Wang);
        using var li = await town.SignInAsync(town.Town.Li);

        // One entry needs no tab bar: the first page is the own duties.
        (await wang.OpenAsync("/")).Address.AbsolutePath.ShouldBe("/duties");
        (await li.OpenAsync("/")).Address.AbsolutePath.ShouldNotBe("/duties");
    }

    private static Task<int> WorkAsync(DutyTown town) => town.App.InScopeAsync(async services =>
    {
        await services.GetRequiredService<OutboxWorker>().RunDueAsync(DutyTown.Ct);
        return 0;
    });

    private static Task<List<DutyNoteKind>> NotesAsync(DutyTown town) =>
        town.App.ReadAsync(db => db.Set<DutyNote>().OrderBy(n => n.At).Select(n => n.Kind).ToListAsync());
}
