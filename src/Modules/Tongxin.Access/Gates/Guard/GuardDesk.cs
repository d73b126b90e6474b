using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Guard;

/// <summary>What a guard writes where nothing can be scanned.</summary>
internal sealed record HandEntry(PassageKind Kind, DocumentKind? Document, string? Name, string? Reason, string? Plate, string? Temperature, int Companions);

/// <summary>What the gate answers, and why where it is more than yes.</summary>
internal sealed record GuardAnswer(PassageVerdict Verdict, Error? Why);

/// <summary>A permit that was looked for at a gate.</summary>
/// <param name="Obstacle">Why it does not let in; null when it does.</param>
/// <param name="OutObstacle">Why it does not let out.</param>
/// <param name="IsAlike">Another plate, easily misread for the one typed.</param>
internal sealed record FoundPermit(Permit Permit, Error? Obstacle, Error? OutObstacle, bool IsAlike);

/// <summary>What a guard does on the gate's own page: the same facts that a phone sends, entered by hand. The id is the form's, so a second click is the same passage.</summary>
internal sealed class GuardDesk(TongxinDb db, GateSight sight, IPlaces places, IPassages passages, PassBack passBack, EmergencyPapers papers, SecretBox box, TimeProvider clock)
{
    public const int LongestText = 60;
    public const int MostCompanions = 60;
    private const int Tries = 5;
    private const int MostFound = 5;

