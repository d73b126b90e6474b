using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Data;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Cells;

/// <summary>A team to choose, and the cells it has already.</summary>
internal sealed record TeamChoice(Guid Id, string Name, TeamMemberView? Captain, string Cells);

/// <summary>The teams of a request's forms, read once however many forms the page has.</summary>
internal sealed class TeamChoices(TongxinDb db, ITeams teams)
{
    private IReadOnlyList<TeamChoice>? _choices;
    private Dictionary<Guid, Guid?> _teamOf = [];

    public async Task<IReadOnlyList<TeamChoice>> ReadAsync(CancellationToken ct)
    {
        if (_choices is not null) return _choices;
        var cells = await db.Set<Cell>().AsNoTracking().Where(c => c.EndedAt == null).OrderBy(c => c.SortKey)
            .Select(c => new { c.Id, c.Number, c.TeamId }).ToListAsync(ct);
        _teamOf = cells.ToDictionary(c => c.Id, c => c.TeamId);
        var numbers = cells.Where(c => c.TeamId is not null).ToLookup(c => c.TeamId.GetValueOrDefault(), c => c.Number);
        // Teams without a cell first: they are the ones that wait for one.
        return _choices = [.. (await teams.ListAsync(ct)).Select(t => new TeamChoice(t.Id, t.Name, t.Captain, string.Join('、', numbers[t.Id])))
            .OrderBy(t => t.Cells.Length > 0)];
    }

    public Guid? TeamOf(Guid cell) => _teamOf.GetValueOrDefault(cell);
}
