using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Data;

/// <summary>A cell and who answers for it now.</summary>
/// <param name="CaptainId">Null: no team, or a team without a captain. A gap by itself.</param>
internal sealed record ResponsibleCell(Guid CellId, string Number, string Name, string SortKey, bool IsReserve, Guid? TeamId, string? Team, Guid? CaptainId, string? Captain);

/// <summary>The cells with their captains; a few dozen rows, read once a page.</summary>
internal sealed class ResponsibleCells(TongxinDb db, ITeams teams)
{
    public async Task<IReadOnlyDictionary<Guid, ResponsibleCell>> ReadAsync(CancellationToken ct)
    {
        var cells = await db.Set<Cell>().AsNoTracking().OrderBy(c => c.SortKey).ToListAsync(ct);
        var known = (await teams.FindAsync([.. cells.Where(c => c.TeamId is not null).Select(c => c.TeamId.GetValueOrDefault()).Distinct()], ct))
            .ToDictionary(t => t.Id);
        return cells.ToDictionary(c => c.Id, c =>
        {
            var team = c.TeamId is { } id ? known.GetValueOrDefault(id) : null;
            return new ResponsibleCell(c.Id, c.Number, c.Name, c.SortKey, c.IsReserve, c.TeamId, team?.Name, team?.Captain?.PersonId, team?.Captain?.Name);
        });
    }
}
