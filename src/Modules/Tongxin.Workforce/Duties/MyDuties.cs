using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>An own turn with all that its holder needs to know.</summary>
/// <param name="With">Who else is on the duty.</param>
/// <param name="IsCalled">Of the reserve, and called.</param>
internal sealed record MyDuty(Turn Turn, RosterDuty Duty, Post Post, string? Place, IReadOnlyList<string> With, bool IsCalled = false)
{
    /// <summary>How long before its start somebody may check in.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    public bool IsToConfirm(DateTimeOffset now) => Turn.State == TurnState.Published && now < Duty.Ends;

    public bool IsToCheckIn(DateTimeOffset now) =>
        (!Turn.IsReserve || IsCalled) && Turn.State is TurnState.Published or TurnState.Confirmed or TurnState.Absent && Duty.Starts - Early <= now && now < Duty.Ends;

    /// <summary>May still change hands.</summary>
    public bool IsAhead(DateTimeOffset now) => Turn.State is TurnState.Published or TurnState.Confirmed && now < Duty.Starts;

    public bool IsThere => Turn.State is TurnState.OnPost or TurnState.HandingOver;
}

/// <summary>我的值班: the own turns, the next first.</summary>
internal sealed class MyDuties(TongxinDb db, DutyBook book, IPlaces places, TimeProvider clock)
{
    public const int MostPast = 30;

    /// <summary>Those that are not over, and those at which somebody still stands.</summary>
    public async Task<IReadOnlyList<MyDuty>> NextAsync(Guid? holder, CancellationToken ct)
    {
        if (holder is not { } person) return [];
        var now = clock.GetUtcNow();
        return await FillAsync(await book.Turns.AsNoTracking()
            .Where(x => x.Turn.PersonId == person && x.Turn.State != TurnState.Done && x.Turn.State != TurnState.Covered
                && (now < x.Duty.Ends || x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver))
            .OrderBy(x => x.Duty.Starts).ToListAsync(ct), ct);
    }

    public async Task<IReadOnlyList<MyDuty>> PastAsync(Guid? holder, CancellationToken ct)
    {
        if (holder is not { } person) return [];
        var now = clock.GetUtcNow();
        return await FillAsync(await book.Turns.AsNoTracking()
            .Where(x => x.Turn.PersonId == person && x.Turn.State != TurnState.OnPost && x.Turn.State != TurnState.HandingOver
                && (x.Duty.Ends <= now || x.Turn.State == TurnState.Done || x.Turn.State == TurnState.Covered))
            .OrderByDescending(x => x.Duty.Starts).Take(MostPast).ToListAsync(ct), ct);
    }

    public async Task<MyDuty?> FindAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return null;
        var found = await book.Turns.AsNoTracking().Where(x => x.Turn.Id == turnId && x.Turn.PersonId == person).ToListAsync(ct);
        return (await FillAsync(found, ct)).SingleOrDefault();
    }

    /// <summary>What happened that the person has not seen yet, newest first.</summary>
    public async Task<IReadOnlyList<DutyNote>> NotesAsync(Actor actor, CancellationToken ct) => actor.PersonId is not { } person ? [] :
        await db.Set<DutyNote>().AsNoTracking().Where(n => n.PersonId == person && n.SeenAt == null).OrderByDescending(n => n.At).Take(20).ToListAsync(ct);

    /// <summary>The decisions that notes are about, by application.</summary>
    public async Task<IReadOnlyDictionary<Guid, (string Call, Verdict Verdict)>> DecidedAsync(IReadOnlyList<DutyNote> told, CancellationToken ct)
    {
        var ids = told.Where(n => n.Kind == DutyNoteKind.ApplicationDecided).Select(n => n.TurnId).ToList();
        if (ids.Count == 0) return new Dictionary<Guid, (string, Verdict)>();
        var found = await (
            from a in db.Set<Application>().AsNoTracking()
            join c in db.Set<Call>() on a.CallId equals c.Id
            where ids.Contains(a.Id)
            select new { a.Id, c.Title, a.Verdict }).ToListAsync(ct);
        return found.ToDictionary(f => f.Id, f => (f.Title, f.Verdict));
    }

    public async Task SeenAsync(Guid noteId, Actor actor, CancellationToken ct)
    {
        if (await db.Set<DutyNote>().SingleOrDefaultAsync(n => n.Id == noteId && n.PersonId == actor.PersonId, ct) is not { } note) return;
        note.Seen(clock.GetUtcNow());
        await db.CommitAsync(ct);
    }

    private async Task<IReadOnlyList<MyDuty>> FillAsync(List<OnDuty> own, CancellationToken ct)
    {
        if (own.Count == 0) return [];
        var duties = own.ConvertAll(x => x.Duty.Id);
        var others = await book.Turns.AsNoTracking()
            .Where(x => duties.Contains(x.Duty.Id) && !x.Turn.IsReserve && x.Turn.State != TurnState.Absent && x.Turn.State != TurnState.Covered)
            .Select(x => new { x.Turn.DutyId, x.Turn.PersonId }).ToListAsync(ct);
        var names = await book.NamesAsync(others.Select(o => o.PersonId), ct);
        var where = own.Exists(x => x.Post.PlaceId is not null) ? (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Name) : [];
        var reserve = own.Where(x => x.Turn.IsReserve).Select(x => x.Turn.Id).ToList();
        var called = reserve.Count == 0 ? [] : await db.Set<DutyNote>().Where(n => reserve.Contains(n.TurnId) && n.Kind == DutyNoteKind.ReserveCalled).Select(n => n.TurnId).ToHashSetAsync(ct);
        return [.. own.Select(x => new MyDuty(
            x.Turn, x.Duty, x.Post, x.Post.PlaceId is { } place ? where.GetValueOrDefault(place) : null,
            [.. others.Where(o => o.DutyId == x.Duty.Id && o.PersonId != x.Turn.PersonId).Select(o => names.GetValueOrDefault(o.PersonId)).OfType<string>().Order(StringComparer.Ordinal)],
            called.Contains(x.Turn.Id)))];
    }
}
