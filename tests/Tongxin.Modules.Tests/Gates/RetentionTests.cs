using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Gates.Tracing;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Access.Scans.Data;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.Modules.Tests.Permits;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Gates;

/// <summary>Passages vanish after fourteen days, everywhere and provably; cases and open papers hold theirs.</summary>
public sealed class RetentionTests
{
    private const string Canary = "陕A0CA4R";

    [Theory, BothProviders]
    public async Task Night_SeededCanaries_AreInNoTableAndNoExport(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        var entry = Ids.New();
        (await town.App.CallAsync((GuardDesk d) => d.ByHandAsync(town.EastGate, entry, new HandEntry(PassageKind.In, DocumentKind.Other, "金丝雀", "试投", Canary, null, 3), town.Guard(), Town.Ct))).IsFailure.ShouldBeFalse();
        var wild = ReadingTests.Scan(town.EastGate, now.AddYears(1), plate: Canary, received: now, doubt: ScanDoubt.Clock);
        await town.App.AddAsync(wild);
        (await FindAsync(town, Canary)).ShouldNotBeEmpty();

        town.App.Clock.Set(now + PassageLife.Whole);
        (await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)))?.Passages.ShouldBe(0);
        town.App.Clock.Set(now + PassageLife.Whole + TimeSpan.FromTicks(TimeSpan.TicksPerSecond));
        using var office = await town.App.SignInAsAsync(Roles.Office);
        // Past its life to the second: unread, though the night has not come yet.
        (await office.OpenAsync($"/gates/ledger?day={LedgerSpan.Text(CampusCalendar.DayOf(now))}")).Text.ShouldNotContain(Canary);
        town.App.Clock.Advance(TimeSpan.FromDays(1));
        var night = await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct));

        (night!.Passages, night.Notes, night.Kept).ShouldBe((2, 1, 0));
        night.Hash.ShouldBe(DeletePassages.Chain(new byte[32], [.. new[] { entry, wild.Id }.OrderBy(i => i.ToString("N"), StringComparer.Ordinal)]));
        (await FindAsync(town, Canary)).ShouldBeEmpty();
        (await FindAsync(town, entry.ToString())).ShouldBeEmpty();
        (await FindAsync(town, wild.Id.ToString())).ShouldBeEmpty();
        // Who is inside is known all the same.
        (await town.App.CallAsync((Occupancy o) => o.ReadAsync(town.Office, Town.Ct))).Single(z => z.Id == town.Town.East.Id).People.ShouldBe(4);
        using var auditor = await town.App.SignInAsAsync(Roles.Auditor);
        (await auditor.OpenAsync("/gates/deletions")).Text.ShouldContain(Convert.ToHexStringLower(night.Hash));
        using var later = await town.App.SignInAsAsync(Roles.Office);
        (await later.OpenAsync("/gates/deletions")).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Night_RungManyTimes_IsDoneOnceAndSaysHowLate(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var day = CampusCalendar.DayOf(town.App.Clock.GetUtcNow());
        town.App.Clock.Set(CampusCalendar.At(day, DeletePassages.At).AddSeconds(-1));
        (await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)))?.Day.ShouldBe(day.AddDays(-1));
        town.App.Clock.Set(CampusCalendar.At(day, DeletePassages.At).AddHours(5));

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)), Town.Ct)));

        runs.Count(r => r is not null).ShouldBeGreaterThanOrEqualTo(1);
        var night = await town.App.ReadAsync(db => db.Set<Deletion>().SingleAsync(d => d.Day == day));
        (night.DoneAt is not null, night.Late).ShouldBe((true, TimeSpan.FromHours(5)));
        (await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct))).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Night_TiedToACaseOrToOpenPapers_IsKeptUntilReleased(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        var (tied, loose, emergency) = (ReadingTests.Scan(town.EastGate, now.AddMinutes(-30), plate: "陕A11111"), ReadingTests.Scan(town.EastGate, now.AddHours(-5), plate: "陕A22222"), ReadingTests.Scan(town.EastGate, now, ScanKind.Emergency));
        await town.App.AddAsync(tied, loose, emergency);
        await town.App.CallAsync((FollowPassages f) => f.RunAsync(Town.Ct));
        var doctor = town.App.ActorOf(Roles.Doctor, ScopeKind.Place, town.Town.East.Id, unitId: town.Town.Physics.Id);
        var trace = (await town.App.CallAsync((AskTrace a) => a.ExecuteAsync(town.EastGate, now.AddHours(-1), now.AddSeconds(-1), "B-1", "查密接", doctor, Town.Ct))).Value;
        await ApproveAsync(town, trace);
        Task<List<Guid>> Left() => town.App.ReadAsync(db => db.Set<Scan>().Select(s => s.Id).ToListAsync());

        town.App.Clock.Set(now.AddDays(16));
        (await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)))!.Kept.ShouldBe(2);
        (await Left()).ShouldBe([tied.Id, emergency.Id], ignoreOrder: true);

        (await town.CodeAsync((AskTrace a) => a.ReleaseAsync(trace, doctor, Town.Ct))).ShouldBeNull();
        (await town.CodeAsync((DecidePermit d) => d.CompleteAsync(emergency.Id, new PaperworkFacts("病历", "周急"), town.Office, Town.Ct))).ShouldBeNull();
        town.App.Clock.Advance(TimeSpan.FromDays(1));
        (await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)))!.Kept.ShouldBe(0);
        (await Left()).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Night_EndedPermits_LoseWhoTheyWereForButNotThoseUnderWay(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        var ended = await town.PermitAsync(town.Ask() with { PersonId = town.Town.Wang.Id, Plate = "陕A12345" });
        var away = await town.PermitAsync(town.Ask());
        (await town.VerdictAsync(away.Id, PassageKind.Out)).ShouldBe("Passed");

        town.App.Clock.Set(ended.EndsAt + PassageLife.Whole);
        (await NightAsync(town)).Permits.ShouldBe(0);
        town.App.Clock.Advance(TimeSpan.FromDays(1));
        var night = await NightAsync(town);

        night.Permits.ShouldBe(1);
        var bare = await town.PermitAsync(ended.Id);
        (bare.ErasedAt is not null, bare.ShortName, bare.PersonId, bare.Plate, bare.PlateLikeness, bare.Kind, bare.EndsAt).ShouldBe((true, "", null, null, null, ended.Kind, ended.EndsAt));
        PermitDetail.Unseal(bare.Detail, town.App.Services.GetRequiredService<SecretBox>()).ShouldBe(new PermitDetail());
        (await town.PermitAsync(away.Id)).ErasedAt.ShouldBeNull();
        (await FindAsync(town, "陕A12345")).ShouldBeEmpty();
        using var auditor = await town.App.SignInAsAsync(Roles.Auditor);
        (await auditor.OpenAsync("/gates/deletions")).Text.ShouldContain("过期通行许可 1 张");
        // Nobody saw the patient come back: not kept for ever.
        town.App.Clock.Set(now + ErasePermits.LongestWay + TimeSpan.FromDays(2));
        (await NightAsync(town)).Permits.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Trace_AskedWithAPurposeAndAllowedByASecondPerson_IsReadForADayAndJournaled(Provider provider)
    {
        await using var town = await GateTown.BuildAsync(provider);
        var now = town.App.Clock.GetUtcNow();
        var permit = await town.PermitAsync(town.Ask() with { PersonId = town.Town.Wang.Id });
        (await town.VerdictAsync(permit.Id, PassageKind.Out)).ShouldBe("Passed");
        var doctor = town.App.ActorOf(Roles.Doctor, ScopeKind.Place, town.Town.East.Id, unitId: town.Town.Physics.Id);
        async Task<string?> Ask(Func<(Guid Gate, DateTimeOffset From, DateTimeOffset Until, string? Case, string? Purpose), (Guid, DateTimeOffset, DateTimeOffset, string?, string?)> change, Actor? actor = null)
        {
            var (gate, from, until, caseRef, purpose) = change((town.EastGate, now.AddHours(-1), now.AddHours(1), "B-1", "查密接"));
            return await town.CodeAsync((AskTrace a) => a.ExecuteAsync(gate, from, until, caseRef, purpose, actor ?? doctor, Town.Ct));
        }
        (await Ask(x => x with { Purpose = " " })).ShouldBe("gates.trace.purpose");
        (await Ask(x => x with { Case = null })).ShouldBe("gates.trace.case");
        (await Ask(x => x with { From = now.AddDays(-15) })).ShouldBe("gates.trace.span");
        (await Ask(x => x with { Until = now.AddDays(2) })).ShouldBe("gates.trace.span");
        (await Ask(x => x with { Gate = town.WestGate })).ShouldBe("gates.not-found");
        (await Ask(x => x, doctor with { UnitId = null })).ShouldBe("platform.approval.unit-unknown");

        var id = (await town.App.CallAsync((AskTrace a) => a.ExecuteAsync(town.EastGate, now.AddHours(-1), now.AddHours(1), "B-1", "查密接", doctor, Town.Ct))).Value;
        async Task<IReadOnlyList<TraceRow>> Read(Actor actor) => await town.App.CallAsync(async (AskTrace a) =>
            await a.FindAsync(id, actor, Town.Ct) is { } view ? await a.ReadAsync(view, actor, Town.Ct) : []);
        (await Read(doctor)).ShouldBeEmpty();
        await ApproveAsync(town, id);

        (await Read(doctor)).Single().Name.ShouldBe("王小明");
        (await Read(town.App.ActorOf(Roles.Doctor))).ShouldBeEmpty();
        (await FindAsync(town, "access.trace.read")).ShouldNotBeEmpty();
        (await FindAsync(town, "查密接")).ShouldBeEmpty();
        town.App.Clock.Set(now + Trace.Readable);
        (await Read(doctor)).ShouldBeEmpty();
    }

    private static async Task<Deletion> NightAsync(GateTown town) =>
        await town.App.CallAsync((DeletePassages d) => d.RunAsync(Town.Ct)) ?? throw new InvalidOperationException("The night has been done.");

    private static async Task ApproveAsync(GateTown town, Guid trace)
    {
        var privacy = town.App.ActorOf(Roles.PrivacyOfficer, unitId: town.Town.History.Id, personId: Ids.New());
        var open = await town.App.CallAsync((IApprovals a) => a.ListOpenAsync(privacy, Town.Ct));
        (await town.CodeAsync((IApprovals a) => a.DecideAsync(open.Single(o => o.SubjectId == trace).Id, true, "同意", privacy, Town.Ct))).ShouldBeNull();
    }

    /// <summary>Every column of every table, as text.</summary>
    private static Task<List<string>> FindAsync(GateTown town, string canary) => town.App.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync(Town.Ct);
        var connection = db.Database.GetDbConnection();
        var found = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
        {
            foreach (var column in entity.GetProperties().Select(p => p.GetColumnName()))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT COUNT(*) FROM \"{entity.GetTableName()}\" WHERE lower(CAST(\"{column}\" AS text)) LIKE '%{canary.ToLowerInvariant()}%'";
                if (Convert.ToInt64(await command.ExecuteScalarAsync(Town.Ct), System.Globalization.CultureInfo.InvariantCulture) > 0) found.Add($"{entity.GetTableName()}.{column}");
            }
        }
        return found;
    });
}
