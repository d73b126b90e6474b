using Tongxin.Core.Common;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.Responsibilities;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Coverage;

/// <summary>A line of the 网格责任表. Households and people of all lines add up to those of the register.</summary>
internal sealed record ResponsibilityLine(
    string Number, string Building, string Entrance, int Households, int People, string Captain, string Members, ResponsibilityMode Mode, string? Phone, DateOnly? From, DateOnly? Until);

/// <summary>
/// 网格责任表: a line for each entrance of each cell, and one for each household or person that a member has taken on alone; those
/// are taken off the line of their entrance, so that nobody is counted twice.
/// </summary>
internal sealed class ReadResponsibilityTable(ReadGrid read, ReadResponsibilities responsibilities, IPersons persons)
{
    public async Task<IReadOnlyList<ResponsibilityLine>> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var picture = await read.ExecuteAsync(actor, GridPermissions.ReadCells, ct);
        var taken = (await responsibilities.ExecuteAsync(picture, null, ct)).ToLookup(t => t.CellId);
        // Masked, as the register shows them: whoever must call opens the person and says why.
        var phones = await persons.MaskedPhonesAsync([.. picture.Cells.SelectMany(c => c.Team?.Members ?? []).Select(m => m.PersonId).Distinct()], ct);
        // Doors are looked at one by one only where somebody has taken on something by the door or the person.
        var doors = await read.DoorsOfAsync(picture, [.. taken.SelectMany(c => c).Select(t => t.HouseholdId).OfType<Guid>().Distinct()], ct);
        return [.. picture.Cells.SelectMany(c => c.Shares.SelectMany(s => Lines(c, s, [.. taken[c.Id]], doors, phones)))];
    }

    private static IEnumerable<ResponsibilityLine> Lines(CellRow cell, CellShare share, IReadOnlyList<Taken> taken, GridDoors doors, IReadOnlyDictionary<Guid, string> phones)
    {
        var homes = doors.Of(share.Unit, cell.Id).ToDictionary(h => h.Id);
        List<Taken> alone = [.. taken.Where(t => t.Mode == ResponsibilityMode.Household && homes.ContainsKey(t.TargetId))];
        List<Taken> persons = [.. taken.Where(t => t.Mode == ResponsibilityMode.Person && t.HouseholdId is { } h && homes.ContainsKey(h))];
        var unit = taken.FirstOrDefault(t => t.Mode == ResponsibilityMode.Unit && t.TargetId == share.Unit.Id);
        int PersonsIn(Guid home) => persons.Count(p => p.HouseholdId == home);

        yield return Line(
            ResponsibilityMode.Unit, share.Households - alone.Count,
            share.People - alone.Sum(t => homes[t.TargetId].Residents - PersonsIn(t.TargetId)) - persons.Count, unit);
        foreach (var group in alone.GroupBy(t => t.MemberId))
            yield return Line(ResponsibilityMode.Household, group.Count(), group.Sum(t => homes[t.TargetId].Residents - PersonsIn(t.TargetId)), group.First());
        foreach (var group in persons.GroupBy(t => t.MemberId))
            yield return Line(ResponsibilityMode.Person, 0, group.Count(), group.First());

        ResponsibilityLine Line(ResponsibilityMode mode, int count, int people, Taken? who) => new(
            cell.Cell.Number, share.Unit.BuildingName, share.Unit.Entrance, count, people,
            cell.Team?.Captain?.Name ?? "",
            who?.Member ?? string.Join('、', cell.Team?.Members.Where(m => m.Role != TeamRole.Captain).Select(m => m.Name) ?? []),
            mode,
            (who?.MemberId ?? cell.Team?.Captain?.PersonId) is { } answers ? phones.GetValueOrDefault(answers) : null,
            who?.From ?? cell.Team?.StartsOn, cell.Team?.EndsOn);
    }
}
