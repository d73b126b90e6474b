using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Service;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>服务记录: counted from check-ins alone; a certificate that anybody who holds it can check; no ranking.</summary>
public sealed class ServiceTests
{
    [Theory, BothProviders]
    public async Task Turns_FourPeopleFourShiftsThreeGatesFifteenDays_Are720(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var first = DutyTown.Today;
        var rows = new List<object>();
        foreach (var name in new[] { "北门", "南门", "西门" })
        {
            var gate = Post.Create(new PostFacts { Name = name, PlaceId = town.Town.East.Id });
            rows.Add(gate);
            foreach (var start in new[] { 0, 6, 12, 18 })
            {
                var template = ShiftTemplate.Create(gate.Id, new ShiftFacts("班", start * 60, 360, 4, 4));
                rows.Add(template);
                for (var day = 0; day < 15; day++)
                {
                    var duty = RosterDuty.Of(town.Roster.SeriesId, template, first.AddDays(day));
                    rows.Add(duty);
                    foreach (var person in new[] { town.Town.Wang, town.Town.Li, town.Town.Zhao, town.Town.Qian })
                    {
                        var turn = Turn.Draft(town.Roster.Id, duty.Id, person.Id);
                        rows.AddRange([turn,
                            Attendance.Of(Ids.New(), turn, duty, AttendanceKind.In, AttendanceSource.Code, duty.Starts.AddMinutes(-10), Guid.Empty),
                            Attendance.Of(Ids.New(), turn, duty, AttendanceKind.Out, AttendanceSource.Handover, duty.Ends, Guid.Empty)]);
                    }
                }
            }
        }
        await town.App.AddAsync([.. rows]);

        var view = await town.App.CallAsync((ServiceBook s) => s.ReadAsync(first, first.AddDays(14), null, town.Town.Office, DutyTown.Ct));

        // Being early is not counted; being there is.
        view.All.ShouldBe(new ServiceSum(720, 720 * 360));
        view.ByCode.ShouldHaveSingleItem().ShouldBe((DutyCode.Watch, view.All));
        view.ByPerson.Select(p => p.Sum.Turns).ShouldBe([180, 180, 180, 180]);
        view.ByPerson.Select(p => p.Name).ShouldBe(view.ByPerson.Select(p => p.Name).Order(StringComparer.Ordinal));
        (await town.App.CallAsync((ServiceBook s) => s.ReadAsync(first, first, null, town.Town.Office, DutyTown.Ct))).All.Turns.ShouldBe(48);
        var west = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        (await town.App.CallAsync((ServiceBook s) => s.ReadAsync(first, first.AddDays(14), null, west, DutyTown.Ct))).All.Turns.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Certificate_AskedFor_IsPrintedAndCanBeChecked(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        await ServeAsync(town, 0, 22, 6);
        town.Set(DutyTown.Today.AddDays(2), 9);
        using var wang = await town.SignInAsync(town.Town.Wang);

        var mine = await wang.OpenAsync("/duties/service");
        mine.Text.ShouldContain("1 人次 · 6 小时");
        var certificate = await mine.SubmitAsync("#certificate form");

        certificate.Text.ShouldContain("王小明");
        certificate.Text.ShouldContain("1 次，共 6 小时");
        var issued = await town.App.ReadAsync(db => db.Set<ServiceCertificate>().SingleAsync());
        var check = certificate.Texts(".facts dd")[^1];
        using var anybody = town.App.Anonymous();
        (await anybody.OpenAsync($"/certificate-check?number={issued.Number}&code={check}")).Text.ShouldContain("证明属实");
        (await anybody.OpenAsync($"/certificate-check?number={issued.Number}&code={check[..^1]}0X")).Text.ShouldContain("对不上");
        using var li = await town.SignInAsync(town.Town.Li);
        (await li.OpenAsync($"/certificates/{issued.Number}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/certificates/{issued.Number}")).Status.ShouldBe(HttpStatusCode.OK);
        (await office.OpenAsync("/service?from=2022-04-01&through=2022-04-30")).Texts("#people .what b").ShouldBe(["王小明"]);
    }

    [Theory, BothProviders]
    public async Task Certificate_OfDaysWithoutService_IsRefused(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        await ServeAsync(town, 0, 10, 6);
        var wang = town.ActorOf(town.Town.Wang);

        (await IssueAsync(town, DutyTown.Today.AddDays(1), DutyTown.Today.AddDays(2), wang)).ShouldBe("duties.certificate.nothing");
        (await IssueAsync(town, DutyTown.Today, DutyTown.Today.AddDays(-1), wang)).ShouldBe("duties.certificate.days");
        (await IssueAsync(town, DutyTown.Today, DutyTown.Today, town.Town.Office)).ShouldBe("duties.turn.not-found");
        (await IssueAsync(town, DutyTown.Today, DutyTown.Today, wang)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Record_ByUnitAndTeam_CountsEachPersonOnceAndRanksNobody(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var (zhao, physics, committee) = (town.Town.Zhao, town.Town.Physics, town.Town.Committee);
        var from = new DateOnly(2021, 9, 1);
        // Of the college, and of the community as well; both are below the committee.
        var community = OrganisationUnit.Create(committee, UnitKind.Community, "曲江新村社区", "9", from, null);
        var team = Team.Create("物理一队", null, from, null);
        await town.App.AddAsync(community, Affiliation.Start(zhao.Id, community.Id, AffiliationRole.Member, from), team, Membership.Start(team.Id, zhao.Id, TeamRole.Captain, town.App.Clock.Now.AddDays(-1)));
        await ServeAsync(town, 1, 8, 6);
        await ServeAsync(town, 2, 8, 6, zhao);

        var view = await town.App.CallAsync((ServiceBook s) => s.ReadAsync(DutyTown.Today, DutyTown.Today.AddDays(3), null, town.Town.Office, DutyTown.Ct));

        view.All.ShouldBe(new ServiceSum(2, 720));
        view.ByUnit.Single(u => u.Name == physics.Name).ShouldBe(new GroupService(physics.Name, 1, new ServiceSum(1, 360)));
        view.ByUnit.Single(u => u.Name == committee.Name).ShouldBe(new GroupService(committee.Name, 1, new ServiceSum(1, 360)));
        view.ByTeam.ShouldHaveSingleItem().ShouldBe(new GroupService("物理一队", 1, new ServiceSum(1, 360)));
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var file = await office.Http.GetAsync(new Uri("/service.xlsx?from=2022-04-01&through=2022-04-30", UriKind.Relative), DutyTown.Ct);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await town.App.ReadAsync(db => db.Set<Tongxin.Platform.Journal.JournalEntry>().AnyAsync(j => j.Action == "workforce.service.exported"))).ShouldBeTrue();
    }

    private static async Task ServeAsync(DutyTown town, int days, int hour, int hours, Person? person = null)
    {
        var duty = await town.DutyAsync(DutyTown.Today.AddDays(days), hour, hours);
        var turn = await town.TurnAsync(duty, person ?? town.Town.Wang);
        await town.App.AddAsync(
            Attendance.Of(Ids.New(), turn, duty, AttendanceKind.In, AttendanceSource.Code, duty.Starts, Guid.Empty),
            Attendance.Of(Ids.New(), turn, duty, AttendanceKind.Out, AttendanceSource.Handover, duty.Ends, Guid.Empty));
    }

    private static async Task<string?> IssueAsync(DutyTown town, DateOnly from, DateOnly through, Actor actor)
    {
        Result<string> issued = await town.App.CallAsync((Certificates c) => c.IssueAsync(from, through, actor, DutyTown.Ct));
        return issued.IsFailure ? issued.Error.Code : null;
    }
}
