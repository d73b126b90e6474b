using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.DutyDesk;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce.Duties;

/// <summary>An open offer, and the own turns that could legally be given for it.</summary>
internal sealed record SwapOffer(Swap Swap, OnDuty Offered, string Who, IReadOnlyList<OnDuty> Mine);

/// <summary>A taken offer that waits for the roster's owner.</summary>
internal sealed record SwapCase(Swap Swap, OnDuty One, OnDuty Other, string OneName, string OtherName);

/// <summary>
/// 换班: a turn is offered, another person gives one of theirs for it, and the roster's owner agrees. Only legal swaps are offered,
/// and each is looked at again when it is taken and when it is decided. The first to take an offer has it.
/// </summary>
internal sealed class Swaps(TongxinDb db, DutyBook book, LegalDesks desks, TurnSteps steps, DutyNotes notes, DeskSight sight, TimeProvider clock)
{
    private const int LongestNote = 200;

    public async Task<Result> OfferAsync(Guid turnId, string? note, Actor actor, CancellationToken ct)
    {
        if (await book.OwnAsync(turnId, actor, ct) is not { } own) return DutyErrors.TurnNotFound;
        if (!IsAhead(own)) return DutyErrors.Begun;
        if (own.Turn.IsLocked) return DutyErrors.Locked;
        if (await db.Set<Swap>().AnyAsync(s => s.TurnId == turnId && (s.State == SwapState.Open || s.State == SwapState.Taken), ct)) return DutyErrors.SwapTwice;
        var words = note?.Trim();
        var swap = Swap.Offer(own.Turn, words is { Length: > 0 } ? words[..Math.Min(words.Length, LongestNote)] : null, clock.GetUtcNow());
        db.Add(swap);
        db.Record(actor, "workforce.swap.offered", "swap", swap.Id, details: new { turn = turnId });
        return await db.TryCommitAsync(ct, DutyErrors.SwapTwice);
    }

    public async Task<Result> WithdrawAsync(Guid swapId, Actor actor, CancellationToken ct)
    {
        if (await db.Set<Swap>().SingleOrDefaultAsync(s => s.Id == swapId && s.PersonId == actor.PersonId, ct) is not { } swap) return DutyErrors.SwapNotFound;
        var withdrawn = swap.Withdraw(clock.GetUtcNow());
        if (withdrawn.IsFailure) return withdrawn;
        db.Record(actor, "workforce.swap.withdrawn", "swap", swap.Id);
        return await db.TryCommitAsync(ct, DutyErrors.SwapGone);
    }

    /// <summary>The open swap of an own turn.</summary>
    public Task<Swap?> OfTurnAsync(Guid turnId, CancellationToken ct) =>
        db.Set<Swap>().AsNoTracking().SingleOrDefaultAsync(s => s.TurnId == turnId && (s.State == SwapState.Open || s.State == SwapState.Taken), ct);

