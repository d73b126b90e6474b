using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Figures;
using Tongxin.Core.Sampling.Search;
using Tongxin.Core.Teams;
using Xunit;

namespace Tongxin.Core.Tests.Sampling;

/// <summary>Small rounds against every possibility there is.</summary>
public sealed class SamplingBruteForceTests
{
    [Fact]
    public void Plan_SmallRounds_EndsAsEarlyAsTryingEverything()
    {
        const int Rounds = 300;
        var (later, most) = (new List<string>(), 0.0);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var request = Tiny(seed);
            var plan = SamplingPlanner.Plan(request, TestContext.Current.CancellationToken).Value;
            SamplingCheck.Run(request, plan).ShouldBeEmpty($"seed {seed}");
            var best = new Exhaustive(request).Best();
            if (best is null)
            {
                plan.Unplaced.ShouldNotBeEmpty($"seed {seed}");
                continue;
            }

            plan.Bounds[0].Minutes.ShouldBeLessThanOrEqualTo(best.Value, $"seed {seed}: the bound is no bound");
            if (plan.Unplaced.Count > 0)
            {
                later.Add($"seed {seed}: not everybody placed");
                continue;
            }

            plan.Score.FinishMinutes.ShouldBeGreaterThanOrEqualTo(best.Value, $"seed {seed}");
            if (plan.Score.FinishMinutes == best.Value) continue;
            most = Math.Max(most, (double)plan.Score.FinishMinutes / best.Value);
            later.Add($"seed {seed}: {plan.Score.FinishMinutes} for {best}");
        }

