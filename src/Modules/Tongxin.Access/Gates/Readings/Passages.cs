using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Scans.Data;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Readings;

/// <summary>The scans of devices, and what is entered by hand beside them. Those whose clock was wrong are listed, never counted.</summary>
internal sealed class Passages(TongxinDb db, TimeProvider clock) : IPassages
{
    private const int MostOfOne = 200;
    private const int MostToFollow = 5000;

    public async Task<IReadOnlyList<PassageSum>> SumAsync(IReadOnlyCollection<Guid> gates, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        if (gates.Count == 0) return [];
        var sums = await Counted(from, until).Where(s => gates.Contains(s.GateId))
            .GroupBy(s => new { s.GateId, s.Kind, s.Verdict })
            .Select(g => new { g.Key.GateId, g.Key.Kind, g.Key.Verdict, Passages = g.Count(), Companions = g.Sum(s => s.Companions) }).ToListAsync(ct);
        return [.. sums.Select(s => new PassageSum(s.GateId, s.Verdict == ScanVerdict.Refused ? PassageKind.TurnedBack : Kind(s.Kind), s.Passages, s.Passages + s.Companions))];
    }

    public async Task<IReadOnlyList<PassageTime>> TimesAsync(Guid gate, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        [.. (await Counted(from, until).Where(s => s.GateId == gate && s.Verdict != ScanVerdict.Refused).Select(s => new { s.SeenAt, s.Kind }).ToListAsync(ct)).Select(s => new PassageTime(s.SeenAt, Kind(s.Kind)))];

    public async Task<IReadOnlyList<Passage>> ListAsync(PassageFilter filter, CancellationToken ct) =>
        [.. (await Filtered(filter).OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id).Skip(filter.Skip).Take(filter.Take).ToListAsync(ct)).Select(View)];

    public Task<int> CountAsync(PassageFilter filter, CancellationToken ct) => Filtered(filter).CountAsync(ct);

    public async Task<IReadOnlyList<Passage>> OfAsync(Guid? passRef, Guid? permitId, string? plate, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        if ((passRef ?? permitId) is null && plate is null) return [];
        var asked = db.Set<Scan>().AsNoTracking().Where(s => s.SeenAt >= from && s.SeenAt < until);
        asked = passRef is not null ? asked.Where(s => s.PassRef == passRef) : permitId is not null ? asked.Where(s => s.PermitId == permitId) : asked.Where(s => s.Plate == plate);
        return [.. (await asked.OrderByDescending(s => s.SeenAt).Take(MostOfOne).ToListAsync(ct)).Select(View)];
    }

    public async Task<IReadOnlyList<Passage>> ToFollowAsync(DateTimeOffset since, CancellationToken ct) =>
        [.. (await db.Set<Scan>().AsNoTracking().Where(s => s.ReceivedAt >= since && (s.PermitId != null || s.Kind == ScanKind.Emergency)).OrderBy(s => s.ReceivedAt).Take(MostToFollow).ToListAsync(ct)).Select(View)];

    public void Add(Passage passage, Actor actor) => db.Add(new Scan(passage.Id)
    {
        GateId = passage.GateId,
        Lane = passage.Lane,
        Kind = Enum.Parse<ScanKind>(passage.Kind.ToString()),
        Subject = Enum.Parse<ScanSubject>(passage.Subject.ToString()),
        Verdict = Enum.Parse<ScanVerdict>(passage.Verdict.ToString()),
        PassRef = passage.PassRef,
        PermitId = passage.PermitId,
        Plate = passage.Plate,
        Colour = passage.Colour is { } colour ? Enum.Parse<Colour>(colour) : null,
        ReasonCode = passage.ReasonCode,
        TemperatureCenti = passage.Temperature is { } degrees ? (int)(degrees * 100) : null,
        SeenAt = passage.SeenAt,
        Companions = passage.Companions,
        AccountId = actor.AccountId,
        ReceivedAt = clock.GetUtcNow(),
    });

    public Task<bool> IsKnownAsync(Guid id, CancellationToken ct) => db.Set<Scan>().AnyAsync(s => s.Id == id, ct);

    private IQueryable<Scan> Counted(DateTimeOffset from, DateTimeOffset until) =>
        db.Set<Scan>().AsNoTracking().Where(s => s.SeenAt >= from && s.SeenAt < until && s.Doubt != ScanDoubt.Clock);

    private IQueryable<Scan> Filtered(PassageFilter filter)
    {
        var asked = db.Set<Scan>().AsNoTracking().Where(s => filter.Gates.Contains(s.GateId) && s.SeenAt >= filter.From && s.SeenAt < filter.Until);
        return filter.Kind is { } kind ? asked.Where(s => s.Kind == Enum.Parse<ScanKind>(kind.ToString())) : asked;
    }

    private static PassageKind Kind(ScanKind kind) => Enum.Parse<PassageKind>(kind.ToString());

    private static Passage View(Scan s) => new(s.Id, s.GateId, Kind(s.Kind), s.SeenAt)
    {
        Lane = s.Lane,
        Subject = Enum.Parse<PassageSubject>(s.Subject.ToString()),
        Verdict = Enum.Parse<PassageVerdict>(s.Verdict.ToString()),
        PassRef = s.PassRef,
        PermitId = s.PermitId,
        Plate = s.Plate,
        Colour = s.Colour?.ToString(),
        ReasonCode = s.ReasonCode,
        Temperature = s.TemperatureCenti / 100m,
        Companions = s.Companions,
        Offline = s.Offline,
        IsDoubted = s.Doubt is not null,
        AccountId = s.AccountId,
        ReceivedAt = s.ReceivedAt,
    };
}
