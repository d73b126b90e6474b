using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Samples;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>A campus of the drill.</summary>
/// <param name="Site">Its testing site.</param>
internal sealed record DrillCampus(Guid Place, string Name, string Path, Guid Site);

/// <summary>The made-up university, or a part of it: its register through the import, a cell for each building, a site on each campus.</summary>
internal sealed class DrillUniversity
{
    private const int TablesOfSite = 4;

    private DrillUniversity(IReadOnlyList<DrillCampus> campuses) => Campuses = campuses;

    public IReadOnlyList<DrillCampus> Campuses { get; }

    public static async Task<DrillUniversity> BuildAsync(DrillStage stage, int people, int tables, CancellationToken ct)
    {
        var whole = DemoUniversity.Xingqing();
        // Every so many doors: each building stays, with fewer people.
        var of = (whole.Persons.Count + people - 1) / people;
        var part = whole with { Households = [.. whole.Households.Where(h => h.Key % of == 0)], Persons = [.. whole.Persons.Where(p => p.HouseholdKey % of == 0)] };
        using (var workbook = new MemoryStream())
        {
            PopulationWorkbook.Write(workbook, part);
            workbook.Position = 0;
            await stage.MustAsync((IPopulationImport i) => i.ImportAsync(workbook, "drill.xlsx", completeRoll: false, campus: null, Actor.System, ct));
        }

        var tree = await stage.DoAsync((IPlaces p) => p.ListAsync(ct));
        await stage.DoAsync((ICells c) => c.CutAsync([.. tree.Where(p => p.Kind == PlaceKind.Building).Select(b => new NewCell(
            $"{b.Code} {b.Name}", null, tree.Any(e => e.ParentId == b.Id) ? [.. tree.Where(e => e.ParentId == b.Id).Select(e => e.Id)] : [b.Id]))], Actor.System, ct));
        var campuses = new List<DrillCampus>();
        foreach (var campus in tree.Where(p => p.Kind == PlaceKind.Campus))
        {
            var site = await stage.MustAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite($"{campus.Name}采样点", campus.Id, null, Math.Max(TablesOfSite, tables)) { RatePerHour = 120 }, Actor.System, ct));
            campuses.Add(new DrillCampus(campus.Id, campus.Name, campus.Path, site));
        }

        return new DrillUniversity(campuses);
    }
}
