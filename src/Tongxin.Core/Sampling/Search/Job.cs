using Tongxin.Core.Protocols;

namespace Tongxin.Core.Sampling.Search;

/// <summary>The people of one lane of a unit who are still to be given slots: one site, slots in a row, cut only between households.</summary>
internal sealed class Job
{
    public required int Index { get; init; }

    public required int Unit { get; init; }

    public required SamplingLane Lane { get; init; }

    public required RiskLevel Risk { get; init; }

    /// <summary>Indices of the unit's households that have somebody of the lane.</summary>
    public required int[] Households { get; init; }

    /// <summary>People of the first so many households; one longer than <see cref="Households"/>.</summary>
    public required int[] Prefix { get; init; }

    /// <summary>By slot: not forbidden.</summary>
    public required bool[] Allowed { get; init; }

    /// <summary>Jobs of one number have the same allowed slots.</summary>
    public required int Window { get; init; }

    /// <summary>Metres by site.</summary>
    public required int[] Walk { get; init; }

    public int People => Prefix[^1];

    public int Count => Households.Length;

    /// <summary>The jobs of a request, by unit and lane.</summary>
    /// <param name="request">The round.</param>
    /// <param name="skip">Households of a unit's lane that are done, counted among those with somebody of the lane.</param>
    public static List<Job> Of(SamplingRequest request, Func<int, SamplingLane, int>? skip = null)
    {
        var jobs = new List<Job>();
        var windows = new Dictionary<string, (int Number, bool[] Allowed)>();
        for (var u = 0; u < request.Units.Count; u++)
        {
            var unit = request.Units[u];
            int[]? walk = null;
            foreach (var lane in (ReadOnlySpan<SamplingLane>)[SamplingLane.Normal, SamplingLane.Green, SamplingLane.Apart])
            {
                var households = Enumerable.Range(0, unit.Households.Count).Where(h => unit.Households[h][lane] > 0).Skip(skip?.Invoke(u, lane) ?? 0).ToArray();
                if (households.Length == 0) continue;
                var prefix = new int[households.Length + 1];
                for (var i = 0; i < households.Length; i++) prefix[i + 1] = prefix[i] + unit.Households[households[i]][lane];
                var allowed = AllowedSlots(request, unit);
                var key = string.Concat(allowed.Select(a => a ? '1' : '0'));
                if (!windows.TryGetValue(key, out var window)) windows[key] = window = (windows.Count, allowed);
                jobs.Add(new Job
                {
                    Index = jobs.Count,
                    Unit = u,
                    Lane = lane,
                    Risk = unit.Risk,
                    Households = households,
                    Prefix = prefix,
                    Allowed = window.Allowed,
                    Window = window.Number,
                    Walk = walk ??= [.. request.Sites.Select(s => Metres(unit, s))],
                });
            }
        }

        return jobs;
    }

    public static int Metres(SamplingUnit unit, SamplingSite site)
    {
        if (unit.WalkMetres is { } known && known.TryGetValue(site.Id, out var metres)) return metres;
        return unit.At is { } from && site.At is { } to ? (int)Math.Round(from.MetresTo(to)) : 0;
    }

    private static bool[] AllowedSlots(SamplingRequest request, SamplingUnit unit)
    {
        var allowed = new bool[request.Slots];
        for (var t = 0; t < request.Slots; t++)
        {
            var (starts, ends) = (request.SlotStart(t), request.SlotStart(t + 1));
            allowed[t] = !unit.Forbidden.Any(w => w.Starts < ends && starts < w.Ends);
        }

        return allowed;
    }
}
