using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Booking;

/// <summary>Somebody for whom an account may act.</summary>
/// <param name="Entries">The person's entries in the register, the kept one first: rolls from before a merge know one of them.</param>
/// <param name="MayReadResult">Oneself, and children at home. What a test of another adult came to is for that person alone.</param>
internal sealed record OwnPerson(Guid Id, string Name, IReadOnlyList<Guid> Entries, bool IsSelf, bool MayReadResult);

/// <summary>For whom an account may act: its person and the family at home. Room-mates are no family.</summary>
internal sealed class OwnPersons(IPersons persons, IHouseholds households)
{
    public const int OfAge = 18;

    public async Task<IReadOnlyList<OwnPerson>> OfAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } id || (await persons.FindAsync([id], ct)).SingleOrDefault() is not { } self) return [];
        var family = self.HouseholdId is { } home && (await households.FindAsync([home], ct)).SingleOrDefault() is { Kind: HouseholdKind.Family }
            ? (await households.ResidentsAsync([home], withCare: false, ct)).Where(r => r.PersonId != self.Id).ToList() : [];
        var same = await persons.SameAsync([self.Id, .. family.Select(r => r.PersonId)], ct);
        return
        [
            new(self.Id, self.Name, [.. same.Of(self.Id)], IsSelf: true, MayReadResult: true),
            // Whose age nobody knows is no child.
            .. family.Select(r => new OwnPerson(r.PersonId, r.Name, [.. same.Of(r.PersonId)], IsSelf: false, r.Age < OfAge)),
        ];
    }
}

/// <summary>What somebody does for oneself and the household.</summary>
internal sealed class OwnBooking(OwnPersons own, ChangeBooking change)
{
    public Task<Result> BookAsync(Guid round, Guid person, Guid slot, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.BookAsync(round, person, slot, doer, ct), ct);

    public Task<Result> WaitAsync(Guid round, Guid person, Guid slot, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.WaitAsync(round, person, slot, doer, ct), ct);

    public Task<Result> StopWaitingAsync(Guid round, Guid person, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.StopWaitingAsync(round, person, doer, ct), ct);

    public Task<Result> CancelAsync(Guid round, Guid person, Actor actor, CancellationToken ct) => DoAsync(person, actor, doer => change.ReleaseAsync(round, person, null, null, doer, ct), ct);

    private async Task<Result> DoAsync(Guid person, Actor actor, Func<BookingDoer, Task<Result>> act, CancellationToken ct) =>
        (await own.OfAsync(actor, ct)).Any(p => p.Entries.Contains(person)) ? await act(new BookingDoer(actor, IsOwn: true)) : BookingErrors.NotFound;
}

/// <summary>What captain and office do for somebody of the own cells and places.</summary>
internal sealed class StaffBooking(IRounds rounds, ChangeBooking change)
{
    /// <summary>Takes back the slot that was looked at; whoever has another by now keeps it.</summary>
    public Task<Result> ReleaseAsync(Guid round, Guid person, Guid slot, string? why, Actor actor, CancellationToken ct) =>
        DoAsync(round, person, actor, doer => change.ReleaseAsync(round, person, slot, why, doer, ct), ct);

    public Task<Result> BookAsync(Guid round, Guid person, Guid slot, Actor actor, CancellationToken ct) => DoAsync(round, person, actor, doer => change.BookAsync(round, person, slot, doer, ct), ct);

    private async Task<Result> DoAsync(Guid round, Guid person, Actor actor, Func<BookingDoer, Task<Result>> act, CancellationToken ct)
    {
        var reach = await rounds.ReachAsync(actor, BookingPermissions.Release, ct);
        return (await rounds.StatesAsync(round, [person], ct)).TryGetValue(person, out var target) && reach.Admits(target.CellId, target.PlacePath)
            ? await act(new BookingDoer(actor, IsOwn: false)) : BookingErrors.NotFound;
    }
}
