using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
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
        private int _best = int.MaxValue;

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
                _best = finish;
                return;
            }

            for (var s = 0; s < request.Sites.Count; s++)
                for (var t = 0; t < request.Slots; t++) Households(u, s, t, 0, finish);
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