    /// <summary>Offers of others for which the actor has a turn to give, soonest first.</summary>
    public async Task<IReadOnlyList<SwapOffer>> ForAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return [];
        var now = clock.GetUtcNow();
        var open = await db.Set<Swap>().AsNoTracking().Where(s => s.State == SwapState.Open && s.PersonId != person).ToListAsync(ct);
        if (open.Count == 0) return [];
        var mine = await book.Turns.AsNoTracking().Where(x => x.Turn.PersonId == person && now < x.Duty.Starts).OrderBy(x => x.Duty.Starts).ToListAsync(ct);
        var ids = open.ConvertAll(s => s.TurnId);
        var offered = await book.Turns.AsNoTracking().Where(x => ids.Contains(x.Turn.Id)).OrderBy(x => x.Duty.Starts).ToListAsync(ct);
        var names = await book.NamesAsync(offered.Select(o => o.Turn.PersonId), ct);
        var found = new List<SwapOffer>();
        foreach (var roster in offered.GroupBy(o => o.Turn.RosterId))
        {
            var own = mine.Where(m => m.Turn.RosterId == roster.Key && IsAhead(m) && !m.Turn.IsLocked).ToList();
            if (own.Count == 0) continue;
            var desk = await desks.OpenAsync(roster.Key, roster.Max(o => o.Duty.Day), ct);
            foreach (var offer in roster.Where(IsAhead))
            {
                var swap = open.First(s => s.TurnId == offer.Turn.Id);
                var legal = own.Where(m => desk.WhyNotSwap(offer.Turn, m.Turn) is null).ToList();
                if (swap.PersonId == offer.Turn.PersonId && legal.Count > 0) found.Add(new SwapOffer(swap, offer, names.GetValueOrDefault(swap.PersonId) ?? "", legal));
            }
        }
        return found;
    }

    /// <summary>Gives an own turn for the offered one. Whoever comes second is told that it is gone.</summary>
    public async Task<Result> TakeAsync(Guid swapId, Guid ownTurnId, Actor actor, CancellationToken ct)
    {
        if (await db.Set<Swap>().SingleOrDefaultAsync(s => s.Id == swapId, ct) is not { } swap) return DutyErrors.SwapNotFound;
        if (await book.OwnAsync(ownTurnId, actor, ct) is not { } own) return DutyErrors.TurnNotFound;
        if (swap.PersonId == own.Turn.PersonId) return DutyErrors.SwapOwn;
        var taken = swap.Take(own.Turn, clock.GetUtcNow());
        if (taken.IsFailure) return taken;
        var offered = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == swap.TurnId, ct);
        if (await WhyNotAsync(swap, offered, own, ct) is { } error) return error;
        db.Record(actor, "workforce.swap.taken", "swap", swap.Id, details: new { turn = swap.TurnId, other = own.Turn.Id });
        if (await NeedsApprovalAsync(own.Turn.RosterId, ct)) notes.Tell(swap.PersonId, DutyNoteKind.SwapTaken, swap.TurnId, swap.Id);
        else await ExchangeAsync(swap, offered!, own, null, actor, ct); // WhyNotAsync refuses without the offered turn
        return await db.TryCommitAsync(ct, DutyErrors.SwapGone);
    }

    /// <summary>Swaps that wait for the owner of the roster, within the actor's posts.</summary>
    public async Task<IReadOnlyList<SwapCase>> WaitingAsync(Actor actor, CancellationToken ct)
    {
        var waiting = await db.Set<Swap>().AsNoTracking().Where(s => s.State == SwapState.Taken).OrderBy(s => s.TakenAt).ToListAsync(ct);
        var ids = waiting.SelectMany(s => new[] { s.TurnId, s.OtherTurnId.GetValueOrDefault() }).ToList();
        var turns = (await book.Turns.AsNoTracking().Where(x => ids.Contains(x.Turn.Id)).ToListAsync(ct)).ToDictionary(x => x.Turn.Id);
        var posts = await sight.PostsAsync(actor, DutyPermissions.ApproveSwaps, ct);
        var names = await book.NamesAsync(turns.Values.Select(x => x.Turn.PersonId), ct);
        return
        [
            .. from s in waiting
               let one = turns.GetValueOrDefault(s.TurnId)
               let other = turns.GetValueOrDefault(s.OtherTurnId.GetValueOrDefault())
               where one is not null && other is not null && posts.Reach(one.Post.Id) && posts.Reach(other.Post.Id)
               select new SwapCase(s, one, other, names.GetValueOrDefault(one.Turn.PersonId) ?? "", names.GetValueOrDefault(other.Turn.PersonId) ?? ""),
        ];
    }

    /// <summary>The roster's owner says yes, or no with a reason. Neither of the two may decide.</summary>
    public async Task<Result> DecideAsync(Guid swapId, bool approve, string? why, Actor actor, CancellationToken ct)
    {
        if (await db.Set<Swap>().SingleOrDefaultAsync(s => s.Id == swapId, ct) is not { OtherTurnId: { } otherId } swap) return DutyErrors.SwapNotFound;
        var one = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == swap.TurnId, ct);
        var other = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == otherId, ct);
        var posts = await sight.PostsAsync(actor, DutyPermissions.ApproveSwaps, ct);
        if ((one is not null && !posts.Reach(one.Post.Id)) || (other is not null && !posts.Reach(other.Post.Id))) return DutyErrors.SwapNotFound;
        if (actor.PersonId is { } person && (person == swap.PersonId || person == swap.OtherPersonId)) return DutyErrors.SwapParty;
        if (swap.State != SwapState.Taken) return DutyErrors.SwapGone;
        if (!approve)
        {
            if (string.IsNullOrWhiteSpace(why)) return DutyErrors.WhyMissing;
            var refused = swap.Refuse(actor.AccountId, why.Trim(), clock.GetUtcNow());
            if (refused.IsFailure) return refused;
            TellBoth(swap, DutyNoteKind.SwapRefused);
            db.Record(actor, "workforce.swap.refused", "swap", swap.Id, why.Trim());
            return await db.TryCommitAsync(ct, DutyErrors.SwapGone);
        }
        if (other is null || other.Turn.PersonId != swap.OtherPersonId) return DutyErrors.SwapGone;
        if (await WhyNotAsync(swap, one, other, ct) is { } error) return error;
        await ExchangeAsync(swap, one!, other, actor.AccountId, actor, ct); // WhyNotAsync refuses without the offered turn
        return await db.TryCommitAsync(ct, DutyErrors.SwapGone);
    }

    private async Task<Error?> WhyNotAsync(Swap swap, OnDuty? offered, OnDuty own, CancellationToken ct)
    {
        if (offered is null || offered.Turn.PersonId != swap.PersonId || offered.Turn.RosterId != own.Turn.RosterId) return DutyErrors.SwapGone;
        if (!IsAhead(offered) || !IsAhead(own)) return DutyErrors.Begun;
        if (own.Turn.IsLocked || offered.Turn.IsLocked) return DutyErrors.Locked;
        var desk = await desks.OpenAsync(own.Turn.RosterId, own.Duty.Day > offered.Duty.Day ? own.Duty.Day : offered.Duty.Day, ct);
        return desk.WhyNotSwap(offered.Turn, own.Turn) is { } rule ? DutyErrors.NotLegal(rule) : null;
    }

    private async Task ExchangeAsync(Swap swap, OnDuty one, OnDuty other, Guid? decidedBy, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (first, second) = (one.Turn.PersonId, other.Turn.PersonId);
        steps.HandTo(one.Turn, second, "swap", actor);
        steps.HandTo(other.Turn, first, "swap", actor);
        swap.Finish(decidedBy, now);
        TellBoth(swap, DutyNoteKind.SwapDone);
        db.Record(actor, "workforce.swap.done", "swap", swap.Id);
        // Whatever else was offered with these turns was offered by somebody who no longer has them.
        var ids = new[] { one.Turn.Id, other.Turn.Id };
        foreach (var stale in await db.Set<Swap>().Where(s => s.Id != swap.Id && ids.Contains(s.TurnId) && (s.State == SwapState.Open || s.State == SwapState.Taken)).ToListAsync(ct)) stale.Withdraw(now);
    }

    private void TellBoth(Swap swap, DutyNoteKind kind)
    {
        // Each is told of the turn that is theirs now.
        var done = kind == DutyNoteKind.SwapDone;
        var other = swap.OtherTurnId.GetValueOrDefault();
        notes.Tell(swap.PersonId, kind, done ? other : swap.TurnId, swap.Id);
        notes.Tell(swap.OtherPersonId.GetValueOrDefault(), kind, done ? swap.TurnId : other, swap.Id);
    }

    private bool IsAhead(OnDuty x) => x.Turn.State is TurnState.Published or TurnState.Confirmed && clock.GetUtcNow() < x.Duty.Starts;

    /// <summary>The roster's setting; by the house rule its owner agrees to each swap.</summary>
    private async Task<bool> NeedsApprovalAsync(Guid rosterId, CancellationToken ct)
    {
        var settings = await db.Set<Roster>().Where(r => r.Id == rosterId).Select(r => r.SettingsText).SingleAsync(ct);
        return RosterJson.Read<RosterSettings>(settings).SwapsNeedApproval;
    }
}
