using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Cells;

/// <param name="From">The cell they were in when the page was shown.</param>
internal sealed record MoveHouseholdsRequest(Guid From, Guid To, IReadOnlyList<Guid> Households, string? Why);

/// <summary>Moves single households into another cell: exceptions, which a new cut of their entrance leaves alone.</summary>
internal sealed class MoveHouseholds(TongxinDb db, EditGrid edit, ReadGrid read, TimeProvider clock)
{
    public Task<Result<int>> ExecuteAsync(MoveHouseholdsRequest request, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<int>(actor, picture => MoveAsync(request, picture, actor, ct), ct);

    private async Task<Result<int>> MoveAsync(MoveHouseholdsRequest request, GridPicture picture, Actor actor, CancellationToken ct)
    {
        if (request.Households.Count == 0) return CellErrors.NothingTicked();
        if (request.From == request.To) return CellErrors.Same();
        if (picture.Find(request.From) is null || picture.Find(request.To) is null) return CellErrors.Unknown();
        var doors = await read.DoorsOfAsync(picture, request.Households, ct);
        foreach (var id in request.Households)
        {
            if (doors.Find(id) is not { } home) return CellErrors.HouseholdUnknown();
            if (doors.CellOf(id) != request.From) return CellErrors.HouseholdMoved(home.Label, picture.NumberOf(doors.CellOf(id)));
        }

        await GridMoves.EndResponsibilitiesAsync(db, request.Households, CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        await GridMoves.MoveHomesAsync(db, request.Households, request.To, ct);
        db.Record(actor, "grid.households.moved", "cell", request.To, request.Why, new { from = request.From, households = request.Households });
        return request.Households.Distinct().Count();
    }
}
