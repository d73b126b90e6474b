using System.Globalization;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>What the tables of a simulated day say, minute by minute: tubes of ten, opened, filled and closed.</summary>
internal sealed class RushDay
{
    private const int Together = 10;
    private const double Before = -0.02, After = 0.02;

    private RushDay(IReadOnlyList<IReadOnlyList<TubeFact>> batches, int minute) => (Batches, Minute) = (batches, minute);

    /// <summary>Minute from the start of the plan.</summary>
    public int Minute { get; }

    /// <summary>What the phones of the tables send in this minute.</summary>
    public IReadOnlyList<IReadOnlyList<TubeFact>> Batches { get; }

    public IEnumerable<Guid> People => Batches.SelectMany(b => b).Select(f => f.PersonId).OfType<Guid>();

    /// <summary>The day's minutes in order. The people behind a door come in any order: the simulator does not tell them apart.</summary>
    public static IReadOnlyList<RushDay> Minutes(Guid round, PlannedRound planned, SimulatedDay day)
    {
        var behind = planned.People.GroupBy(p => (p.UnitId, p.Household, p.Lane)).ToDictionary(g => g.Key, g => new Queue<Guid>(g.Select(p => p.PersonId)));
        var said = new List<(double At, Guid Phone, TubeFact Fact)>();
        var number = 0;
        foreach (var table in day.Visits.GroupBy(v => (v.SiteId, v.TableLane, v.Table)))
        {
            var phone = Ids.New();
            foreach (var tube in table.OrderBy(v => v.ServedMinutes).Chunk(Together))
            {
                var code = string.Create(CultureInfo.InvariantCulture, $"R{++number:000000}");
                Say(tube[0].ServedMinutes + Before, Fact(TubeFactKind.Opened) with { Size = Together, SiteId = table.Key.SiteId });
                foreach (var visit in tube) Say(visit.ServedMinutes, Fact(TubeFactKind.Sampled) with { PersonId = behind[(visit.UnitId, visit.Household, visit.Lane)].Dequeue() });
                Say(tube[^1].ServedMinutes + After, Fact(TubeFactKind.Closed) with { Members = tube.Length });

                TubeFact Fact(TubeFactKind kind) => new(Ids.New(), round, code, kind, default, default) { DeviceId = phone, By = phone };
                void Say(double at, TubeFact fact)
                {
                    var seen = planned.Request.Start.AddMinutes(at);
                    said.Add((at, phone, fact with { SeenAt = seen, ReceivedAt = seen }));
                }
            }
        }

        return [.. said.GroupBy(s => (int)Math.Floor(s.At)).OrderBy(g => g.Key)
            .Select(g => new RushDay([.. g.GroupBy(s => s.Phone).Select(p => (IReadOnlyList<TubeFact>)[.. p.OrderBy(s => s.At).Select(s => s.Fact)])], g.Key))];
    }
}
