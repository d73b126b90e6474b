using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Text;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Rounds;

/// <summary>A round as the engine and as this module knows it.</summary>
internal sealed record TestingView(RoundView Round, TestingRound Testing)
{
    public string Address => $"/testing/{Round.Id}";
}

/// <summary>A cell or a building of a round: targets = done + excused + outstanding.</summary>
internal sealed record TestingGroup(Guid Id, string Name, string? Detail, RoundBalance Balance);

/// <summary>The board of a round. Sums only; each is the sum of its rows.</summary>
internal sealed record TestingBoard(TestingView View, IReadOnlyList<TestingGroup> Cells, IReadOnlyList<TestingGroup> Buildings, IReadOnlyDictionary<SamplingLane, int>? Lanes);

/// <summary>Somebody on a list of a round.</summary>
internal sealed record TestingRow(
    Guid PersonId, string Name, string Room, string Cell, string? Captain, SamplingLane Lane, int PoolSize, TargetStatus Status, OutcomeKind? Result, string? Reason, DateTimeOffset? SeenAt);

/// <summary>A page of a list.</summary>
internal sealed record TestingRows(TestingView View, IReadOnlyList<TestingRow> Rows, int Total, IReadOnlyList<CellView> Cells);

/// <summary>Which rows are asked for.</summary>
internal sealed record TestingQuery(Guid RoundId, TargetStatus? Status = null, Guid? Cell = null, Guid? Building = null, string? Text = null, int Page = 1, int Size = 50);

/// <summary>Reads testing rounds within the actor's reach; whatever lies outside is not there.</summary>
internal sealed class ReadTesting(TongxinDb db, IRounds rounds, ICells cells, IPlaces places, IPersons persons, ITeams teams)
{
    public Task<RoundReach> ReachAsync(Actor actor, CancellationToken ct) => rounds.ReachAsync(actor, TestingPermissions.Read, ct);

    public async Task<IReadOnlyList<TestingView>> ListAsync(Actor actor, CancellationToken ct)
    {
        var known = await rounds.ListAsync(RoundKind.Testing, await ReachAsync(actor, ct), ct);
        var rows = await db.Set<TestingRound>().AsNoTracking().ToDictionaryAsync(r => r.Id, ct);
        return [.. known.Where(r => rows.ContainsKey(r.Id)).Select(r => new TestingView(r, rows[r.Id]))];
    }

