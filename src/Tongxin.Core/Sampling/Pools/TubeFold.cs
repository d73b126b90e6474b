using Tongxin.Core.Common;

namespace Tongxin.Core.Sampling.Pools;

/// <summary>
/// The state of one tube from its facts. Pure; a tube depends on nothing but the facts that carry its code, in whatever order
/// and however often they arrived. Cost: O(n log n) for n facts of the tube.
/// </summary>
public static class TubeFold
{
    private static readonly TubeFlagKind[] Doubts =
    [
        TubeFlagKind.OtherDevice, TubeFlagKind.OtherRound, TubeFlagKind.OpeningsDiffer, TubeFlagKind.NotClosed,
        TubeFlagKind.CountDiffers, TubeFlagKind.ResultDisputed, TubeFlagKind.ResultOnVoided,
    ];

    /// <summary>
    /// The state after <paramref name="next"/> joined what is known. Refuses a fact that makes no sense, one of another tube,
    /// and an id already used for another fact; the same fact again gives the same state.
    /// </summary>
    public static Result<TubeState> Apply(string code, IReadOnlyCollection<TubeFact> known, TubeFact next)
    {
        if (next.TubeCode != code) return PoolErrors.CodeInvalid();
        var check = TubeRules.Check(next);
        if (check.IsFailure) return check.Error;
        if (known.Any(f => f.Id == next.Id && !f.IsSameFactAs(next))) return PoolErrors.IdReused(next.Id);
        return Of(code, known.Append(next));
    }

    /// <summary>The state of a set of facts. Facts of other tubes are a bug and throw.</summary>
    public static TubeState Of(string code, IEnumerable<TubeFact> facts)
    {
        var set = facts.ToList();
        if (set.Exists(f => f.TubeCode != code)) throw new ArgumentException("A fact belongs to another tube.", nameof(facts));

        var flags = new List<TubeFlag>();
        var placed = TubeOrder.Of(set, flags);
        var closing = placed.Find(f => f.Fact.Kind == TubeFactKind.Closed);
        var withdrawn = Withdrawn(placed, closing, flags);
        var openings = TubeOpenings.Of(placed, withdrawn.Keys.ToHashSet(), flags);
        var samples = placed.Where(f => f.Fact.Kind == TubeFactKind.Sampled).ToList();
        var seats = new TubeSeats(openings, closing).Seat(samples.Where(s => !withdrawn.ContainsKey(s.Fact.Id)));
        flags.AddRange(seats.Flags);

        var stated = Stated(placed, closing, flags);
        if (stated is { } count && !openings.IsCollision && count.Members != seats.Members.Count && count.Members != SeatedAtClosing(openings, closing, samples, withdrawn))
            flags.Add(new(count.FactId, TubeFlagKind.CountDiffers));

        var reports = Reports(placed, flags);
        var last = reports.Count == 0 ? (TubeReport?)null : Gravest(reports);
        var voided = placed.FindLast(f => f.Fact.Kind == TubeFactKind.Voided && !withdrawn.ContainsKey(f.Fact.Id));
        var boxed = placed.FindLast(f => f.Fact.Kind == TubeFactKind.Boxed && !withdrawn.ContainsKey(f.Fact.Id));
        var moved = last?.FactId ?? placed.FindLast(f => f.Fact.Kind is TubeFactKind.Boxed or TubeFactKind.Received or TubeFactKind.Testing && !withdrawn.ContainsKey(f.Fact.Id))?.Fact.Id;
        if (closing is null && moved is { } early) flags.Add(new(early, TubeFlagKind.NotClosed));
        if (voided is not null && last is { Result: not TubeResult.Invalid } odd) flags.Add(new(odd.FactId, TubeFlagKind.ResultOnVoided));
        if (openings.IsCollision && last is { } useless) flags.Add(new(useless.FactId, TubeFlagKind.ResultOnCollision));
        flags.Sort((a, b) => (a.FactId, a.Kind).CompareTo((b.FactId, b.Kind)));

        var isInDoubt = flags.Exists(f => Doubts.Contains(f.Kind));
        var isGrave = last?.Result is TubeResult.Pos or TubeResult.Grey;
        var result = voided is not null && !isGrave ? TubeResult.Invalid : last?.Result;
        var first = openings.First?.Fact;
        return new TubeState
        {
            Code = code,
            RoundId = first?.RoundId,
            SiteId = first?.SiteId,
            TableId = first?.TableId,
            DeviceId = first?.DeviceId,
            SamplerId = first?.SamplerId,
            Purpose = openings.Purpose,
            Size = openings.Size,
            RecheckOf = first?.RecheckOf,
            Stage = Stage(result, placed, withdrawn, openings, closing),
            OpenedAt = openings.First?.At,
            ClosedAt = closing?.At,
            CountAtClosing = stated?.Members,
            BoxCode = boxed?.Fact.BoxCode,
            IsCollided = openings.IsCollision,
            IsInDoubt = isInDoubt,
            Places = openings.Places,
            Members = seats.Members,
            Contested = seats.Contested,
            Reports = reports,
            Flags = [.. flags.Distinct()],
            Verdict = openings.IsCollision || (isInDoubt && result == TubeResult.Neg) ? null : result,
        };
    }

