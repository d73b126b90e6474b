using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Samples;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Host.Demo;

/// <summary>The grid of the estate as the report tells it: 51 entrances, a team for each, its captain living there; and a round well under way.</summary>
internal sealed class DemoGrid(TongxinDb db, ITeams teams, ICells cells, IPlaces places, IHouseholds households, IRoundDesk rounds, TimeProvider clock)
{
    private static readonly Actor Actor = Actor.System;

    /// <summary>The captains, for whom there are demo accounts.</summary>
    public async Task<IReadOnlyList<(Guid Person, string Name)>> SeedAsync(DemoPlace estate, Func<int, Guid> personOf, CancellationToken ct)
    {
        var byEntrance = estate.Helpers.GroupBy(h => estate.Households[h.HouseholdKey].EntranceKey ?? -1).OrderBy(g => g.Key)
            .Select(g => (Entrance: estate.Entrances[g.Key], Captain: g.First(h => h.CanBeCaptain), Others: g.Where(h => !h.CanBeCaptain).ToList())).ToList();
        var made = await teams.CreateAsync([.. byEntrance.Select(t => new NewTeam(
            $"沁园红 {Label(estate, t.Entrance)} 队", null, personOf(t.Captain.PersonKey),
            [.. t.Others.Skip(1).Select(h => personOf(h.PersonKey))], [.. t.Others.Take(1).Select(h => personOf(h.PersonKey))]))], Actor, ct);
        if (made.IsFailure) throw new InvalidOperationException(made.Error.Code);
        await db.CommitAsync(ct);

        var tree = await places.ListAsync(ct);
        var byCodes = tree.Where(p => p.Kind == PlaceKind.Entrance).ToDictionary(p => (tree.First(b => b.Id == p.ParentId).Code, p.Code), p => p.Id);
        await cells.CutAsync([.. byEntrance.Select((t, at) => new NewCell(
            $"{estate.Buildings[t.Entrance.BuildingKey].Code}栋{t.Entrance.Code}单元", made.Value[at], [byCodes[(estate.Buildings[t.Entrance.BuildingKey].Code, t.Entrance.Code)]]))], Actor, ct);

        await OpenRoundAsync(ct);
        return [.. byEntrance.Select(t => (personOf(t.Captain.PersonKey), estate.Persons[t.Captain.PersonKey].Name))];
    }

    private static string Label(DemoPlace estate, DemoEntrance entrance) => $"{estate.Buildings[entrance.BuildingKey].Code}-{entrance.Code}";

    /// <summary>Most doors have been knocked on; a few entrances lag, some doors did not open three times.</summary>
    private async Task OpenRoundAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var started = now.AddHours(-9);
        var opened = await rounds.OpenDoorKnockAsync("敲门行动 第1轮", started, now.AddHours(3), Actor, ct);
        if (opened.IsFailure) throw new InvalidOperationException(opened.Error.Code);

        var dice = new Random(20_220_110);
        var facts = new List<DoorFact>();
        var index = 0;
        foreach (var entrance in (await households.ListAsync(null, ct)).GroupBy(h => h.PlaceId))
        {
            // The first two entrances belong to the demo captains: there must be doors left to knock on.
            var share = index++ < 2 ? 0.6 : dice.NextDouble() switch { < 0.35 => 1.0, < 0.75 => 0.93, < 0.9 => 0.8, _ => 0.55 };
            foreach (var home in entrance.Where(_ => dice.NextDouble() < share))
            {
                var seen = started.AddMinutes(20 + (dice.NextDouble() * 480));
                var roll = dice.NextDouble();
                var kind = home.Use == HousingUse.Vacant ? OutcomeKind.Vacant : roll < 0.93 ? OutcomeKind.Done : roll < 0.98 ? OutcomeKind.NotReached : OutcomeKind.Refused;
                facts.Add(new DoorFact(Ids.New(), home.Id, kind, seen));
                if (kind == OutcomeKind.NotReached && roll < 0.95)
                    facts.AddRange([new DoorFact(Ids.New(), home.Id, kind, seen.AddMinutes(90)), new DoorFact(Ids.New(), home.Id, kind, seen.AddMinutes(170))]);
            }
        }
        await rounds.EnterAsync(opened.Value, [.. facts.Where(f => f.SeenAt < now)], Actor, ct);
    }
}