    public async Task<TestingView?> FindAsync(Guid id, Actor actor, CancellationToken ct, string permission = TestingPermissions.Read)
    {
        var round = await rounds.FindAsync(id, await rounds.ReachAsync(actor, permission, ct), ct);
        if (round is not { Kind: RoundKind.Testing }) return null;
        return await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } testing ? new TestingView(round, testing) : null;
    }

    public async Task<TestingBoard?> BoardAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } view) return null;
        var reach = await ReachAsync(actor, ct);
        var figures = await rounds.FiguresAsync(id, reach, ct);
        var byId = (await places.ListAsync(ct)).ToDictionary(p => p.Id);
        var cellNames = await CellsAsync(ct);
        var captains = await CaptainsAsync(cellNames.Values, ct);
        List<TestingGroup> byCell = [.. figures.GroupBy(f => f.CellId)
            .Select(g => (Cell: cellNames.GetValueOrDefault(g.Key), Group: new TestingGroup(g.Key, cellNames.GetValueOrDefault(g.Key)?.Name ?? "", captains.GetValueOrDefault(g.Key), Sum(g))))
            .OrderByDescending(g => g.Group.Balance.Outstanding).ThenBy(g => g.Cell?.SortKey, StringComparer.Ordinal).Select(g => g.Group)];
        List<TestingGroup> byBuilding = [.. figures.GroupBy(f => byId.BuildingOf(f.PlaceId)?.Id ?? Guid.Empty)
            .Select(g => (Place: byId.GetValueOrDefault(g.Key), Group: new TestingGroup(g.Key, byId.GetValueOrDefault(g.Key)?.Name ?? "", null, Sum(g))))
            .OrderBy(g => g.Place is null).ThenBy(g => g.Place?.SortKey, StringComparer.Ordinal).Select(g => g.Group)];
        var lanes = reach.Everything
            ? await db.Set<Member>().Where(m => m.RoundId == id).GroupBy(m => m.Lane).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct)
            : null;
        return new TestingBoard(view, byCell, byBuilding, lanes);
    }

    public async Task<TestingRows?> RowsAsync(TestingQuery query, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(query.RoundId, actor, ct) is not { } view) return null;
        var reach = await ReachAsync(actor, ct);
        var inside = query.Building is { } building ? await InsideAsync(building, ct) : null;
        var page = await rounds.TargetsAsync(
            new TargetQuery(query.RoundId, query.Status, query.Cell, inside, Text: query.Text, Skip: (query.Page - 1) * query.Size, Take: query.Size), reach, ct);
        var ids = page.Rows.Select(t => t.Id).ToList();
        var names = await persons.NamesAsync(ids, ct);
        var members = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == query.RoundId && ids.Contains(m.PersonId)).ToDictionaryAsync(m => m.PersonId, ct);
        var cellNames = await CellsAsync(ct);
        var captains = await CaptainsAsync(cellNames.Values, ct);
        var whole = MayReadNames(actor);
        return new TestingRows(
            view,
            [.. page.Rows.Where(t => members.ContainsKey(t.Id)).Select(t =>
            {
                var name = names.GetValueOrDefault(t.Id) ?? "";
                return new TestingRow(
                    t.Id, whole ? name : Mask.Name(name), t.Label, cellNames.GetValueOrDefault(t.CellId)?.Name ?? "", captains.GetValueOrDefault(t.CellId), members[t.Id].Lane, members[t.Id].PoolSize,
                    t.Status, t.Result, t.Reason, t.LastSeenAt);
            })],
            page.Total, [.. cellNames.Values.Where(c => reach.Everything || reach.Cells.Count == 0 || reach.Cells.Contains(c.Id))]);
    }

    /// <summary>Whoever calls and visits reads names; whoever counts reads them masked.</summary>
    public static bool MayReadNames(Actor actor) => actor.Grants.Any(g => g.Role is Roles.Office or Roles.Captain or Roles.Helper or Roles.Doctor && g.Carries(TestingPermissions.Read));

    private async Task<Dictionary<Guid, CellView>> CellsAsync(CancellationToken ct) => (await cells.ListAsync(ct)).ToDictionary(c => c.Id);

    private async Task<Dictionary<Guid, string>> CaptainsAsync(IEnumerable<CellView> all, CancellationToken ct)
    {
        var byTeam = (await teams.ListAsync(ct)).ToDictionary(t => t.Id);
        return all.Where(c => c.TeamId is { } team && byTeam.GetValueOrDefault(team)?.Captain is not null).ToDictionary(c => c.Id, c => byTeam[c.TeamId.GetValueOrDefault()].Captain?.Name ?? "");
    }

    private async Task<IReadOnlyCollection<Guid>> InsideAsync(Guid building, CancellationToken ct)
    {
        if (building == Guid.Empty) return [Guid.Empty];
        var all = await places.ListAsync(ct);
        return all.FirstOrDefault(p => p.Id == building) is { } top ? [.. all.Where(p => p.Path.StartsWith(top.Path, StringComparison.Ordinal)).Select(p => p.Id)] : [];
    }

    private static RoundBalance Sum(IEnumerable<RoundFigure> figures)
    {
        int all = 0, done = 0, excused = 0;
        foreach (var f in figures)
        {
            all += f.Count;
            if (f.Status == TargetStatus.Done) done += f.Count;
            if (f.Status == TargetStatus.Excused) excused += f.Count;
        }
        return new RoundBalance(all, done, excused);
    }
}
