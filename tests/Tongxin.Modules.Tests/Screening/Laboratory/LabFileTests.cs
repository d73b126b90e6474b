using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Modules.Tests.Access;
using Tongxin.Modules.Tests.Screening.Tubes;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Laboratory;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Laboratory;

/// <summary>A laboratory's file: published as a whole or not at all, every row in accounted for.</summary>
public sealed class LabFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Publish_EverythingFits_PublishesAllAndCountsEveryRow(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]).Concat(town.Full("T2", [3, 4])).Concat(town.Full("T3", [5])).Concat(town.Full("T4", [6])));

        var file = await town.UploadAsync(new("t1", 10, 3, "阴性"), new("T2", 10, 2, "阳性(+)"), new("T3", 10, 1, "GREY"), new("T4", 10, 1, "无效"));
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Sampled, "looking publishes nothing");
        (await town.PublishAsync(file.Id)).IsFailure.ShouldBeFalse();

        var done = await town.FileAsync(file.Id);
        done.State.ShouldBe(LabFileState.Published);
        done.Counts.ShouldBe(new LabCounts(4, 4, 0, 0, 0));
        (done.NegCount, done.PosCount, done.GreyCount, done.InvalidCount).ShouldBe((1, 1, 1, 1));
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Neg);
        (await town.StatusAsync(3)).ShouldBe(TestStatus.PendingRecheck);
        (await town.StatusAsync(5)).ShouldBe(TestStatus.PendingRecheck);
        (await town.StatusAsync(6)).ShouldBe(TestStatus.NotSampled, "an invalid tube sends its people back");
        (await town.BalanceAsync()).Done.ShouldBe(6);
        (await town.App.JournalAsync("screening.lab-file.published")).ShouldHaveSingleItem().SubjectId.ShouldBe(town.Round);
    }

    [Theory, BothProviders]
    public async Task Publish_AnXlsxInEnglish_IsReadAlike(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));

        var id = (await town.TryUploadAsync(LabBench.Xlsx(new Said("T1", 10, 2, "Negative")), "results.xlsx")).Value;
        (await town.PublishAsync(id)).Value.New.ShouldBe(1);

        (await town.StatusAsync(1)).ShouldBe(TestStatus.Neg);
    }

    [Theory, BothProviders]
    public async Task Case13_UnknownTube_KeepsTheWholeFileBack(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));

        var file = await town.UploadAsync(new("T1", 10, 2, "阴性"), new("T9", 10, 2, "阴性"));

        file.State.ShouldBe(LabFileState.Quarantined);
        file.Counts.ShouldBe(new LabCounts(2, 1, 0, 0, 1));
        var refused = (await town.RowsAsync(file.Id)).Single(r => r.Fate == LabFate.Refused);
        (refused.RowNumber, refused.Address, refused.Code).ShouldBe((4, "A4", "lab.tube.unknown"));
        (await town.PublishAsync(file.Id)).Error.Code.ShouldBe("lab.not-ready");
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Sampled);
        (await town.App.ReadAsync(db => db.Set<TubeRow>().CountAsync(Ct))).ShouldBe(1, "a file makes no tubes");
    }

    [Theory, BothProviders]
    public async Task Case11_CodeUsedTwice_IsSaidAndItsResultAppliesToNobody(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Elsewhere(town.Full("T1", [2, 3]))).Concat(town.Full("T2", [4])));

        var file = await town.ReportAsync(new("T1", 10, 2, "阴性"), new("T2", 10, 1, "阴性"));

        (await town.RowsAsync(file.Id)).Select(r => r.Code).ShouldBe(["lab.warn.collided", null]);
        for (var i = 0; i < 4; i++) (await town.StatusAsync(i)).ShouldBe(TestStatus.Recalled);
        (await town.StatusAsync(4)).ShouldBe(TestStatus.Neg);
    }

    [Theory, BothProviders]
    public async Task Upload_AnythingThatDiffers_IsNamedWithItsCell(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var other = await town.OpenRoundAsync([Ids.New()]);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])).Append(town.Open("T3")).Append(town.Open("T4") with { RoundId = other }));

        var file = await town.UploadAsync(
            new("T1", 10, 3, "阴性"), new("T2", 5, 1, "阴性"), new("T3", 10, 0, "阴性"), new("T4", 10, 0, "阴性"), new("T2", 10, 1, "阴性", Round: "第二轮"),
            new("T5", 10, 1, "大概阴性"), new("T6", 10, 99, "阴性"), new("T1", 10, 2, "阳性"), new("", 10, 1, "阴性"));

        (await town.RowsAsync(file.Id)).Select(r => (r.Code, r.Address)).ShouldBe(
        [
            ("lab.tube.members-differ", "D3"), ("lab.tube.size-differs", "C4"), ("lab.tube.open", "A5"), ("lab.tube.round", "A6"), ("lab.row.twice", "A7"),
            ("lab.row.result", "E8"), ("lab.row.members", "D9"), ("lab.row.twice", "A10"), ("lab.row.tube", "A11"),
        ]);
        file.Counts.Agrees.ShouldBeTrue();
        file.State.ShouldBe(LabFileState.Quarantined);
    }

    [Theory, BothProviders]
    public async Task Upload_ReportTimeBeforeTheSwab_IsRefusedAndABareDayIsNotMidnight(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0]).Concat(town.Full("T2", [1])));
        var day = CampusCalendar.DayOf(town.App.Clock.GetUtcNow());
        var file = Encoding.UTF8.GetBytes($"试管码,轮次,混采数,人数,结果,报告时间\nT1,第一轮,10,1,阴性,{day.AddYears(-1):yyyy-MM-dd} 10:00\nT2,第一轮,10,1,阴性,{day:yyyy-MM-dd}\n");

        var rows = await town.RowsAsync((await town.TryUploadAsync(file)).Value);

        rows.Select(r => (r.Fate, r.Code, r.Address)).ShouldBe([(LabFate.Refused, "lab.row.before", "F2"), (LabFate.New, null, null)]);
        rows[1].ReportedAt.ShouldBeNull("published when it is published");
    }

    [Fact]
    public async Task Upload_WhatIsNoResultFile_IsRefusedWithAdvice()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        var old = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "people.xls"), Ct);

        (await town.TryUploadAsync(old, "结果.xls")).Error.Code.ShouldBe("lab.old-format");
        (await town.TryUploadAsync("试管码,结果\nT1,阴性\n"u8.ToArray())).Error.Code.ShouldBe("lab.columns-missing");
        (await town.TryUploadAsync(LabBench.Csv())).Error.Code.ShouldBe("lab.empty");
        (await town.TryUploadAsync([])).Error.Code.ShouldBe("lab.file-missing");
        (await town.App.ReadAsync(db => db.Set<LabFile>().CountAsync(Ct))).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Upload_FewerRowsThanTheLaboratorySays_Waits(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));

        var file = await town.FileAsync((await town.TryUploadAsync(LabBench.Csv(new Said("T1", 10, 2, "阴性")), declared: 2)).Value);

        file.State.ShouldBe(LabFileState.Quarantined);
        (await town.PublishAsync(file.Id)).IsFailure.ShouldBeTrue();
    }

    [Theory, BothProviders]
    public async Task LookAgain_AfterThePhoneSynced_Fits(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var late = town.Full("T1", [0, 1]);
        var file = await town.UploadAsync(new Said("T1", 10, 2, "阴性"));
        file.State.ShouldBe(LabFileState.Quarantined);

        await town.WriteAsync(late);
        (await town.App.CallAsync((LabFiles f) => f.LookAgainAsync(town.Round, file.Id, town.Office, Ct))).IsFailure.ShouldBeFalse();

        (await town.FileAsync(file.Id)).State.ShouldBe(LabFileState.Ready);
        (await town.PublishAsync(file.Id)).IsFailure.ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task Publish_TubeChangedSinceTheLook_KeepsEverythingBack(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])));
        var file = await town.UploadAsync(new("T1", 10, 2, "阴性"), new("T2", 10, 1, "阴性"));
        var witness = await town.GuestAsync();

        await town.WriteItemsAsync([new TubeItem(town.Close("T2", 2) with { Witness = witness }, IsVouched: true)]);
        (await town.PublishAsync(file.Id)).Error.Code.ShouldBe("lab.quarantined");

        (await town.FileAsync(file.Id)).State.ShouldBe(LabFileState.Quarantined);
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Sampled);
        (await town.RowsAsync(file.Id)).Select(r => r.Fate).ShouldBe([LabFate.New, LabFate.Refused]);
    }

    [Theory, BothProviders]
    public async Task Case14_Correction_IsAHigherVersionAndTheOldOneStays(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "阴性"));

        (await town.UploadAsync(new Said("T1", 10, 2, "阳性"))).State.ShouldBe(LabFileState.Quarantined, "the same version with another result is no correction");
        var corrected = await town.ReportAsync(new Said("T1", 10, 2, "阳性", 2));
        corrected.Counts.ShouldBe(new LabCounts(1, 0, 1, 0, 0));
        (await town.RowsAsync(corrected.Id))[0].Code.ShouldBe("lab.warn.turned.Neg");
        (await town.StatusAsync(0)).ShouldBe(TestStatus.PendingRecheck);

        await town.ReportAsync(new Said("T1", 10, 2, "阴性", 3));
        await town.WorkAsync();
        var told = await town.App.ReadAsync(db => db.Set<TestingNote>().AsNoTracking().Where(n => n.PersonId == town.People[0]).OrderBy(n => n.What).Select(n => n.What).ToListAsync(Ct));
        told.ShouldBe(["note.test-again", "note.test-news", "note.test-news"], "told of each version");
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Neg);
        (await town.RechecksAsync()).ShouldAllBe(r => r.State == RecheckState.Ended && r.DueAt == null);
        var said = await town.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().Where(f => f.Kind == TubeFactKind.Resulted).OrderBy(f => f.ResultVersion).Select(f => f.Result).ToListAsync(Ct));
        said.ShouldBe([TubeResult.Neg, TubeResult.Pos, TubeResult.Neg]);
    }

    [Theory, BothProviders]
    public async Task Publish_TheSameFileAgain_HasNothingNew(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        var first = await town.ReportAsync(new Said("T1", 10, 2, "阴性"));

        (await town.PublishAsync(first.Id)).Error.Code.ShouldBe("lab.published");
        var again = await town.UploadAsync(new Said("T1", 10, 2, "阴性"));
        again.Counts.ShouldBe(new LabCounts(1, 0, 0, 1, 0));
        (await town.PublishAsync(again.Id)).Error.Code.ShouldBe("lab.nothing-new");
    }

    [Theory, BothProviders]
    public async Task Publish_TwoFilesAtOnce_EnterEachResultOnce(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])));
        var uploads = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => town.TryUploadAsync(LabBench.Csv(new("T1", 10, 2, "阴性"), new("T2", 10, 1, "阳性"))), Ct)));
        var files = uploads.Select(u => u.Value).ToList();

        var published = await Task.WhenAll(files.Concat(files).Select(f => Task.Run(() => town.App.CallAsync((PublishLabFile p) => p.ExecuteAsync(town.Round, f, town.Doctor(), Ct)), Ct)));

        await town.CheckAsync();
        published.Count(p => !p.IsFailure).ShouldBe(1);
        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(f => f.Kind == TubeFactKind.Resulted, Ct))).ShouldBe(2);
        (await town.App.ReadAsync(db => db.Set<LabFile>().Select(f => f.Number).ToListAsync(Ct))).Order().ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task Upload_AndPublish_AreForThoseWhoMay()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0]));
        var file = await town.UploadAsync(new Said("T1", 10, 1, "阴性"));
        var csv = LabBench.Csv(new Said("T1", 10, 1, "阴性"));

        (await town.PublishAsync(file.Id, town.App.ActorOf(Roles.DutyLeader))).Error.Code.ShouldBe("lab.not-found");
        (await town.TryUploadAsync(csv, actor: town.App.ActorOf(Roles.Guard))).Error.Code.ShouldBe("lab.not-found");
        (await town.TryUploadAsync(csv, actor: town.App.ActorOf(Roles.Office, ScopeKind.Place, Ids.New()))).Error.Code.ShouldBe("lab.not-found");
        (await town.PublishAsync(Ids.New())).Error.Code.ShouldBe("lab.not-found");
        (await town.PublishAsync(file.Id, town.Office)).IsFailure.ShouldBeFalse("the office on duty publishes as the doctor does");
    }

    [Fact]
    public async Task Pages_ShowWhyAFileWaitsAndTakeACorrectedOne()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])));
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);

        var desk = await office.OpenAsync($"/testing/{town.Round}/lab");
        var wrong = await office.SubmitAsync(desk.Form($"form[action='/testing/{town.Round}/lab/upload']").Attach("file", "结果.csv", LabBench.Csv(new("T1", 10, 3, "阴性"), new("T2", 10, 1, "阴性"))));
        wrong.One("#rows").TextContent.ShouldContain("D3");
        wrong.One("#rows").TextContent.ShouldContain("人数不符");
        wrong.All("a[href='#publish']").ShouldBeEmpty();

        var right = await office.SubmitAsync((await office.OpenAsync($"/testing/{town.Round}/lab")).Form($"form[action='/testing/{town.Round}/lab/upload']").Attach("file", "结果2.csv", LabBench.Csv(new Said("T1", 10, 2, "阴性"))));
        right.One("#absent").TextContent.ShouldContain("T2");
        var id = (await town.App.ReadAsync(db => db.Set<LabFile>().SingleAsync(f => f.Number == 2, Ct))).Id;
        (await leader.OpenAsync($"/testing/{town.Round}/lab/{id}")).All("a[href='#publish']").ShouldBeEmpty("the leader looks");
        var done = await office.SubmitAsync(right.Form($"form[action='/testing/{town.Round}/lab/{id}/publish']"));
        done.One(".flash.info").TextContent.ShouldContain("全部发布");
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Neg);
    }
}