    /// <summary>By code, by plate, and by plates that look like it.</summary>
    public async Task<IReadOnlyList<FoundPermit>> FindAsync(Guid gateId, string? typed, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(gateId, actor, GatePermissions.Watch, ct) is not { } gate) return [];
        var code = PermitCode.Read(typed);
        var plate = PlateNumber.Parse(typed) is { IsFailure: false } read ? read.Value : (PlateNumber?)null;
        if (code is null && plate is null) return [];
        var (now, likeness) = (clock.GetUtcNow(), plate?.Likeness);
        var since = now.AddDays(-1);
        var found = await db.Set<Permit>().AsNoTracking()
            .Where(p => (code != null && p.Code == code) || (likeness != null && p.PlateLikeness == likeness && (p.EndsAt > since || p.UsedIn != p.UsedOut)))
            .ToListAsync(ct);
        var opens = await ConcernsAsync(gate, ct);
        return
        [
            .. found.Where(opens)
                .Select(p => new FoundPermit(p, p.Obstacle(gateId, isOut: false, now), p.Obstacle(gateId, isOut: true, now), p.Code != code && p.Plate != plate?.Value))
                .OrderBy(f => f.IsAlike).ThenBy(f => f.Obstacle is not null && f.OutObstacle is not null).ThenByDescending(f => f.Permit.StartsAt).Take(MostFound),
        ];
    }

    /// <summary>Somebody with a permit passes, or is turned back. Of two guards who take a single permit at the same moment, one is warned.</summary>
    public async Task<Result<GuardAnswer>> PermitAsync(Guid gateId, Guid entry, Guid permitId, PassageKind kind, string? temperature, Actor actor, CancellationToken ct)
    {
        var degrees = Temperature.Read(temperature);
        if (degrees.IsFailure) return degrees.Error;
        if (!Enum.IsDefined(kind) || entry == Guid.Empty) return GateErrors.Entry;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PassAsync(gateId, entry, permitId, kind == PassageKind.Emergency ? PassageKind.Out : kind, degrees.Value, actor, ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // Another gate used it at this moment: look again at what is left.
                db.Forget();
            }
            catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
            {
                return new GuardAnswer(PassageVerdict.Passed, null);
            }
        }
    }

    /// <summary>Somebody without a permit: document, reason, plate.</summary>
    public async Task<Result<GuardAnswer>> ByHandAsync(Guid gateId, Guid entry, HandEntry hand, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(gateId, actor, GatePermissions.Watch, ct) is not { } gate) return GateErrors.NotFound;
        if (entry == Guid.Empty || hand.Kind is not (PassageKind.In or PassageKind.Out or PassageKind.TurnedBack)) return GateErrors.Entry;
        if (hand.Name?.Length > LongestText || hand.Reason?.Length > LongestText || hand.Companions is < 0 or > MostCompanions) return GateErrors.EntryTooLong;
        var (degrees, plate) = (Temperature.Read(hand.Temperature), AskPermit.ReadPlate(hand.Plate));
        if (degrees.IsFailure) return degrees.Error;
        if (plate.IsFailure) return plate.Error;
        var name = TextFold.Clean(hand.Name);
        if (name.Length == 0 && plate.Value is null) return GateErrors.Entry;
        if (await passages.IsKnownAsync(entry, ct)) return new GuardAnswer(PassageVerdict.Passed, null);

        var now = clock.GetUtcNow();
        var answer = await JudgeAsync(gate, hand.Kind, null, plate.Value, now, ct);
        passages.Add(new Passage(entry, gateId, hand.Kind, now)
        {
            Subject = name.Length > 0 ? PassageSubject.Named : PassageSubject.Plate,
            Verdict = answer.Verdict,
            Plate = plate.Value,
            Temperature = degrees.Value,
            Companions = hand.Companions,
            ReasonCode = answer.Why?.Code,
        }, actor);
        db.Add(GateNote.Of(entry, gateId, now, hand.Document, name.Length == 0 ? null : name, string.IsNullOrWhiteSpace(hand.Reason) ? null : hand.Reason.Trim(), box));
        db.Record(actor, "access.passage.entered", "gate", gateId, details: new { hand.Kind, answer.Verdict });
        await db.CommitAsync(ct);
        return answer;
    }

    /// <summary>The gate is open. What is known now is written down; the papers are a task for others. Nothing typed can stop it.</summary>
    public async Task<Result> EmergencyAsync(Guid gateId, Guid entry, string? plate, string? note, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(gateId, actor, GatePermissions.Watch, ct) is not { } gate) return GateErrors.NotFound;
        var id = entry == Guid.Empty ? Platform.Ids.New() : entry;
        if (await passages.IsKnownAsync(id, ct) || await db.Set<Permit>().AnyAsync(p => p.Id == id, ct)) return Result.Ok;
        var now = clock.GetUtcNow();
        var read = AskPermit.ReadPlate(plate);
        // An unreadable plate is kept as it was typed.
        var said = string.Join(' ', new[] { read.IsFailure ? plate?.Trim() : null, note?.Trim() }.Where(t => !string.IsNullOrEmpty(t)));
        var passage = new Passage(id, gateId, PassageKind.Emergency, now) { Plate = read.IsFailure ? null : read.Value };
        passages.Add(passage, actor);
        papers.Open(passage, gate.PlaceId, said.Length > AskPermit.LongestText ? said[..AskPermit.LongestText] : said, actor);
        db.Record(actor, "access.emergency.let-out", "gate", gateId);
        // The same click twice at once is one exit.
        return await db.TryCommitAsync(GateErrors.Changed, GateErrors.Changed, ct) is { IsFailure: true } again && !await db.Set<Permit>().AsNoTracking().AnyAsync(p => p.Id == id, ct) ? again : Result.Ok;
    }

    private async Task<Result<GuardAnswer>> PassAsync(Guid gateId, Guid entry, Guid permitId, PassageKind kind, decimal? degrees, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(gateId, actor, GatePermissions.Watch, ct) is not { } gate) return GateErrors.NotFound;
        var permit = await db.Set<Permit>().SingleOrDefaultAsync(p => p.Id == permitId, ct);
        if (permit is null || !(await ConcernsAsync(gate, ct))(permit)) return PermitErrors.NotFound;
        if (await passages.IsKnownAsync(entry, ct) || await db.Set<PermitUse>().AnyAsync(u => u.Id == entry, ct)) return new GuardAnswer(PassageVerdict.Passed, null);

        var (now, isOut) = (clock.GetUtcNow(), kind == PassageKind.Out);
        var answer = kind == PassageKind.TurnedBack ? new GuardAnswer(PassageVerdict.Refused, null)
            : permit.Obstacle(gateId, isOut, now) is { } obstacle ? new GuardAnswer(obstacle == PermitErrors.UsedUp ? PassageVerdict.Warned : PassageVerdict.Refused, obstacle)
            // A patient comes back, a guest leaves: through a sealed gate, too.
            : permit.IsUnderWay && isOut != (permit.Kind == PermitKind.Hospital) ? new GuardAnswer(PassageVerdict.Passed, null)
            : await JudgeAsync(gate, kind, permit.Id, permit.Plate, now, ct);
        if (answer.Verdict != PassageVerdict.Refused)
        {
            permit.Pass(isOut, now);
            db.Add(PermitUse.Of(entry, permit.Id, gateId, now, answer.Why == PermitErrors.UsedUp));
        }
        passages.Add(new Passage(entry, gateId, kind, now)
        {
            Subject = PassageSubject.Permit,
            Verdict = answer.Verdict,
            PermitId = permit.Id,
            Plate = permit.Plate,
            Temperature = degrees,
            Companions = permit.Companions,
            ReasonCode = answer.Why?.Code,
        }, actor);
        db.Record(actor, "access.passage.entered", "gate", gateId, details: new { kind, answer.Verdict });
        await db.CommitAsync(ct);
        return answer;
    }

    private async Task<GuardAnswer> JudgeAsync(Gate gate, PassageKind kind, Guid? permit, string? plate, DateTimeOffset now, CancellationToken ct)
    {
        if (kind == PassageKind.TurnedBack) return new GuardAnswer(PassageVerdict.Refused, null);
        if (gate.State == GateState.Sealed) return new GuardAnswer(PassageVerdict.Refused, GateErrors.Sealed);
        if (kind != PassageKind.In || !await passBack.IsSecondAsync(gate, null, permit, permit is null ? plate : null, now, ct)) return new GuardAnswer(PassageVerdict.Passed, null);
        return new GuardAnswer(gate.PassBack == PassBackMode.Enforce ? PassageVerdict.Refused : PassageVerdict.Warned, GateErrors.PassBack);
    }

    /// <summary>The gate lies in the permit's place.</summary>
    private async Task<Func<Permit, bool>> ConcernsAsync(Gate gate, CancellationToken ct)
    {
        var all = (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Path);
        var own = all.GetValueOrDefault(gate.PlaceId) ?? "";
        return p => all.GetValueOrDefault(p.PlaceId) is { } path && own.StartsWith(path, StringComparison.Ordinal);
    }
}
