using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.People.Data;
using Tongxin.People.ExportRegister;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>A part of the register leaves only with a purpose, a second person, masked, marked, and for a day.</summary>
public sealed class ExportTests
{
    [Theory, BothProviders]
    public async Task Export_ApprovedByAnotherUnit_IsTakenByItsRequesterAloneWithinADay(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        await town.App.CallAsync(async (SecretBox box) =>
        {
            await town.App.AddAsync(Person.Create(Ids.New(), new PersonFacts { Name = "=HYPERLINK(\"x\")" }, box, town.App.Clock.Now));
            return 0;
        });
        using var office = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Everything, null, null, town.Physics.Id);
        using var other = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Everything, null, null, town.Physics.Id);
        var form = await office.OpenAsync("/people/export");
        (await form.SubmitAsync("main form", ("Form.Purpose", ""))).One("#f-Form-Purpose-error").ShouldNotBeNull();
        await form.SubmitAsync("main form", ("Form.Purpose", "核对底数"));
        var export = await town.App.ReadAsync(db => db.Set<Export>().SingleAsync());
        (await office.OpenAsync($"/people/exports/{export.Id}/file")).Status.ShouldBe(HttpStatusCode.NotFound);

        await DecideAsync(town, approve: true);

        (await other.OpenAsync($"/people/exports/{export.Id}/file")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var answer = await office.Http.GetAsync(new Uri($"/people/exports/{export.Id}/file", UriKind.Relative), Town.Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var sheet = await SheetAsync(answer);
        sheet.ShouldContain("王小明");
        sheet.ShouldContain("199****1234");
        sheet.ShouldNotContain("19900001234");
        sheet.ShouldNotContain("血液透析");
        sheet.ShouldContain("核对底数");
        sheet.ShouldNotContain("<f>");
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "people.export.taken"))).ShouldBe(1);

        town.App.Clock.Advance(TimeSpan.FromHours(25));
        using var late = await town.App.SignInAsAsync(Roles.Office);
        (await town.App.CallAsync((ExportDesk desk) => desk.TakeAsync(export.Id, Requester(town, export), Town.Ct))).Error.Code.ShouldBe("people.export.not-found");
    }

    [Theory, BothProviders]
    public async Task Export_Refused_IsNeverTaken(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var requester = town.App.ActorOf(Roles.Office, unitId: town.Physics.Id);
        var id = (await town.App.CallAsync((ExportDesk desk) => desk.RequestAsync("", "核对", requester, Town.Ct))).Value;

        await DecideAsync(town, approve: false);

        (await town.App.CallAsync((ExportDesk desk) => desk.TakeAsync(id, requester, Town.Ct))).Error.Code.ShouldBe("people.export.not-found");
    }

    [Theory, BothProviders]
    public async Task Export_OfNobody_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        var asked = await town.App.CallAsync((ExportDesk desk) =>
            desk.RequestAsync("?q=没有这个人", "核对", town.App.ActorOf(Roles.Office, unitId: town.Physics.Id), Town.Ct));

        asked.Error.Code.ShouldBe("people.export.empty");
    }

    private static async Task DecideAsync(Town town, bool approve)
    {
        var officer = town.App.ActorOf(Roles.PrivacyOfficer, unitId: town.History.Id);
        var open = (await town.App.CallAsync((IApprovals approvals) => approvals.ListOpenAsync(officer, Town.Ct))).ShouldHaveSingleItem();
        (await town.App.CallAsync((IApprovals approvals) => approvals.DecideAsync(open.Id, approve, "看过", officer, Town.Ct))).IsFailure.ShouldBeFalse();
    }

    private static Actor Requester(Town town, Export export) => town.Office with { AccountId = export.RequestedBy };

    private static async Task<string> SheetAsync(HttpResponseMessage answer)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(Town.Ct);
        using var zip = new ZipArchive(stream);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open()); // every workbook has it
        return await reader.ReadToEndAsync(Town.Ct);
    }
}
