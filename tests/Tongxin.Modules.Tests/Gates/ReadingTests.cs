using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Gates;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits.Data;
using Tongxin.Access.Scans.Data;
using Tongxin.Modules.Tests.People;
using Tongxin.Modules.Tests.Permits;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Gates;

/// <summary>What phones and guards report is counted, listed, followed and doubted.</summary>
public sealed class ReadingTests
{
    private const string Headers = "时间｜校门｜方向｜姓名/证件类型｜事由｜车牌｜体温｜码状态｜放行/劝返｜值守人";

    [Theory, BothProviders]
    public async Task Ledger_OfADay_HasThePaperFormsHeadersAndMaskedNames(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        await town.App.CallAsync((GuardDesk d) => d.ByHandAsync(
            town.EastGate, Ids.New(), new HandEntry(PassageKind.In, DocumentKind.Identity, "郑访客", "=HYPERLINK(1)", "陕A12345", "36,6", 0), town.Guard(), Town.Ct));
        await town.App.CallAsync((GuardDesk d) => d.ByHandAsync(town.EastGate, Ids.New(), new HandEntry(PassageKind.TurnedBack, null, "吴", null, null, null, 0), town.Guard(), Town.Ct));
        await town.App.AddAsync(Scan(town.WestGate, town.App.Clock.GetUtcNow()));
        using var east = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.East.Id);

        var page = await east.OpenAsync("/gates/ledger");

