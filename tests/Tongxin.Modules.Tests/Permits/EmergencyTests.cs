using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Modules.Tests.Gates;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Permits;

/// <summary>An emergency waits for nothing, and leaves papers behind; what is typed by hand is judged.</summary>
public sealed class EmergencyTests
{
    [Theory, BothProviders]
    public async Task Emergency_AtASealedGate_IsLetOutAtOnceAndOpensItsPapers(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        (await town.CodeAsync((KeepGates k) => k.KeepAsync(town.EastGate, GateState.Sealed, "封控", town.Office, Town.Ct))).ShouldBeNull();
        using var guard = await town.App.SignInAsAsync(Roles.Guard, ScopeKind.Place, town.Town.East.Id);
        (await guard.OpenAsync("/")).Address.AbsolutePath.ShouldBe("/gate");

        var after = await (await guard.OpenAsync($"/gate/{town.EastGate}")).SubmitAsync("#emergency form", ("plate", "救护车 120"), ("note", "胸闷"));

        after.Text.ShouldContain("已放行并记录");
        var permit = await town.App.ReadAsync(db => db.Set<Permit>().AsNoTracking().SingleAsync());
        (permit.IsEmergency, permit.Paperwork, permit.OutAt).ShouldBe((true, Paperwork.Open, town.App.Clock.GetUtcNow()));
        permit.PaperworkDueAt.ShouldBe(town.App.Clock.GetUtcNow() + AskPermit.PapersWithin);
        town.App.Clock.Advance(TimeSpan.FromHours(25));
        (await town.App.CallAsync((ReadPermits r) => r.CountWaitingAsync(town.Office, Town.Ct))).ShouldBe(1);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/permits/papers")).Text.ShouldContain("姓名待补");
        var page = await office.OpenAsync($"/permits/{permit.Id}");
        page.Text.ShouldContain("救护车 120 胸闷");
        (await page.SubmitAsync("#papers form", ("papers", "急诊病历"), ("name", "周急"), ("hospital", "第二医院"))).Text.ShouldContain("急诊病历");
        // And back, days later, through the sealed gate.
        (await town.VerdictAsync(permit.Id, PassageKind.In)).ShouldBe("Passed");
    }

    [Theory, BothProviders]
    public async Task Emergency_SentTwice_IsOne(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var entry = Ids.New();
        Task<string?> LetOut(Guid gate, Actor actor) => town.CodeAsync((GuardDesk d) => d.EmergencyAsync(gate, entry, null, null, actor, Town.Ct));

        (await LetOut(town.WestGate, town.Guard())).ShouldBe("gates.not-found");
        (await LetOut(town.EastGate, town.Guard())).ShouldBeNull();
        (await LetOut(town.EastGate, town.Guard())).ShouldBeNull();

        (await town.App.ReadAsync(db => db.Set<Permit>().CountAsync())).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Entry_ByHand_IsJudgedByTheRulesOfTheGate(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        async Task<string> Enter(HandEntry hand)
        {
            var answer = await town.App.CallAsync((GuardDesk d) => d.ByHandAsync(town.EastGate, Ids.New(), hand, town.Guard(), Town.Ct));
            return answer.IsFailure ? answer.Error.Code : answer.Value.Verdict.ToString();
        }
        var hand = new HandEntry(PassageKind.In, DocumentKind.Identity, "郑访", "送材料", null, "36.5", 0);

        (await Enter(hand)).ShouldBe("Passed");
        (await Enter(hand with { Kind = PassageKind.TurnedBack })).ShouldBe("Refused");
        (await Enter(hand with { Name = null })).ShouldBe("gates.entry");
        (await Enter(hand with { Kind = (PassageKind)(-1) })).ShouldBe("gates.entry");
        (await Enter(hand with { Temperature = "3.75" })).ShouldBe("gates.temperature");
        (await Enter(hand with { Temperature = "正常" })).ShouldBe("gates.temperature");
        (await Enter(hand with { Temperature = "３７,５" })).ShouldBe("Passed");
        (await Enter(hand with { Plate = "??" })).ShouldBe("text.plate.form");
        (await Enter(hand with { Companions = -1 })).ShouldBe("gates.entry.too-long");
        (await town.CodeAsync((KeepGates k) => k.KeepAsync(town.EastGate, GateState.Sealed, "封控", town.Office, Town.Ct))).ShouldBeNull();
        (await Enter(hand)).ShouldBe("Refused");
    }
}
