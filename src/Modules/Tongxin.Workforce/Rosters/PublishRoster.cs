using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>Puts a draft into force: refused with a gap at a post around the clock, a broken rule without an override, or somebody in two places.</summary>
internal sealed class PublishRoster(TongxinDb db, ReadGround read, RosterWords words, TimeProvider clock)
{
    public async Task<Result> ExecuteAsync(Guid id, int seen, Actor actor, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var asked = await db.Set<Roster>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (asked is null) return RosterErrors.NotFound;
        var row = (await HoldAsync(asked, ct)).Find(r => r.Id == id);
        if (row is null || await read.ReadAsync(row, actor, RosterPermissions.PublishRosters, ct) is not { } ground) return RosterErrors.NotFound;
        if (row.State != RosterState.Draft) return RosterErrors.NotDraft;
        if (row.Version != seen) return RosterErrors.Changed;
        var old = await db.Set<Roster>().SingleOrDefaultAsync(r => r.SeriesId == row.SeriesId && r.State == RosterState.Published, ct);
        if (old is not null && row.FromId != old.Id) return RosterErrors.Stale;
        if (Refusal(ground, await OverridesAsync(row, ct)) is { } refusal) return refusal;

        var drafts = await db.Set<Turn>().Where(t => t.RosterId == row.Id).ToListAsync(ct);
        var before = old is null ? [] : await db.Set<Turn>().Where(t => t.RosterId == old.Id).ToListAsync(ct);
        if (old is not null && ChangesWhatHasBegun(ground, before, drafts)) return RosterErrors.Begun;
        var published = await PutInForceAsync(row, old, ground, (drafts, before), actor, ct);
        if (!published.IsFailure) await transaction.CommitAsync(ct);
        return published;
    }

    /// <summary>What would refuse the publication now; null when nothing does.</summary>
    public async Task<Error?> ObstacleAsync(Ground ground, CancellationToken ct) => Refusal(ground, await OverridesAsync(ground.Roster, ct));

    /// <summary>Breaks that no override covers.</summary>
    public async Task<IReadOnlyList<RuleBreak>> OpenBreaksAsync(Ground ground, CancellationToken ct) => Open(ground, await OverridesAsync(ground.Roster, ct));

    /// <summary>All rosters that touch these days are held in one order: of two publications at once, the second sees the first.</summary>
    private Task<List<Roster>> HoldAsync(Roster roster, CancellationToken ct)
    {
        var (first, last) = (roster.FirstDay.AddDays(-Roster.MostDays - 1), roster.LastDay.AddDays(1));
#pragma warning disable EF1002 // The text holds a table name and the dialect's own words; every value is a parameter.
        return db.Set<Roster>().FromSqlRaw(
            $"SELECT * FROM workforce_rosters WHERE first_day >= {{0}} AND first_day <= {{1}} ORDER BY id {db.Dialect.ForUpdate}", first, last).ToListAsync(ct);
#pragma warning restore EF1002
    }

    private Task<List<FatigueOverride>> OverridesAsync(Roster roster, CancellationToken ct) =>
        db.Set<FatigueOverride>().AsNoTracking().Where(o => o.SeriesId == roster.SeriesId).ToListAsync(ct);

    private Error? Refusal(Ground ground, IReadOnlyList<FatigueOverride> overrides)
    {
        if (ground.Turns.Count == 0) return RosterErrors.Empty;
        if (ground.CoverageGaps is [var gap, ..])
            return RosterErrors.Gap(gap.Post.Name, RosterWords.Minute(gap.From), RosterWords.Minute(gap.To), gap.Missing, ground.CoverageGaps.Count - 1);
        if (ground.DoubleBookings is [var twice, ..])
            return RosterErrors.Twice(ground.Name(twice.PersonId), words.When(twice.Duty), twice.Other.Roster, ground.DoubleBookings.Count - 1);
        var breaks = Open(ground, overrides);
        return breaks is [var first, ..] ? RosterErrors.Breaks(ground.Name(first.PersonId), words.Say(first), breaks.Count - 1) : null;
    }

    private static List<RuleBreak> Open(Ground ground, IReadOnlyList<FatigueOverride> overrides) =>
        [.. ground.Breaks.Where(b => b.Rule != "locked" && !overrides.Any(o => Covers(o, b, ground)))];

    private static bool Covers(FatigueOverride granted, RuleBreak broken, Ground ground) =>
        broken is { Rule: "day", DutyId: { } duty, Args: [_, _, int minutes, ..] } && granted.PersonId == broken.PersonId
        && ground.DutyById[duty].Day == granted.Day && minutes <= granted.Minutes;

    private bool ChangesWhatHasBegun(Ground ground, List<Turn> before, List<Turn> drafts)
    {
        var now = clock.GetUtcNow();
        var begun = ground.Duties.Where(d => d.Starts <= now).Select(d => d.Id).ToHashSet();
        var had = before.Where(t => begun.Contains(t.DutyId)).Select(t => (t.DutyId, t.PersonId)).ToHashSet();
        return !had.SetEquals(drafts.Where(t => begun.Contains(t.DutyId)).Select(t => (t.DutyId, t.PersonId)));
    }

    /// <summary>Turns that stay go over with their state; the replaced version keeps copies of them.</summary>
    private async Task<Result> PutInForceAsync(Roster row, Roster? old, Ground ground, (List<Turn> Drafts, List<Turn> Before) turns, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        old?.Replace(now);
        var known = turns.Before.ToDictionary(t => (t.DutyId, t.PersonId));
        var added = new List<Turn>();
        foreach (var draft in turns.Drafts)
        {
            if (known.Remove((draft.DutyId, draft.PersonId), out var lasting))
            {
                db.Remove(draft);
                db.Add(lasting.CopyFor(lasting.RosterId));
                lasting.GoTo(row.Id, draft.IsLocked);
            }
            else
            {
                draft.Move(TurnState.Published, now);
                added.Add(draft);
            }
        }
        // The database allows one published version: the old one steps back before the new one steps forward.
        db.Record(actor, "workforce.roster.published", "roster", row.Id, details: new { row.Number, replaced = old?.Id, added = added.Count, removed = known.Count });
        if (old is not null && await EditRoster.CommitAsync(db, ct) is { IsFailure: true } refused) return refused;
        row.Publish(actor.AccountId, now);
        db.Raise(new RosterPublished(row.Id, row.SeriesId, row.Number, old?.Id, Notices(ground, added), Notices(ground, known.Values)));
        db.Record(actor, "workforce.roster.in-force", "roster", row.Id, details: new { row.Number });
        return await EditRoster.CommitAsync(db, ct);
    }

    private static List<TurnNotice> Notices(Ground ground, IEnumerable<Turn> turns) =>
        [.. from t in turns let d = ground.DutyById[t.DutyId] select new TurnNotice(t.Id, t.PersonId, t.DutyId, d.Starts, d.Ends)];
}
