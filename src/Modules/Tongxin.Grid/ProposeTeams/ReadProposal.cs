using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>A proposal with the names that its page says.</summary>
internal sealed record ProposalView(TeamProposal Row, ProposalRequest Request, ProposalDocument? Document, GridPicture Picture, IReadOnlyDictionary<Guid, string> Names)
{
    public string Where(TeamDraft team) => UnitNames.Of(team.Cell.Select(p => Picture.UnitsById.GetValueOrDefault(p.UnitId)).OfType<GridUnit>().DistinctBy(u => u.Id));

    public string Name(Guid? person) => person is { } id ? Names.GetValueOrDefault(id, "") : "";
}

internal sealed record ProposalLine(Guid Id, ProposalState State, DateTimeOffset CreatedAt, int Teams, Guid? JobId);

/// <summary>Reads proposals for the actor who may edit what they are about.</summary>
internal sealed class ReadProposal(TongxinDb db, ReadGrid read, IPersons persons)
{
    private const int Most = 20;

    public async Task<ProposalView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var row = await db.Set<TeamProposal>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (row is null) return null;
        var picture = await read.ExecuteAsync(actor, GridPermissions.EditCells, ct);
        if (!Proposals.IsFor(row, picture, actor)) return null;
        var document = row.Answer is null ? null : ProposalDocument.Read(row.Answer);
        var people = document is null ? [] : document.Teams.SelectMany(t => t.Seats.Select(s => s.PersonId)).Concat(document.Unplaced.Select(u => u.PersonId)).ToList();
        var names = (await persons.FindAsync(people, ct)).ToDictionary(p => p.Id, p => p.Name);
        return new ProposalView(row, Proposals.RequestOf(row), document, picture, names);
    }

    /// <summary>The latest, newest first.</summary>
    public async Task<IReadOnlyList<ProposalLine>> ListAsync(GridPicture picture, Actor actor, CancellationToken ct)
    {
        var rows = await db.Set<TeamProposal>().AsNoTracking().OrderByDescending(p => p.CreatedAt).Take(Most).ToListAsync(ct);
        return [.. rows.Where(p => Proposals.IsFor(p, picture, actor))
            .Select(p => new ProposalLine(p.Id, p.State, p.CreatedAt, p.Answer is null ? 0 : ProposalDocument.Read(p.Answer).Teams.Count, p.JobId))];
    }
}
