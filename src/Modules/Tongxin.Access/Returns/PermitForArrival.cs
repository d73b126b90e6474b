using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Permits;
using Tongxin.Access.Returns.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>
/// Who has a slot has a permit for it, so that any gate of the campus knows the person: a little before and after, because trains keep no
/// slots. Whom the register does not know the desk knows by name and number.
/// </summary>
internal sealed class PermitForArrival(TongxinDb db, IReturnPermits permits) : IHandle<ReturnBooked>, IHandle<ReturnBookingEnded>, IHandle<ReturnArrived>
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(60);

    public async Task HandleAsync(ReturnBooked happened, CancellationToken ct)
    {
        if (happened.PersonId is not { } person) return;
        var place = await db.Set<ReturnSeason>().Where(s => s.Id == happened.SeasonId).Select(s => s.PlaceId).SingleAsync(ct);
        if (place is not { } campus) return;
        var name = await db.Set<ReturnRecord>().Where(r => r.Id == happened.ReturnId).Select(r => r.Name).SingleAsync(ct);
        // A slot that is over by now needs none: the refusal is the answer.
        await permits.GrantAsync(new Permits.ReturnArrival(happened.ReturnId, person, name, campus, [], happened.Starts - Early, happened.Ends + Late), Actor.System, ct);
    }

    public Task HandleAsync(ReturnBookingEnded happened, CancellationToken ct) => permits.RevokeAsync(happened.ReturnId, "returns.slot-ended", Actor.System, ct);

    public Task HandleAsync(ReturnArrived happened, CancellationToken ct) => permits.RevokeAsync(happened.ReturnId, "returns.arrived", Actor.System, ct);
}
