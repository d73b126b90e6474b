using Tongxin.Access.Contracts;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Samples;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Host.Demo;

/// <summary>
/// The demo estate, entered the way an office would: its workbook through the import, then map, units, volunteers, teams.
/// What the demo shows has therefore gone through the product's own doors.
/// </summary>
internal sealed class DemoSeeder(
    TongxinDb db, IPopulationImport import, IPlaces places, IPersons persons, IUnits units, IVolunteers volunteers, DemoGrid grid, DemoDuty duty, DemoPasses passes, IGateSamples gates, DemoReturns returns, DemoTesting testing, IAccounts accounts,
    TimeProvider clock) : IDemoSeeder
{
    private static readonly Actor Actor = Actor.System;

    public async Task SeedAsync(CancellationToken ct)
    {
        var estate = DemoEstate.Qinyuan();
        // Units first: the workbook's departments then find their place below the committee.
        var unitIds = await AddUnitsAsync(estate, ct);
        await ImportAsync(estate, ct);

        var ids = await persons.FindByDocumentAsync([.. estate.Persons.Select(p => p.DocumentNumber)], ct);
        Guid PersonOf(int key) => ids[estate.Persons[key].DocumentNumber];

        await DrawAsync(estate, ct);
        await units.JoinAsync([.. estate.Memberships.Select(m => new NewAffiliation(PersonOf(m.PersonKey), unitIds[m.UnitKey], Enum.Parse<AffiliationRole>(m.Role.ToString()), estate.Day))], Actor, ct);
        await volunteers.OfferAsync([.. estate.Helpers.Select(h => new NewVolunteer(PersonOf(h.PersonKey), h.CanBeCaptain, h.CanBeCaptain))], Actor, ct);
        await db.CommitAsync(ct);

        var captains = await grid.SeedAsync(estate, PersonOf, ct);
        var campus = await CampusAsync(ct);
        await duty.SeedAsync(estate, campus, PersonOf, ct);
        await gates.SeedAsync(campus, [.. estate.Helpers.Take(4).Select(h => PersonOf(h.PersonKey))], Actor, ct);
        await returns.SeedAsync(estate, campus, PersonOf, ct);
        await testing.SeedAsync(campus, ct);
        await accounts.EnsureDemoAsync(Accounts([.. unitIds.Values.Distinct()], captains, campus), ct);
        await db.CommitAsync(ct);
        await passes.SeedAsync(PersonOf, ct);
    }

    private async Task ImportAsync(DemoPlace estate, CancellationToken ct)
    {
        using var workbook = new MemoryStream();
        PopulationWorkbook.Write(workbook, estate);
        workbook.Position = 0;
        var imported = await import.ImportAsync(workbook, "demo.xlsx", completeRoll: false, campus: null, Actor, ct);
        if (imported.IsFailure) throw new InvalidOperationException(imported.Error.Code);
    }

    /// <summary>Entrances stand side by side along the longer side of their building.</summary>
    private async Task DrawAsync(DemoPlace estate, CancellationToken ct)
    {
        var tree = await places.ListAsync(ct);
        var drawings = new List<PlaceDrawing>();
        foreach (var building in estate.Buildings)
        {
            var place = tree.First(p => p.Kind == PlaceKind.Building && p.Code == building.Code);
            drawings.Add(new PlaceDrawing(place.Id, building.X, building.Y, building.Width, building.Height));
            var entrances = tree.Where(p => p.ParentId == place.Id).ToList();
            for (var i = 0; i < entrances.Count; i++)
            {
                var lies = building.Width >= building.Height;
                var (width, height) = lies ? (building.Width / entrances.Count, building.Height) : (building.Width, building.Height / entrances.Count);
                drawings.Add(new PlaceDrawing(entrances[i].Id, building.X + (lies ? i * width : 0), building.Y + (lies ? 0 : i * height), width, height));
            }
        }
        await places.DrawAsync(drawings, Actor, ct);
    }

    /// <summary>Temporary branches last as long from today as they do in the sample, whenever that is.</summary>
    private async Task<Dictionary<int, Guid>> AddUnitsAsync(DemoPlace estate, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var later = Math.Max(0, today.DayNumber - estate.Day.DayNumber);
        var known = (await units.ListAsync(today, ct)).ToLookup(u => u.Name);
        var byKey = new Dictionary<int, Guid>();
        foreach (var unit in estate.Units) byKey[unit.Key] = known[unit.Name].FirstOrDefault()?.Id ?? await AddAsync(unit);
        await db.CommitAsync(ct);
        return byKey;

        async Task<Guid> AddAsync(DemoUnit unit)
        {
            var added = await units.AddAsync(new NewUnit(
                unit.ParentKey is { } parent ? byKey[parent] : null, Enum.Parse<UnitKind>(unit.Kind.ToString()), unit.Name, unit.StartsOn, unit.EndsOn?.AddDays(later)), Actor, ct);
            return added.IsFailure ? throw new InvalidOperationException(added.Error.Code) : added.Value;
        }
    }

    private async Task<Guid> CampusAsync(CancellationToken ct) => (await places.ListAsync(ct)).First(p => p.Kind == PlaceKind.Campus).Id;

    /// <summary>Units differ wherever the demo shows two people who must not be one: the office asks, the leader and the privacy officer decide.</summary>
    private static List<DemoAccount> Accounts(IReadOnlyList<Guid> homes, IReadOnlyList<(Guid Person, string Name)> captains, Guid campus)
    {
        Guid Home(int at) => homes[at % homes.Count];
        return
        [
            new("office", "防控办 周敏", Roles.Office, UnitId: Home(0)),
            new("leader", "带班领导 冯涛", Roles.DutyLeader, UnitId: Home(1)),
            new("doctor", "校医 沈洁", Roles.Doctor, ScopeKind.Place, campus, Home(2)),
            new("privacy", "信息保护 罗静", Roles.PrivacyOfficer, UnitId: Home(3)),
            new("auditor", "审计 韩冰", Roles.Auditor, UnitId: Home(4)),
            new("admin", "网络中心 贾斌", Roles.Administrator, UnitId: Home(5)),
            new("chief", "领导小组 汪洋", Roles.LeadingGroup, UnitId: Home(8)),
            new("guard", "门卫 邵强", Roles.Guard, ScopeKind.Place, campus, Home(9)),
            new("sampler", "采样点 陆洋", Roles.Sampler, ScopeKind.Place, campus, Home(10)),
            .. captains.Take(2).Select((c, i) => new DemoAccount($"captain{(i == 0 ? "" : "2")}", $"队长 {c.Name}", PersonId: c.Person, UnitId: Home(6 + i))),
        ];
    }
}