        TestContext.Current.SendDiagnosticMessage($"{later.Count} of {Rounds} later, most {most:0.000}: {string.Join("; ", later)}");
        later.Count.ShouldBeLessThanOrEqualTo(Rounds / 20);
    }

    /// <summary>
    /// Of all plans that end as early the planner's has one of the shortest queues, and of those with no longer queue one of the shortest ways. Neither
    /// is searched to the end as the finish is, so what is stated is how far from best it may be.
    /// </summary>
    [Fact]
    public void Plan_SmallRounds_QueuesAndWaysAreNearTheBestOfThoseThatEndAsEarly()
    {
        const int Rounds = 150;
        var (compared, longer, farther, people, metres, least) = (0, 0, 0, 0, 0L, 0L);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var request = Spread(Tiny(seed), seed);
            var plan = SamplingPlanner.Plan(request, TestContext.Current.CancellationToken).Value;
            var all = new Exhaustive(request);
            if (plan.Unplaced.Count > 0 || all.Best() != plan.Score.FinishMinutes || all.Ways(plan.Score) is not { } best) continue;
            compared++;
            plan.Score.LongestQueue.ShouldBeGreaterThanOrEqualTo(best.Queue, $"seed {seed}");
            plan.Score.WalkMetres.ShouldBeGreaterThanOrEqualTo(best.Walk, $"seed {seed}");
            if (plan.Score.LongestQueue > best.Queue) longer++;
            people = Math.Max(people, plan.Score.LongestQueue - best.Queue);
            if (plan.Score.WalkMetres > best.Walk) farther++;
            (metres, least) = (metres + plan.Score.WalkMetres, least + best.Walk);
        }

        TestContext.Current.SendDiagnosticMessage($"{compared} compared: queue longer in {longer}, by {people} at most; farther in {farther}, {metres} m for {least} m in all");
        compared.ShouldBeGreaterThan(Rounds / 2);
        longer.ShouldBeLessThanOrEqualTo(compared / 6);
        people.ShouldBeLessThanOrEqualTo(2);
        farther.ShouldBeLessThanOrEqualTo(compared / 10);
        ((double)metres).ShouldBeLessThanOrEqualTo(1.05 * least);
    }

    /// <summary>The same round with ways to walk.</summary>
    private static SamplingRequest Spread(SamplingRequest request, int seed)
    {
        var random = new Random(1_000 + seed);
        Position Somewhere() => new(random.Next(400), random.Next(400));
        return request with { Units = [.. request.Units.Select(u => u with { At = Somewhere() })], Sites = [.. request.Sites.Select(s => s with { At = Somewhere() })] };
    }

    private static SamplingRequest Tiny(int seed)
    {
        var random = new Random(seed);
        var start = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        var sites = random.Next(1, 3);
        return new SamplingRequest
        {
            Start = start,
            Slots = random.Next(3, 5),
            Units =
            [
                .. Enumerable.Range(0, random.Next(2, 5)).Select(u => new SamplingUnit(
                    Campus.Id(1, u), Campus.Id(2, u), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new LaneCounts(random.Next(1, 6)))])
                {
                    Risk = random.Next(5) == 0 ? RiskLevel.Middle : RiskLevel.Low,
                    Forbidden = random.Next(4) == 0 ? [new SamplingWindow(start, start.AddMinutes(30))] : [],
                }),
            ],
            Sites = [.. Enumerable.Range(0, sites).Select(s => new SamplingSite(Campus.Id(3, s), [new SamplingTable(Campus.Id(4, s), RatePerHour: random.Next(14, 30))]))],
        };
    }

    /// <summary>Every unit at every site, beginning in every slot, cut in every way.</summary>
    private sealed class Exhaustive(SamplingRequest request)
    {
        private readonly int[,] _used = new int[request.Sites.Count, request.Slots];
        private readonly RiskLevel?[,] _risk = new RiskLevel?[request.Sites.Count, request.Slots];
        private readonly Dictionary<string, int> _queues = new(StringComparer.Ordinal);
        private int _best = int.MaxValue, _looked;
        private long _walk;
        private (int Finish, int Queue) _within;
        private (int Queue, long Walk)? _ways;

        /// <summary>
        /// The shortest queue of all plans that end no later, and the shortest ways of those of them with no longer queue. Null: there are too many to look at.
        /// </summary>
        public (int Queue, long Walk)? Ways(SamplingScore score)
        {
            const int Most = 200_000;
            (_ways, _within, _looked, _best) = ((int.MaxValue, long.MaxValue), (score.FinishMinutes, score.LongestQueue), Most, score.FinishMinutes + 1);
            Unit(0, 0);
            return _looked > 0 ? _ways : null;
        }

        private void Look()
        {
            _looked--;
            if (_ways is not { } ways) return;
            var key = string.Join(',', _used.Cast<int>());
            if (!_queues.TryGetValue(key, out var queue))
            {
                var loads = from s in Enumerable.Range(0, request.Sites.Count)
                            from t in Enumerable.Range(0, request.Slots)
                            where _used[s, t] > 0
                            select new SlotLoad(request.Sites[s].Id, SamplingLane.Normal, t, RiskLevel.Low, _used[s, t], _used[s, t], 1);
                var rates = request.Sites.ToDictionary(s => s.Id, s => s.Tables[0].RatePerHour);
                _queues[key] = queue = QueueForecast.Of(request, [.. loads], l => rates[l.SiteId]).Select(q => q.Waiting).DefaultIfEmpty().Max();
            }

            _ways = (Math.Min(ways.Queue, queue), queue <= _within.Queue ? Math.Min(ways.Walk, _walk) : ways.Walk);
        }

        public int? Best()
        {
            Unit(0, 0);
            return _best == int.MaxValue ? null : _best;
        }

        private void Unit(int u, int finish)
        {
            if (finish >= _best) return;
            if (u == request.Units.Count)
            {
                if (_ways is null) _best = finish;
                else Look();
                return;
            }

            if (_ways is not null && _looked <= 0) return;

            for (var s = 0; s < request.Sites.Count; s++)
            {
                var way = (long)Job.Metres(request.Units[u], request.Sites[s]) * request.Units[u].Households.Sum(h => h.Normal);
                _walk += way;
                for (var t = 0; t < request.Slots; t++) Households(u, s, t, 0, finish);
                _walk -= way;
            }
        }

        private void Households(int u, int s, int t, int first, int finish)
        {
            var unit = request.Units[u];
            if (first == unit.Households.Count)
            {
                Unit(u + 1, finish);
                return;
            }

            if (t >= request.Slots || unit.Forbidden.Any(w => w.Starts < request.SlotStart(t + 1) && request.SlotStart(t) < w.Ends)) return;
            if (_risk[s, t] is { } risk && risk != unit.Risk) return;
            var places = (int)Math.Floor(request.Sites[s].Tables[0].RatePerHour * 0.5m * 0.85m);
            var (before, people) = (_risk[s, t], 0);
            for (var last = first; last < unit.Households.Count; last++)
            {
                people += unit.Households[last].Normal;
                if (_used[s, t] + people > places) break;
                _used[s, t] += people;
                _risk[s, t] = unit.Risk;
                var end = (t * 30) + (int)Math.Ceiling(_used[s, t] * 30m / places);
                Households(u, s, t + 1, last + 1, Math.Max(finish, end));
                _used[s, t] -= people;
                _risk[s, t] = before;
            }
        }
    }
}
