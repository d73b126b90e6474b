using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Access.Returns.Records;

/// <summary>A line of the list.</summary>
internal sealed record ReturnLine(
    Guid Id, string Name, string NumberMasked, string? PhoneMasked, string? Unit, ReturnState State, ReturnOutcome? Outcome, DateOnly? Until, DateOnly Arrives, DateTimeOffset? SlotStarts, DateTimeOffset? ArrivedAt, DateOnly? ObservedUntil, bool Doubted, bool IsKnown);

/// <summary>A record as its page shows it.</summary>
internal sealed record ReturnView(
    ReturnRecord Record, ReturnSeason Season, string? Unit, string? PhoneMasked, ReturnJourney Journey, ReturnRuling? Ruling, IReadOnlyList<RulingLine> Lines, int Rulings, IReadOnlyList<ReturnEvent> Events, ReturnSlot? Waits);

/// <summary>A slot that can be booked.</summary>
internal sealed record SlotChoice(Guid Id, DateOnly Day, DateTimeOffset Starts, DateTimeOffset Ends, int Free);

/// <summary>Lists and single records within an actor's reach; the own record for whoever holds its link.</summary>
internal sealed class ReadReturns(TongxinDb db, ReturnSight sight, SecretBox box, TimeProvider clock)
{
    public const string State = "state";
    public const string Outcome = "outcome";
    public const string Unit = "unit";
    public const string Day = "day";
    public const string Special = "special";
    private const int MostMasked = 4;

    public static readonly IReadOnlyList<string> Specials = ["late", "doubted", "unknown", "not-yet", "sheltered", "over", "outstanding", "came"];

    public static readonly TableDefaults Defaults = new("sent", FilterKeys: [State, Outcome, Unit, Day, Special]);

    private static readonly TableSort<ReturnRecord> Sort = new TableSort<ReturnRecord>(r => r.Id)
        .By("sent", r => r.CreatedAt).By("name", r => r.NameFolded).By("number", r => r.Number).By("state", r => r.State).By("arrives", r => r.Arrives).By("slot", r => r.SlotStarts).By("until", r => r.ObservedUntil);

    public async Task<(IReadOnlyList<ReturnLine> Rows, int Total)> ListAsync(Guid season, TableQuery query, Actor actor, CancellationToken ct)
    {
        var found = await NarrowAsync(season, query, actor, ReturnPermissions.Read, ct);
        var total = await found.CountAsync(ct);
        return (await LinesAsync(await Sort.Page(found, query).AsNoTracking().ToListAsync(ct), ct), total);
    }

    /// <summary>All rows that the list shows, for a file: masked like the list.</summary>
    public async Task<IReadOnlyList<ReturnLine>> AllAsync(Guid season, TableQuery query, Actor actor, CancellationToken ct) =>
        await LinesAsync(await Sort.Order(await NarrowAsync(season, query, actor, ReturnPermissions.Export, ct), query).AsNoTracking().ToListAsync(ct), ct);

