using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Booking;

/// <summary>For whom an account may act: its person and the family at home. Room-mates are no family.</summary>
internal sealed class OwnPersons(IPersons persons, IHouseholds households)
{
    public async Task<IReadOnlyList<(Guid Id, string Name)>> OfAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } id || (await persons.FindAsync([id], ct)).SingleOrDefault() is not { } self) return [];
        if (self.HouseholdId is not { } home || (await households.FindAsync([home], ct)).SingleOrDefault() is not { Kind: HouseholdKind.Family }) return [(self.Id, self.Name)];
        var family = await households.ResidentsAsync([home], withCare: false, ct);
        return [(self.Id, self.Name), .. family.Where(r => r.PersonId != self.Id).Select(r => (r.PersonId, r.Name))];
    }
}

/// <summary>What somebody does for oneself and the household.</summary>
internal sealed class OwnBooking(OwnPersons own, ChangeBooking change)
{
    public Task<Result> BookAsync(Guid round, Guid person, Guid slot, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.BookAsync(round, person, slot, doer, ct), ct);

    public Task<Result> WaitAsync(Guid round, Guid person, Guid slot, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.WaitAsync(round, person, slot, doer, ct), ct);

    public Task<Result> StopWaitingAsync(Guid round, Guid person, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.StopWaitingAsync(round, person, doer, ct), ct);

    public Task<Result> CancelAsync(Guid round, Guid person, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.ReleaseAsync(round, person, null, doer, ct), ct);

    private async Task<Result> DoAsync(Guid person, Actor actor, Func<BookingDoer, Task<Result>> act, CancellationToken ct) =>
        (await own.OfAsync(actor, ct)).Any(p => p.Id == person) ? await act(new BookingDoer(actor, IsOwn: true)) : BookingErrors.NotFound;
}

/// <summary>What captain and office do for somebody of the own cells and places.</summary>
internal sealed class StaffBooking(IRounds rounds, ChangeBooking change)
{
    public Task<Result> ReleaseAsync(Guid round, Guid person, string? why, Actor actor, CancellationToken ct) => DoAsync(round, person, actor, doer => change.ReleaseAsync(round, person, why, doer, ct), ct);

    public Task<Result> BookAsync(Guid round, Guid person, Guid slot, Actor actor, CancellationToken ct) => DoAsync(round, person, actor, doer => change.BookAsync(round, person, slot, doer, ct), ct);

    private async Task<Result> DoAsync(Guid round, Guid person, Actor actor, Func<BookingDoer, Task<Result>> act, CancellationToken ct)
    {
        var reach = await rounds.ReachAsync(actor, BookingPermissions.Release, ct);
        return (await rounds.StatesAsync(round, [person], ct)).TryGetValue(person, out var target) && reach.Admits(target.CellId, target.PlacePath)
            ? await act(new BookingDoer(actor, IsOwn: false)) : BookingErrors.NotFound;
    }
}
