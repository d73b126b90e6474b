using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Service;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>双报到: one person, the own unit and the community; both see the hours, the whole counts them once.</summary>
public sealed class TwoReportsTests
{
    [Theory, BothProviders]
    public async Task Hours_OfSomebodyWithTwoReports_AreSeenByBothAndCountedOnce(Provider provider)
    {
        await using var town = await DutyTown.BuildAsync(provider);
        var (zhao, from) = (town.Town.Zhao, new DateOnly(2021, 9, 1));
        var community = OrganisationUnit.Create(town.Town.Committee, UnitKind.Community, "曲江新村社区", "9", from, null);
        var gate = Post.Create(new PostFacts { Name = "社区卡口", PlaceId = town.Town.East.Id });
        var template = ShiftTemplate.Create(gate.Id, new ShiftFacts("早", 360, 480, 1, 1));
        var duty = RosterDuty.Of(town.Roster.SeriesId, template, DutyTown.Today);
        var turn = Turn.Draft(town.Roster.Id, duty.Id, zhao.Id);
        await town.App.AddAsync(
            community, Affiliation.Start(zhao.Id, community.Id, AffiliationRole.Member, from), gate, template, duty, turn,
            Attendance.Of(Ids.New(), turn, duty, AttendanceKind.In, AttendanceSource.Code, duty.Starts, Guid.Empty),
            Attendance.Of(Ids.New(), turn, duty, AttendanceKind.Out, AttendanceSource.Handover, duty.Ends, Guid.Empty));
        var once = new ServiceSum(1, 480);

        (await ReadAsync(await MembersAsync(town.Town.Physics.Id))).ShouldBe(once);
        (await ReadAsync(await MembersAsync(community.Id))).ShouldBe(once);
        (await ReadAsync([.. await MembersAsync(town.Town.Physics.Id), .. await MembersAsync(community.Id)])).ShouldBe(once);
        (await ReadAsync(await MembersAsync(town.Town.Committee.Id))).ShouldBe(once);
        (await ReadAsync(null)).ShouldBe(once);

        Task<IReadOnlyList<Guid>> MembersAsync(Guid unit) => town.App.CallAsync((IUnits u) => u.MembersAsync(unit, DutyTown.Today, Town.Ct));

        Task<ServiceSum> ReadAsync(IEnumerable<Guid>? people) => town.App.CallAsync(async (ServiceBook s) =>
            (await s.ReadAsync(DutyTown.Today, DutyTown.Today, people?.ToHashSet(), town.Town.Office, Town.Ct)).All);
    }
}