    public async Task<ReturnView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var record = await (await sight.RecordsAsync(actor, ReturnPermissions.Read, ct)).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return record is null ? null : await ViewAsync(record, ct);
    }

    public async Task<ReturnView> ViewAsync(ReturnRecord record, CancellationToken ct)
    {
        var season = await db.Set<ReturnSeason>().AsNoTracking().SingleAsync(s => s.Id == record.SeasonId, ct);
        var ruling = record.RulingId is { } id ? await db.Set<ReturnRuling>().AsNoTracking().SingleAsync(r => r.Id == id, ct) : null;
        var rulings = await db.Set<ReturnRuling>().CountAsync(r => r.ReturnId == record.Id, ct);
        var events = await db.Set<ReturnEvent>().AsNoTracking().Where(e => e.ReturnId == record.Id).OrderByDescending(e => e.At).ToListAsync(ct);
        var waits = await db.Set<ReturnWait>().Where(w => w.ReturnId == record.Id).Select(w => (Guid?)w.SlotId).SingleOrDefaultAsync(ct);
        var unit = record.UnitId is { } own ? (await sight.TreeAsync(ct)).FirstOrDefault(u => u.Id == own)?.Name : null;
        return new ReturnView(
            record, season, unit, box.Unseal(record.PhoneSealed) is { } phone ? Mask.Phone(phone) : null, record.Journey(box), ruling, ruling?.Lines(box) ?? [], rulings, events,
            waits is { } slot ? await db.Set<ReturnSlot>().AsNoTracking().SingleAsync(s => s.Id == slot, ct) : null);
    }

    public async Task<IReadOnlyList<ReturnNote>> NotesAsync(Guid record, CancellationToken ct) =>
        await db.Set<ReturnNote>().AsNoTracking().Where(n => n.ReturnId == record).OrderByDescending(n => n.At).Take(5).ToListAsync(ct);

    /// <summary>Slots that have not ended, with the places that this college still has on their days.</summary>
    public async Task<IReadOnlyList<SlotChoice>> SlotsAsync(ReturnRecord record, CancellationToken ct)
    {
        var (now, today) = (clock.GetUtcNow(), CampusCalendar.DayOf(clock.GetUtcNow()));
        var slots = await db.Set<ReturnSlot>().AsNoTracking().Where(s => s.SeasonId == record.SeasonId && s.Day >= today).OrderBy(s => s.Day).ThenBy(s => s.StartMinute).ToListAsync(ct);
        var quotas = await db.Set<ReturnQuota>().AsNoTracking().Where(q => q.SeasonId == record.SeasonId && q.UnitId == record.CollegeId).ToDictionaryAsync(q => q.Day, ct);
        var own = slots.Find(s => s.Id == record.SlotId)?.Day;
        int Left(DateOnly day) => !quotas.TryGetValue(day, out var quota) ? int.MaxValue : Math.Max(0, quota.Places - quota.Taken + (day == own ? 1 : 0));
        return [.. slots.Where(s => s.Ends > now).Select(s => new SlotChoice(s.Id, s.Day, s.Starts, s.Ends, Math.Min(s.Free, Left(s.Day))))];
    }

    private async Task<IReadOnlyList<ReturnLine>> LinesAsync(List<ReturnRecord> records, CancellationToken ct)
    {
        var names = (await sight.TreeAsync(ct)).ToDictionary(u => u.Id, u => u.Name);
        return [.. records.Select(r => new ReturnLine(
            r.Id, r.Name, r.Number.Length > MostMasked ? new string('*', r.Number.Length - MostMasked) + r.Number[^MostMasked..] : r.Number, box.Unseal(r.PhoneSealed) is { } phone ? Mask.Phone(phone) : null,
            r.UnitId is { } unit ? names.GetValueOrDefault(unit) : null, r.State, r.Outcome, r.Until, r.Arrives, r.SlotStarts, r.ArrivedAt, r.ObservedUntil, r.Doubted, r.PersonId is not null))];
    }

    private async Task<IQueryable<ReturnRecord>> NarrowAsync(Guid season, TableQuery query, Actor actor, string permission, CancellationToken ct)
    {
        var found = (await sight.RecordsAsync(actor, permission, ct)).Where(r => r.SeasonId == season);
        if (Enum.TryParse<ReturnState>(query.Filter(State), out var state)) found = found.Where(r => r.State == state);
        if (Enum.TryParse<ReturnOutcome>(query.Filter(Outcome), out var outcome)) found = found.Where(r => r.Outcome == outcome);
        if (Guid.TryParse(query.Filter(Unit), out var unit)) found = unit == Guid.Empty ? found.Where(r => r.CollegeId == null) : found.Where(r => r.CollegeId == unit || r.UnitId == unit);
        if (ReadDeclaration.Day(query.Filter(Day)) is { } day)
        {
            var (from, to) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
            found = found.Where(r => r.SlotStarts >= from && r.SlotStarts < to);
        }
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        found = query.Filter(Special) switch
        {
            "late" => found.Where(r => r.State == ReturnState.NotArrived),
            "doubted" => found.Where(r => r.Doubted),
            "unknown" => found.Where(r => r.PersonId == null && r.State != ReturnState.Cancelled),
            "not-yet" => found.Where(r => r.Outcome == ReturnOutcome.NotYet && r.State == ReturnState.Decided),
            "sheltered" => found.Where(r => r.State == ReturnState.Arrived),
            "over" => found.Where(r => r.State == ReturnState.Observing && r.ObservedUntil < today),
            "outstanding" => found.Where(r => r.State == ReturnState.Declared || r.State == ReturnState.Decided || r.State == ReturnState.Booked || r.State == ReturnState.NotArrived),
            "came" => found.Where(r => r.State == ReturnState.Cleared || r.State == ReturnState.Observing || r.State == ReturnState.Arrived),
            _ => found,
        };
        if (query.Q.Length == 0) return found;
        var (text, number) = (TextFold.ForSearch(query.Q), query.Q.ToUpperInvariant());
        return found.Where(r => r.NameFolded.Contains(text) || r.Number.StartsWith(number));
    }
}