    /// <summary>What was taken back, and by which fact. Before closing one name is enough for a sample; a box is nobody's secret.</summary>
    private static Dictionary<Guid, PlacedFact> Withdrawn(List<PlacedFact> placed, PlacedFact? closing, List<TubeFlag> flags)
    {
        var byId = placed.ToDictionary(f => f.Fact.Id);
        var withdrawn = new Dictionary<Guid, PlacedFact>();
        foreach (var w in placed.Where(f => f.Fact.Kind == TubeFactKind.Withdrawn))
        {
            if (w.Fact.Corrects is not { } id || !byId.TryGetValue(id, out var target))
            {
                flags.Add(new(w.Fact.Id, TubeFlagKind.CorrectsUnknown));
                continue;
            }

            var kind = target.Fact.Kind;
            if (kind is TubeFactKind.Closed or TubeFactKind.Resulted or TubeFactKind.Withdrawn)
                flags.Add(new(w.Fact.Id, TubeFlagKind.CannotWithdraw));
            else if (w.Fact.HasTwoNames || kind == TubeFactKind.Boxed || (kind == TubeFactKind.Sampled && w.IsBefore(closing)))
                withdrawn.TryAdd(id, w);
            else
                flags.Add(new(w.Fact.Id, TubeFlagKind.SecondNameMissing));
        }

        return withdrawn;
    }

    /// <summary>How many were seated when it was closed: what was taken out or put in afterwards does not change what was counted.</summary>
    private static int SeatedAtClosing(TubeOpenings openings, PlacedFact? closing, List<PlacedFact> samples, Dictionary<Guid, PlacedFact> withdrawn) =>
        new TubeSeats(openings, closing)
            .Seat(samples.Where(s => s.IsBefore(closing) && (!withdrawn.TryGetValue(s.Fact.Id, out var w) || !w.IsBefore(closing))))
            .Members.Count;

    /// <summary>The count that holds: the first closing's, unless it was restated with two names.</summary>
    private static (int Members, Guid FactId)? Stated(List<PlacedFact> placed, PlacedFact? closing, List<TubeFlag> flags)
    {
        if (closing is null) return null;
        var stated = closing;
        foreach (var again in placed.Where(f => f.Fact.Kind == TubeFactKind.Closed && f != closing))
        {
            if (again.Fact.HasTwoNames) stated = again;
            else if (again.Fact.Members != closing.Fact.Members) flags.Add(new(again.Fact.Id, TubeFlagKind.ClosedAgain));
        }

        return (stated.Fact.Members ?? 0, stated.Fact.Id);
    }

    private static List<TubeReport> Reports(List<PlacedFact> placed, List<TubeFlag> flags)
    {
        var reports = placed
            .Where(f => f.Fact.Kind == TubeFactKind.Resulted)
            .Select(f => new TubeReport(f.Fact.Version, f.Fact.Result ?? TubeResult.Invalid, f.At, f.Fact.Id))
            .OrderBy(r => r.Version).ThenBy(r => r.At).ThenBy(r => r.FactId)
            .ToList();
        var top = reports.Where(r => r.Version == reports[^1].Version).ToList();
        if (top.DistinctBy(r => r.Result).Count() > 1) flags.Add(new(top[^1].FactId, TubeFlagKind.ResultDisputed));
        return reports;
    }

    private static TubeReport Gravest(List<TubeReport> reports) =>
        reports.Where(r => r.Version == reports[^1].Version).MaxBy(r => r.Result);

    private static TubeStage Stage(
        TubeResult? result, List<PlacedFact> placed, Dictionary<Guid, PlacedFact> withdrawn, TubeOpenings openings, PlacedFact? closing)
    {
        if (result is { } known)
        {
            return known switch
            {
                TubeResult.Neg => TubeStage.Neg,
                TubeResult.Pos => TubeStage.Pos,
                TubeResult.Grey => TubeStage.Grey,
                _ => TubeStage.Invalid,
            };
        }

        var kinds = placed.Where(f => !withdrawn.ContainsKey(f.Fact.Id)).Select(f => f.Fact.Kind).ToHashSet();
        if (kinds.Contains(TubeFactKind.Testing)) return TubeStage.Testing;
        if (kinds.Contains(TubeFactKind.Received)) return TubeStage.Received;
        if (kinds.Contains(TubeFactKind.Boxed)) return TubeStage.Boxed;
        if (closing is not null) return TubeStage.Closed;
        return openings.First is null ? TubeStage.Unopened : TubeStage.Open;
    }
}
