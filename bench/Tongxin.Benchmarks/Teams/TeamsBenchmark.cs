using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Teams;
using Tongxin.Samples;

namespace Tongxin.Benchmarks.Teams;

/// <summary>
/// Proposals of teams: how far the answer may be from the best one (its own score over the lower bound of all answers) and how long it
/// takes. Reference of the time is the same request with no search for better cells: the exact split of a line and the exact assignments.
/// </summary>
internal sealed class TeamsBenchmark : IBenchmark
{
    private const int Teams = 20;
    private const int Repeats = 9;
    private const int MostMilliseconds = 1000;

    public string Name => "teams";

    public string About => "Team proposal for the demo estate: 51 entrances, 1,500 households, 389 volunteers, 20 teams";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        var request = Estate();
        var bare = request with { Steps = 0 };
        Propose(request, ct);
        Propose(bare, ct);
        Sample whole = new(), exact = new();
        for (var i = 0; i < Repeats; i++)
        {
            exact.Add(Sample.Milliseconds(() => Propose(bare, ct)));
            whole.Add(Sample.Milliseconds(() => Propose(request, ct)));
        }

        var proposal = Propose(request, ct);
        var without = Propose(bare, ct);
        var wrong = TeamsCheck.Run(request, proposal);
        var large = Made(entrances: 2_000, volunteers: 5_000, teams: 500);
        var largeTime = Sample.Milliseconds(() => Propose(large, ct));
        return Task.FromResult(new Measurement("1 s for the whole proposal", whole.Median / MostMilliseconds, 1, new Dictionary<string, object>
        {
            ["proposal ms (median)"] = Math.Round(whole.Median, 1),
            ["line and assignments alone ms (median)"] = Math.Round(exact.Median, 1),
            ["score"] = Math.Round(proposal.Score.Total, 2),
            ["score without search"] = Math.Round(without.Score.Total, 2),
            ["lower bound of any score"] = Math.Round(proposal.Score.LowerBound, 2),
            ["findings of the checker"] = wrong.Count,
            ["2,000 entrances, 5,000 volunteers, 500 teams ms"] = Math.Round(largeTime),
        }, wrong.Count == 0));
    }

    private static TeamsProposal Propose(TeamsRequest request, CancellationToken ct) => TeamsPlanner.Propose(request, ct).Value;

    private static TeamsRequest Estate()
    {
        var place = DemoEstate.Qinyuan();
        var households = place.Households.Where(h => h.EntranceKey is not null).ToLookup(h => h.EntranceKey ?? -1);
        var units = place.Entrances.Select((entrance, order) =>
        {
            var building = place.Buildings[entrance.BuildingKey];
            return new CoverUnit(Id(1, order), Id(2, entrance.BuildingKey), households[order].Count(), order, new Position(building.X + (order % 3 * 18), building.Y));
        }).ToList();
        var helpers = place.Helpers.Select(h =>
        {
            var home = place.Households[h.HouseholdKey].EntranceKey;
            return new Volunteer(Id(3, h.PersonKey), home is { } at ? Id(1, at) : null, h.CanBeCaptain, place.Persons[h.PersonKey].BranchKey is not null);
        }).ToList();
        return new TeamsRequest { Units = units, Volunteers = helpers, TeamCount = Teams };
    }

    /// <summary>Rows of houses 60 m apart with three doors each.</summary>
    private static TeamsRequest Made(int entrances, int volunteers, int teams)
    {
        var random = new Random(1);
        const int Doors = 3;
        var row = (int)Math.Sqrt(entrances / (double)Doors);
        return new TeamsRequest
        {
            Units = [.. Enumerable.Range(0, entrances).Select(i => new CoverUnit(
                Id(1, i), Id(2, i / Doors), random.Next(24, 37), i, new Position((i / Doors % row * 90) + (i % Doors * 18), i / Doors / row * 60)))],
            Volunteers = [.. Enumerable.Range(0, volunteers).Select(v => new Volunteer(Id(3, v), Id(1, random.Next(entrances)), random.Next(3) == 0, random.Next(2) == 0))],
            TeamCount = teams,
        };
    }

    private static Guid Id(int kind, int number) => new(number, (short)kind, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
