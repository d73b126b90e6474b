using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// Which tubes are the sender's: opened at a site of the own, or opened first by the very phone (or desk) that speaks of them now, wherever
/// that was. A tube whose opening is not known yet is nobody else's.
/// </summary>
internal sealed class TubeReach
{
    private readonly IReadOnlySet<Guid>? _sites;

    private TubeReach(IReadOnlySet<Guid>? sites) => _sites = sites;

    /// <param name="facts">What is known of each tube, by code.</param>
    public static async Task<TubeReach> ReadAsync(TubeGround ground, IEnumerable<TubeItem> items, IReadOnlyDictionary<string, List<TubeFact>> facts, Actor actor, CancellationToken ct)
    {
        if (actor.IsSystem || actor.ScopeOf(TubePermissions.Take).Everything) return new TubeReach(null);
        // A table goes on with its own tubes nearly always: then nothing is asked.
        var others = items.Where(i => !i.IsVouched && facts.TryGetValue(i.Fact.TubeCode, out var known) && First(known) is { } first && !IsSameHand(first, i.Fact));
        var sites = others.SelectMany(i => facts[i.Fact.TubeCode]).Where(f => f.Kind == TubeFactKind.Opened).Select(f => f.SiteId).OfType<Guid>().ToHashSet();
        return new TubeReach(await ground.ReachedAsync(sites, actor, ct));
    }

    /// <summary>Whether the tube with these facts is the sender's of this one.</summary>
    public bool Admits(IReadOnlyCollection<TubeFact> known, TubeItem item) =>
        _sites is null || item.IsVouched || First(known) is not { } first || IsSameHand(first, item.Fact)
        || known.Any(f => f.Kind == TubeFactKind.Opened && f.SiteId is { } site && _sites.Contains(site));

    // By arrival: a clock that is set back makes nobody the first.
    private static TubeFact? First(IEnumerable<TubeFact> known) => known.Where(f => f.Kind == TubeFactKind.Opened).MinBy(f => (f.ReceivedAt, f.Id));

    private static bool IsSameHand(TubeFact opened, TubeFact fact) => opened.DeviceId is { } device ? device == fact.DeviceId : fact.DeviceId is null && opened.By == fact.By;
}
