using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.DutyDesk;

namespace Tongxin.Workforce.Duties;

/// <summary>A question that waits for the actor's answer.</summary>
/// <param name="DayMinutes">What the day would come to with this duty.</param>
internal sealed record StandInAsk(SubstituteAsk Ask, OnDuty For, int DayMinutes);

/// <summary>Somebody who was asked, for the person and the desk.</summary>
internal sealed record AskLine(string Name, SubstituteAsk Ask);

/// <summary>
/// 找替班: those who legally could are asked one after the other, the least recently asked first. No answer in time counts as no and
/// the next is asked; who was asked and when is kept.
/// </summary>
internal sealed class Substitutes(TongxinDb db, DutyBook book, LegalDesks desks, Fatigue fatigue, TurnSteps steps, DutyNotes notes, DeskSight sight, TimeProvider clock)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>The person cannot come.</summary>
    public async Task<Result> OpenAsync(Guid turnId, string? why, Actor actor, CancellationToken ct)
    {
        if (await book.OwnAsync(turnId, actor, ct) is not { } own) return DutyErrors.TurnNotFound;
        return clock.GetUtcNow() < own.Duty.Starts ? await OpenAsync(own, why, actor, ct) : DutyErrors.Begun;
    }

    /// <summary>The desk looks for somebody: for a turn to come, or one whose holder is absent.</summary>
    public async Task<Result> OpenAtDeskAsync(Guid turnId, string? why, Actor actor, CancellationToken ct)
    {
        var found = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == turnId, ct);
        if (found is null || !(await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(found.Post.Id)) return DutyErrors.TurnNotFound;
        return clock.GetUtcNow() < found.Duty.Ends ? await OpenAsync(found, why, actor, ct) : DutyErrors.Over;
    }

    private async Task<Result> OpenAsync(OnDuty own, string? why, Actor actor, CancellationToken ct)
    {
        if (own.Turn.State is not (TurnState.Published or TurnState.Confirmed or TurnState.Absent)) return DutyErrors.Begun;
        if (own.Turn.IsLocked) return DutyErrors.Locked;
        if (string.IsNullOrWhiteSpace(why)) return DutyErrors.WhyMissing;
        if (await db.Set<SubstituteSearch>().AnyAsync(s => s.TurnId == own.Turn.Id && s.State == SearchState.Open, ct)) return DutyErrors.SearchTwice;
        var search = SubstituteSearch.Open(own.Turn, why.Trim(), actor.AccountId, clock.GetUtcNow());
        db.Add(search);
        db.Record(actor, "workforce.substitute.searched", "turn", own.Turn.Id, why.Trim());
        await AskNextAsync(search, own, [], actor, ct);
        return await db.TryCommitAsync(ct, DutyErrors.SearchTwice);
    }

    public async Task<Result> WithdrawAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        var search = await db.Set<SubstituteSearch>().SingleOrDefaultAsync(s => s.TurnId == turnId && s.State == SearchState.Open && s.PersonId == actor.PersonId, ct);
        if (search is null) return DutyErrors.TurnNotFound;
        search.Withdraw(clock.GetUtcNow());
        foreach (var ask in await WaitingOf(search.Id).ToListAsync(ct)) ask.Answer(AskState.Closed, clock.GetUtcNow());
        db.Record(actor, "workforce.substitute.withdrawn", "turn", turnId);
        return await db.TryCommitAsync(ct);
    }

    /// <summary>The latest search for an own turn and everybody asked in it.</summary>
    public async Task<(SubstituteSearch? Search, IReadOnlyList<AskLine> Asks)> OfTurnAsync(Guid turnId, CancellationToken ct)
    {
        var search = await db.Set<SubstituteSearch>().AsNoTracking().Where(s => s.TurnId == turnId).OrderByDescending(s => s.OpenedAt).FirstOrDefaultAsync(ct);
        if (search is null) return (null, []);
        var asks = await db.Set<SubstituteAsk>().AsNoTracking().Where(a => a.SearchId == search.Id).OrderBy(a => a.AskedAt).ToListAsync(ct);
        var names = await book.NamesAsync(asks.Select(a => a.PersonId), ct);
        return (search, [.. asks.Select(a => new AskLine(names.GetValueOrDefault(a.PersonId) ?? "", a))]);
    }

    /// <summary>Questions to the actor that can still be answered.</summary>
    public async Task<IReadOnlyList<StandInAsk>> ForAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return [];
        var now = clock.GetUtcNow();
        var asks = await (
            from a in db.Set<SubstituteAsk>().AsNoTracking()
            join s in db.Set<SubstituteSearch>() on a.SearchId equals s.Id
            where a.PersonId == person && a.State == AskState.Waiting && now < a.ExpiresAt && s.State == SearchState.Open
            select new { Ask = a, s.TurnId }).ToListAsync(ct);
        var lines = new List<StandInAsk>();
        foreach (var a in asks)
        {
            if (await book.Turns.AsNoTracking().SingleOrDefaultAsync(x => x.Turn.Id == a.TurnId, ct) is { } turn)
                lines.Add(new StandInAsk(a.Ask, turn, await fatigue.DayMinutesAsync(person, turn.Duty, ct)));
        }
        return lines;
    }

    public async Task<Result> AnswerAsync(Guid askId, bool accept, Actor actor, CancellationToken ct)
    {
        var ask = await db.Set<SubstituteAsk>().SingleOrDefaultAsync(a => a.Id == askId && a.PersonId == actor.PersonId, ct);
        if (ask is null) return DutyErrors.AskNotFound;
        var now = clock.GetUtcNow();
        var search = await db.Set<SubstituteSearch>().SingleAsync(s => s.Id == ask.SearchId, ct);
        var turn = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == search.TurnId, ct);
        if (!ask.IsOpenAt(now) || search.State != SearchState.Open || turn is null || turn.Turn.PersonId != search.PersonId || turn.Duty.Ends <= now) return DutyErrors.AskOver;
        if (!accept)
        {
            ask.Answer(AskState.Declined, now);
            db.Record(actor, "workforce.substitute.declined", "turn", search.TurnId);
            await AskNextAsync(search, turn, await AskedAsync(search.Id, ct), actor, ct);
            return await db.TryCommitAsync(ct, DutyErrors.AskOver);
        }
        var desk = await desks.OpenAsync(turn.Turn.RosterId, turn.Duty.Day, ct);
        if (desk.WhyNotTake(ask.PersonId, turn.Duty.Id) is { } rule) return DutyErrors.NotLegal(rule);
        ask.Answer(AskState.Accepted, now);
        search.Find(ask.PersonId, now);
        await GiveAsync(turn, ask.PersonId, actor, ct);
        notes.Tell(search.PersonId, DutyNoteKind.SubstituteFound, search.TurnId, search.Id);
        db.Record(actor, "workforce.substitute.accepted", "turn", search.TurnId, details: new { search = search.Id });
        return await db.TryCommitAsync(ct, DutyErrors.AskOver);
    }

    /// <summary>Closes questions that ran out and asks the next; the number closed.</summary>
    public async Task<int> ExpireAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var late = await db.Set<SubstituteAsk>().Where(a => a.State == AskState.Waiting && a.ExpiresAt <= now).OrderBy(a => a.ExpiresAt).Take(100).ToListAsync(ct);
        foreach (var ask in late)
        {
            ask.Answer(AskState.Expired, now);
            db.Record(Actor.System, "workforce.substitute.expired", "search", ask.SearchId);
            var search = await db.Set<SubstituteSearch>().SingleAsync(s => s.Id == ask.SearchId, ct);
            var turn = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == search.TurnId, ct);
            if (search.State == SearchState.Open && (turn is null || turn.Duty.Ends <= now)) search.GiveUp(now);
            else if (search.State == SearchState.Open && turn is not null) await AskNextAsync(search, turn, await AskedAsync(search.Id, ct), Actor.System, ct);
        }
        // Another node was faster: it has asked the next.
        return late.Count > 0 && (await db.TryCommitAsync(ct)).IsFailure ? 0 : late.Count;
    }

    private async Task AskNextAsync(SubstituteSearch search, OnDuty turn, HashSet<Guid> asked, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var could = (await desks.OpenAsync(turn.Turn.RosterId, turn.Duty.Day, ct)).WhoCouldTake(turn.Duty.Id).Where(p => p != search.PersonId && !asked.Contains(p)).ToList();
        var last = (await db.Set<SubstituteAsk>().AsNoTracking().Where(a => could.Contains(a.PersonId)).GroupBy(a => a.PersonId)
            .Select(g => new { Person = g.Key, At = g.Max(a => a.AskedAt) }).ToListAsync(ct)).ToDictionary(x => x.Person, x => x.At);
        var next = could.OrderBy(p => last.TryGetValue(p, out var at) ? at : DateTimeOffset.MinValue).ThenBy(p => p).Cast<Guid?>().FirstOrDefault();
        if (next is not { } person)
        {
            search.GiveUp(now);
            notes.Tell(search.PersonId, DutyNoteKind.SubstituteNobody, search.TurnId, search.Id);
            db.Record(actor, "workforce.substitute.nobody-left", "turn", search.TurnId);
            return;
        }
        var ask = SubstituteAsk.Of(search.Id, person, now, now + WaitFor(turn.Duty.Starts - now));
        db.Add(ask);
        search.Asked(now);
        notes.Tell(person, DutyNoteKind.SubstituteAsked, search.TurnId, ask.Id);
        db.Record(actor, "workforce.substitute.asked", "turn", search.TurnId, details: new { search = search.Id, person });
    }

    /// <summary>A turn to come changes hands; that of somebody absent stays on record as covered, beside a new one.</summary>
    private async Task GiveAsync(OnDuty turn, Guid person, Actor actor, CancellationToken ct)
    {
        foreach (var stale in await db.Set<Swap>().Where(s => s.TurnId == turn.Turn.Id && (s.State == SwapState.Open || s.State == SwapState.Taken)).ToListAsync(ct)) stale.Withdraw(clock.GetUtcNow());
        if (turn.Turn.State != TurnState.Absent)
        {
            steps.HandTo(turn.Turn, person, "substitute", actor);
            return;
        }
        var own = Turn.Draft(turn.Turn.RosterId, turn.Duty.Id, person);
        db.Add(own);
        steps.Move(own, TurnState.Published, actor);
        steps.Move(own, TurnState.Confirmed, actor);
        steps.Move(turn.Turn, TurnState.Covered, actor);
    }

    private async Task<HashSet<Guid>> AskedAsync(Guid search, CancellationToken ct) =>
        await db.Set<SubstituteAsk>().Where(a => a.SearchId == search).Select(a => a.PersonId).ToHashSetAsync(ct);

    private IQueryable<SubstituteAsk> WaitingOf(Guid search) => db.Set<SubstituteAsk>().Where(a => a.SearchId == search && a.State == AskState.Waiting);

    /// <summary>A sixth of the time that is left, so that several can be asked.</summary>
    private static TimeSpan WaitFor(TimeSpan left) => left / 6 is var share && share < ShortestWait ? ShortestWait : share > LongestWait ? LongestWait : share;
}

/// <summary>Questions that ran out.</summary>
internal sealed class ExpireChime(Substitutes substitutes) : IDutyChime
{
    public Task RingAsync(CancellationToken ct) => substitutes.ExpireAsync(ct);
}
