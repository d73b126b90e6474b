using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Responsibilities;

internal sealed record AssignRequest(Guid CellId, ResponsibilityMode Mode, Guid TargetId, Guid MemberId)
{
    /// <summary>One choice of a form says mode and target; nonsense becomes a target that lies in no cell.</summary>
    public static string Choice(ResponsibilityMode mode, Guid target) => $"{mode}:{target:N}";

    public static AssignRequest From(Guid cell, string? choice, Guid member) =>
        (choice ?? "").Split(':') is [var mode, var target] && Enum.TryParse<ResponsibilityMode>(mode, out var known) && Enum.IsDefined(known) && Guid.TryParse(target, out var id)
            ? new AssignRequest(cell, known, id, member)
            : new AssignRequest(cell, ResponsibilityMode.Unit, Guid.Empty, member);
}

/// <summary>A member of the cell's team takes on an entrance, a household or a person of the cell. Whoever had it before gives it up.</summary>
internal sealed class AssignResponsibility(TongxinDb db, EditGrid edit, ReadGrid read, IPersons persons, TimeProvider clock)
{
    public Task<Result<Guid>> ExecuteAsync(AssignRequest request, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<Guid>(actor, async picture =>
        {
            var row = picture.Editable(request.CellId);
            if (row.IsFailure) return row.Error;
            if (row.Value.Team is not { } team) return CellErrors.NoTeam();
            if (!team.Members.Any(m => m.PersonId == request.MemberId)) return CellErrors.NotAMember();
            if (!await LiesInAsync(request, row.Value, picture, ct)) return CellErrors.TargetOutside();

            var today = CampusCalendar.DayOf(clock.GetUtcNow());
            await db.Set<Responsibility>().Where(r => r.Mode == request.Mode && r.TargetId == request.TargetId && r.Until == null)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Until, today), ct);
            var taken = Responsibility.Take(request.CellId, request.Mode, request.TargetId, request.MemberId, today);
            db.Add(taken);
            db.Record(actor, "grid.responsibility.taken", "cell", request.CellId, details: new { request.Mode, request.TargetId, request.MemberId });
            return taken.Id;
        }, ct);

    public Task<Result<Guid>> EndAsync(Guid id, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<Guid>(actor, async picture =>
        {
            var found = await db.Set<Responsibility>().SingleOrDefaultAsync(r => r.Id == id && r.Until == null, ct);
            if (found is null || picture.Editable(found.CellId).IsFailure) return CellErrors.ResponsibilityUnknown();
            found.End(CampusCalendar.DayOf(clock.GetUtcNow()));
            db.Record(actor, "grid.responsibility.ended", "cell", found.CellId, details: new { found.Mode, found.TargetId, found.MemberId });
            return found.CellId;
        }, ct);

    private async Task<bool> LiesInAsync(AssignRequest request, CellRow row, GridPicture picture, CancellationToken ct) => request.Mode switch
    {
        ResponsibilityMode.Unit => row.Shares.Any(s => s.Unit.Id == request.TargetId),
        ResponsibilityMode.Household => await IsHomeAsync(request.TargetId, row, picture, ct),
        _ => (await persons.FindAsync([request.TargetId], ct)).SingleOrDefault()?.HouseholdId is { } home && await IsHomeAsync(home, row, picture, ct),
    };

    private async Task<bool> IsHomeAsync(Guid household, CellRow row, GridPicture picture, CancellationToken ct) =>
        (await read.DoorsOfAsync(picture, [household], ct)).FindIn(household, row.Id) is not null;
}
