using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.Access;
using Tongxin.Modules.Tests.Screening.Tubes;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Laboratory;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Laboratory;

/// <summary>Who is asked and who is told beside the people themselves: the laboratory about a file that waits, the leader on duty about a pool.</summary>
public sealed class ContactTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Contact_OfAFileThatWaits_IsKeptWithWhoWhomAndWhen(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        var waits = await town.UploadAsync(new Said("T1", 10, 9, "阴性"));
        var ready = await town.UploadAsync(new Said("T1", 10, 2, "阴性"));

        var desk = town.Office;
        (await ContactAsync(town, waits.Id, "  王主任 ", "说明天重发", desk)).ShouldBeNull();
        (await ContactAsync(town, waits.Id, "王主任", "说明天重发", desk)).ShouldBeNull("pressed twice");
        (await ContactAsync(town, waits.Id, "李检验", null)).ShouldBeNull();
        (await ContactAsync(town, waits.Id, " ", null)).ShouldBe("lab.whom-missing");
        (await ContactAsync(town, waits.Id, "王主任", new string('长', 201))).ShouldBe("lab.whom-missing");
        (await ContactAsync(town, ready.Id, "王主任", null)).ShouldBe("lab.not-quarantined");
        (await ContactAsync(town, Ids.New(), "王主任", null)).ShouldBe("lab.not-found");
        (await ContactAsync(town, waits.Id, "王主任", null, town.App.ActorOf(Roles.Office, ScopeKind.Place, Ids.New()))).ShouldBe("lab.not-found");
        (await ContactAsync(town, waits.Id, "王主任", null, town.App.ActorOf(Roles.DutyLeader))).ShouldBe("lab.not-found");

        var kept = await town.App.ReadAsync(db => db.Set<LabContact>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(Ct));
        kept.Select(c => (c.Whom, c.Note, c.At)).ShouldBe([("王主任", "说明天重发", town.App.Clock.Now), ("李检验", null, town.App.Clock.Now)]);
        (await town.App.JournalAsync("screening.lab-file.contacted")).Count.ShouldBe(2);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/testing/{town.Round}/lab/{waits.Id}");
        page.One("#contact").TextContent.ShouldContain("王主任");
        (await office.SubmitAsync(page.Form("form[action$='/contacted']").Set("whom", "赵技师"))).One("#contact").TextContent.ShouldContain("赵技师");
        (await office.OpenAsync($"/testing/{town.Round}/lab")).One("#files").TextContent.ShouldContain("已联系实验室");
        (await office.OpenAsync($"/testing/{town.Round}/lab/{ready.Id}")).All("#contact").ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task PositivePool_TellsTheLeaderOncePerPool(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var person = await town.GuestAsync("带班领导");
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader, ScopeKind.Everything, null, person);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]).Concat(town.Full("T2", [3])).Concat(town.Full("T3", [4])));

        await town.ReportAsync(new("T1", 10, 3, "阳性"), new("T2", 10, 1, "灰区"), new("T3", 10, 1, "阴性"));
        await town.ReportAsync(new Said("T1", 10, 3, "阴性", 2));
        await town.ReportAsync(new Said("T1", 10, 3, "阳性", 3));
        await town.WorkAsync();

        var notes = await town.App.ReadAsync(db => db.Set<TestingNote>().AsNoTracking().Where(n => n.PersonId == person).ToListAsync(Ct));
        notes.Select(n => (n.What, n.Arg)).Order().ShouldBe([("note.pool-leader", "T1"), ("note.pool-leader", "T2")]);
        (await leader.OpenAsync("/my-tests")).Text.ShouldContain("T2");
    }

    private static async Task<string?> ContactAsync(TubeTown town, Guid file, string? whom, string? note, Actor? actor = null) =>
        await town.App.CallAsync((ContactLab c) => c.ExecuteAsync(town.Round, file, whom, note, actor ?? town.Office, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
}