        page.Texts("table.grid thead th").ShouldBe(Headers.Split('｜'));
        page.All("table.grid tbody tr").Count.ShouldBe(2);
        var cells = page.Texts("table.grid tbody tr:last-child td");
        ((string[])[cells[1], cells[2], cells[3], cells[5], cells[6], cells[8]]).ShouldBe(["东门", "进", "郑** 身份证", "陕A12345", "36.6", "放行"]);
        page.Text.ShouldContain("劝返");
        page.Text.ShouldNotContain("郑访客");
        using var sheet = await east.Http.GetAsync(new Uri("/gates/ledger.xlsx", UriKind.Relative), Town.Ct);
        sheet.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await east.OpenAsync($"/gates/ledger?gate={town.WestGate}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var foreign = await east.Http.GetAsync(new Uri($"/gates/ledger.xlsx?gate={town.WestGate}", UriKind.Relative), Town.Ct);
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await east.OpenAsync("/gates")).Text.ShouldContain("进 1 · 出 0 · 劝返 1 · 急救 0");
        (await east.OpenAsync($"/gates/{town.EastGate}")).Texts(".figures dd").ShouldBe(["1", "0", "1", "0"]);
    }

    [Theory, BothProviders]
    public async Task Occupancy_CountsWithCompanionsFromTheLastCorrection(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        await town.App.AddAsync(Scan(town.EastGate, now.AddHours(-2)));
        town.App.Clock.Advance(TimeSpan.FromMinutes(-60));
        (await town.CodeAsync((Occupancy o) => o.CorrectAsync(town.Town.East.Id, 100, "清点", town.Office, Town.Ct))).ShouldBeNull();
        town.App.Clock.Set(now);
        await town.App.AddAsync(
            Scan(town.EastGate, now.AddMinutes(-30), companions: 2), Scan(town.EastGate, now.AddMinutes(-20), ScanKind.Out), Scan(town.EastGate, now.AddMinutes(-10), ScanKind.Emergency),
            Scan(town.EastGate, now.AddMinutes(-10), verdict: ScanVerdict.Refused), Scan(town.EastGate, now.AddMinutes(-5), ScanKind.TurnedBack), Scan(town.EastGate, now.AddMinutes(-5), doubt: ScanDoubt.Clock));

        var zone = (await town.App.CallAsync((Occupancy o) => o.ReadAsync(town.Office, Town.Ct))).Single(z => z.Id == town.Town.East.Id);

        (zone.People, zone.In, zone.Out, zone.Since).ShouldBe((101, 3, 2, now.AddHours(-1)));
    }

    [Theory, BothProviders]
    public async Task SecondEntry_OfOnePlate_IsWarnedOrRefusedByTheGatesMode(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        async Task<string> Enter(PassageKind kind)
        {
            var answer = await town.App.CallAsync((GuardDesk d) => d.ByHandAsync(town.EastGate, Ids.New(), new HandEntry(kind, null, null, null, "陕A12345", null, 0), town.Guard(), Town.Ct));
            town.App.Clock.Advance(TimeSpan.FromMinutes(1));
            return answer.Value.Verdict.ToString();
        }
        async Task Mode(PassBackMode mode)
        {
            if (mode == PassBackMode.Enforce)
            {
                await town.RefuseSecondEntryAsync();
                return;
            }
            var seen = await town.App.ReadAsync(db => db.Set<Gate>().Where(g => g.Id == town.EastGate).Select(g => g.Version).SingleAsync());
            (await town.CodeAsync((KeepGates k) => k.ChangeAsync(town.EastGate, seen, f => f with { PassBack = mode }, town.Office, Town.Ct))).ShouldBeNull();
        }

        (await Enter(PassageKind.In)).ShouldBe("Passed");
        (await Enter(PassageKind.In)).ShouldBe("Warned");
        (await Enter(PassageKind.Out)).ShouldBe("Passed");
        (await Enter(PassageKind.In)).ShouldBe("Passed");
        await Mode(PassBackMode.Enforce);
        (await Enter(PassageKind.In)).ShouldBe("Refused");
        await Mode(PassBackMode.Off);
        (await Enter(PassageKind.In)).ShouldBe("Passed");
        await Mode(PassBackMode.Enforce);
        town.App.Clock.Advance(TimeSpan.FromMinutes(31));
        (await Enter(PassageKind.In)).ShouldBe("Passed");
    }

    [Fact]
    public void SecondEntry_OfAPictureOfAPass_IsFoundAfterwards()
    {
        var (now, pass, gate) = (DateTimeOffset.UnixEpoch, Ids.New(), Ids.New());
        Passage At(int minute, PassageKind kind, Guid? of = null) => new(Ids.New(), gate, kind, now.AddMinutes(minute)) { PassRef = of ?? pass };
        var (first, replay, outside, again, other) = (At(0, PassageKind.In), At(2, PassageKind.In), At(5, PassageKind.Out), At(6, PassageKind.In), At(3, PassageKind.In, Ids.New()));

        PassBack.Find([again, other, outside, replay, first], minutes: 30).ShouldBe([replay.Id]);
        PassBack.Find([first, replay], minutes: 1).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Phones_UsesAndEmergencies_AreFollowedOnce(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var permit = await town.PermitAsync(town.Ask());
        var now = town.App.Clock.GetUtcNow();
        var emergency = Scan(town.EastGate, now, ScanKind.Emergency);
        await town.App.AddAsync(Scan(town.EastGate, now, ScanKind.Out, permit.Id), Scan(town.WestGate, now, ScanKind.Out, permit.Id), emergency);

        (await town.App.CallAsync((FollowPassages f) => f.RunAsync(Town.Ct))).ShouldBe(3);
        (await town.App.CallAsync((FollowPassages f) => f.RunAsync(Town.Ct))).ShouldBe(0);

        var used = await town.PermitAsync(permit.Id);
        (used.UsedOut, used.OutAt).ShouldBe((2, now));
        (await town.App.ReadAsync(db => db.Set<PermitUse>().Select(u => u.IsOver).ToListAsync())).ShouldBe([false, true], ignoreOrder: true);
        (await town.PermitAsync(emergency.Id)).Paperwork.ShouldBe(Paperwork.Open);
    }

    internal static Scan Scan(Guid gate, DateTimeOffset at, ScanKind kind = ScanKind.In, Guid? permit = null, string? plate = null, int companions = 0, ScanVerdict verdict = ScanVerdict.Passed, ScanDoubt? doubt = null, DateTimeOffset? received = null) =>
        new(Ids.New())
        {
            GateId = gate,
            Kind = kind,
            Subject = permit is null ? ScanSubject.Plate : ScanSubject.Permit,
            PermitId = permit,
            Plate = plate,
            Verdict = verdict,
            Companions = companions,
            SeenAt = at,
            ReceivedAt = received ?? at,
            Doubt = doubt,
        };
}
