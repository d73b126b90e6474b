using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates;

/// <summary>Makes, changes, seals and opens gates.</summary>
internal sealed class KeepGates(TongxinDb db, GateSight sight, TimeProvider clock)
{
    public const int LongestName = 40;
    public const int LongestWhy = 200;
    public const int MostLanes = 20;
    public const int LongestPassBack = 24 * 60;

    public async Task<Result<Guid>> CreateAsync(GateFacts facts, GateState state, Actor actor, CancellationToken ct)
    {
        facts = facts with { Name = facts.Name.Trim() };
        if (await RefusalAsync(facts, null, actor, ct) is { } refusal) return refusal;
        if (facts.PassBack == PassBackMode.Enforce) return GateErrors.RefuseNeedsTwo;
        var now = clock.GetUtcNow();
        var gate = Gate.Create(facts, state, now);
        db.AddRange(gate, GateStateFact.Of(gate.Id, state, "", actor.AccountId, now));
        db.Record(actor, "access.gate.created", "gate", gate.Id, details: new { facts.Kind, state });
        var done = await CommitAsync(ct);
        return done.IsFailure ? done.Error : gate.Id;
    }

    public async Task<Result> ChangeAsync(Guid id, int seen, Func<GateFacts, GateFacts> change, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, GatePermissions.Edit, ct) is not { } gate) return GateErrors.NotFound;
        if (gate.Version != seen) return GateErrors.Changed;
        var (before, facts) = (gate.Facts, change(gate.Facts));
        facts = facts with { Name = facts.Name.Trim() };
        if (await RefusalAsync(facts, id, actor, ct) is { } refusal) return refusal;
        if (facts.PassBack == PassBackMode.Enforce && before.PassBack != PassBackMode.Enforce) return GateErrors.RefuseNeedsTwo;
        gate.Change(facts);
        db.Record(actor, "access.gate.changed", "gate", id, details: before.PassBack == facts.PassBack ? null : new { passBack = facts.PassBack });
        return await CommitAsync(ct);
    }

    public async Task<Result> AddLaneAsync(Guid id, Lane lane, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, GatePermissions.Edit, ct) is not { } gate) return GateErrors.NotFound;
        return await ChangeAsync(id, gate.Version, f => f with { Lanes = [.. f.Lanes, lane with { Name = lane.Name.Trim() }] }, actor, ct);
    }

    public async Task<Result> RemoveLaneAsync(Guid id, string name, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, GatePermissions.Edit, ct) is not { } gate) return GateErrors.NotFound;
        return await ChangeAsync(id, gate.Version, f => f with { Lanes = [.. f.Lanes.Where(l => l.Name != name)] }, actor, ct);
    }

    /// <summary>Seals, guards or leaves open; always with a reason, kept beside the gate.</summary>
    public async Task<Result> KeepAsync(Guid id, GateState state, string? why, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, GatePermissions.Seal, ct) is not { } gate) return GateErrors.NotFound;
        if (string.IsNullOrWhiteSpace(why) || why.Trim().Length > LongestWhy) return GateErrors.WhyMissing;
        if (!Enum.IsDefined(state) || gate.State == state) return GateErrors.AlreadySo;
        var now = clock.GetUtcNow();
        gate.Keep(state, now);
        db.Add(GateStateFact.Of(id, state, why.Trim(), actor.AccountId, now));
        db.Record(actor, "access.gate.kept", "gate", id, why.Trim(), new { state });
        return await CommitAsync(ct);
    }

    public async Task<Result> CloseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, GatePermissions.Edit, ct) is not { } gate) return GateErrors.NotFound;
        gate.Close(clock.GetUtcNow());
        db.Record(actor, "access.gate.closed", "gate", id);
        return await CommitAsync(ct);
    }

    private async Task<Error?> RefusalAsync(GateFacts facts, Guid? self, Actor actor, CancellationToken ct)
    {
        if (facts.Name.Length is 0 or > LongestName) return GateErrors.NameMissing;
        var inside = await sight.InsideAsync(actor, GatePermissions.Edit, ct);
        if (facts.PlaceId == Guid.Empty || !inside(facts.PlaceId) || (facts.ZoneId is { } zone && !inside(zone))) return GateErrors.Place;
        if (facts.Hours.Count != 7 || facts.Hours.OfType<DayHours>().Any(h => h.From is < 0 or >= DayHours.Day || h.To is < 0 or > DayHours.Day)) return GateErrors.Hours;
        if (facts.Lanes.Count > MostLanes || facts.Lanes.Any(l => l.Name.Trim().Length is 0 or > LongestName)) return GateErrors.LaneName;
        if (facts.Lanes.Select(l => l.Name).Distinct(StringComparer.Ordinal).Count() != facts.Lanes.Count) return GateErrors.LaneName;
        if (facts.Lanes.Any(l => l.PerHalfHour is < 1 or > Lane.MostPerHalfHour || !Enum.IsDefined(l.Direction))) return GateErrors.LaneRate;
        if (facts.PassBackMinutes is < 1 or > LongestPassBack) return GateErrors.PassBackMinutes;
        return await db.Set<Gate>().AnyAsync(g => g.PlaceId == facts.PlaceId && g.Name == facts.Name && g.ClosedAt == null && g.Id != self, ct) ? GateErrors.NameTaken : null;
    }

    private Task<Result> CommitAsync(CancellationToken ct) => db.TryCommitAsync(GateErrors.Changed, GateErrors.NameTaken, ct);
}

/// <summary>Commits; what somebody else did at the same time becomes a refusal.</summary>
internal static class Commits
{
    public static async Task<Result> TryCommitAsync(this TongxinDb db, Error changed, Error taken, CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return taken;
        }
    }
}
