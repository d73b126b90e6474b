using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.OpenRound;

/// <summary>What a round is about, before it has a number.</summary>
internal sealed record RoundFacts(RoundKind Kind, string Title, RoundPolicy Policy, DateTimeOffset DueAt, DateTimeOffset? StartedAt);

/// <summary>One target and where it stands.</summary>
internal sealed record Frozen(TargetKind Kind, Guid Id, Guid CellId, Guid PlaceId, string PlacePath, string Label, string SortKey);

/// <summary>The one way a round comes into being: number, rules and targets, in the transaction that the caller holds.</summary>
internal sealed class FreezeRound(TongxinDb db, TimeProvider clock)
{
    private const int MostTitle = 60;

    public Result Check(string title, DateTimeOffset dueAt, DateTimeOffset? startedAt)
    {
        if (title.Trim().Length is 0 or > MostTitle) return GridErrors.RoundTitle();
        // What was done on paper may be over when it is entered.
        return dueAt <= (startedAt ?? clock.GetUtcNow()) || (startedAt is null && dueAt <= clock.GetUtcNow()) ? GridErrors.RoundDuePast() : Result.Ok;
    }

    public async Task<Round> ExecuteAsync(RoundFacts facts, IReadOnlyList<Frozen> targets, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var title = facts.Title.Trim();
        var round = Round.Open(await NextNumberAsync(now, ct), facts.Kind, title, facts.Policy, facts.DueAt, actor.AccountId, facts.StartedAt < now ? facts.StartedAt.Value : now);
        db.Add(round);
        db.Record(actor, "grid.round.opened", "round", round.Id, title, new { round.Number, targets = targets.Count });
        db.Raise(new RoundOpened(round.Id, round.Kind, targets.Count));
        await db.CommitAsync(ct);
        await db.BulkInsertAsync(targets.Select(t => Target.Freeze(round.Id, t.Kind, t.Id, t.CellId, t.PlaceId, t.PlacePath, t.Label, t.SortKey, NewCode())), ct);
        return round;
    }

    /// <summary>R-2022-007: counted anew each campus year. Two at once: the unique rule refuses one, who tries again.</summary>
    private async Task<string> NextNumberAsync(DateTimeOffset now, CancellationToken ct)
    {
        var prefix = $"R-{CampusCalendar.DayOf(now).Year}-";
        var count = await db.Set<Round>().CountAsync(r => r.Number.StartsWith(prefix), ct);
        return $"{prefix}{count + 1:000}";
    }

    /// <summary>Ten signs without the ones people confuse: 50 bits, and nothing opens without the phone tail besides.</summary>
    private static string NewCode() => RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 10);
}
