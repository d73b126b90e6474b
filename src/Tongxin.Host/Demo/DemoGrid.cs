using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Samples;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Host.Demo;

/// <summary>The grid of the estate as the report tells it: 51 entrances, a team for each, its captain living there.</summary>
internal sealed class DemoGrid(TongxinDb db, ITeams teams)
{
    /// <summary>The captains, for whom there are demo accounts.</summary>
    public async Task<IReadOnlyList<(Guid Person, string Name)>> SeedAsync(DemoPlace estate, Func<int, Guid> personOf, CancellationToken ct)
    {
        var actor = Actor.System;
        var byEntrance = estate.Helpers.GroupBy(h => estate.Households[h.HouseholdKey].EntranceKey ?? -1).OrderBy(g => g.Key).ToList();
        var wanted = byEntrance.Select(g =>
        {
            var entrance = estate.Entrances[g.Key];
            var captain = g.First(h => h.CanBeCaptain);
            var others = g.Where(h => h != captain).Select(h => personOf(h.PersonKey)).ToList();
            return new NewTeam($"沁园红 {estate.Buildings[entrance.BuildingKey].Code}-{entrance.Code} 队", null, personOf(captain.PersonKey), [.. others.Skip(1)], [.. others.Take(1)]);
        }).ToList();
        var made = await teams.CreateAsync(wanted, actor, ct);
        if (made.IsFailure) throw new InvalidOperationException(made.Error.Code);
        await db.CommitAsync(ct);
        return [.. byEntrance.Select(g => g.First(h => h.CanBeCaptain)).Select(h => (personOf(h.PersonKey), estate.Persons[h.PersonKey].Name))];
    }
}
