using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RecordVisit;

/// <summary>Which targets an actor may act on: all, those of the cells of the own teams, or those in the own places.</summary>
internal sealed class VisitScope(TongxinDb db, IPlaces places)
{
    public async Task<TargetScope> OfAsync(Actor actor, string permission, CancellationToken ct)
    {
        var scope = actor.ScopeOf(permission);
        if (scope.Everything) return TargetScope.All;
        IReadOnlyList<Guid> cells = scope.Teams.Count == 0
            ? []
            : await db.Set<Cell>().Where(c => c.TeamId != null && scope.Teams.Contains(c.TeamId.Value)).Select(c => c.Id).ToListAsync(ct);
        IReadOnlyList<string> paths = scope.Places.Count == 0
            ? []
            : [.. (await places.ListAsync(ct)).Where(p => scope.Places.Contains(p.Id)).Select(p => p.Path)];
        return new TargetScope(false, cells, paths);
    }
}

/// <summary>A scope in terms of targets. Whatever it does not admit does not exist for the actor.</summary>
internal sealed record TargetScope(bool IsEverything, IReadOnlyList<Guid> Cells, IReadOnlyList<string> Paths)
{
    public static readonly TargetScope All = new(true, [], []);

    public bool Admits(Target target) =>
        IsEverything || Cells.Contains(target.CellId) || Paths.Any(p => target.PlacePath.StartsWith(p, StringComparison.Ordinal));

    /// <summary>As <see cref="Admits"/>, of doors alone: what stands in rounds of persons is recorded by the module that opened them.</summary>
    public bool AdmitsDoor(Target target) => target.Kind == TargetKind.Household && Admits(target);

    public RoundReach ToReach() => new(IsEverything, Cells, Paths);

    public static TargetScope Of(RoundReach reach) => new(reach.Everything, reach.Cells, reach.Paths);

    public IQueryable<Target> Within(IQueryable<Target> targets)
    {
        if (IsEverything) return targets;
        if (Paths.Count == 0) return targets.Where(t => Cells.Contains(t.CellId));
#pragma warning disable CA1310 // Runs in the database.
        return targets.Where(t => Cells.Contains(t.CellId) || Paths.Any(p => t.PlacePath.StartsWith(p)));
#pragma warning restore CA1310
    }
}
