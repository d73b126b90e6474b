using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>What the handover form sends.</summary>
internal sealed class HandoverForm
{
    public string? Patrol { get; set; }
    public string? OpenItems { get; set; }
    public string? WhyOpen { get; set; }

    /// <summary>Places in the post's checklist that are ticked.</summary>
    public string[]? Ticks { get; set; }
    public string[]? Names { get; set; }
    public string[]? Dues { get; set; }
    public string[]? Counts { get; set; }

    /// <summary>"yes": sign, too.</summary>
    public string? Sign { get; set; }
}

/// <summary>What the report form sends.</summary>
internal sealed class ReportForm
{
    public Guid Id { get; set; }

    /// <summary>"23:10" by the campus clock.</summary>
    public string? At { get; set; }
    public string? Source { get; set; }
    public string? Content { get; set; }
    public string? Action { get; set; }
    public string? Outcome { get; set; }
}

/// <summary>A sheet that waits for the second signature.</summary>
internal sealed record SheetToTake(Handover Sheet, RosterDuty Duty, Post Post, string GivenBy, IReadOnlyList<DutyReport> Reports);

/// <summary>The own duty's sheet, and those of the post that the actor may take over.</summary>
internal sealed record HandoverView(OnDuty Own, Handover? Sheet, IReadOnlyList<DutyReport> Reports, int People, IReadOnlyList<SheetToTake> ToTake);

/// <summary>
/// 交接班: somebody of the outgoing duty writes and signs, somebody of the next signs for it, each with the own account. The second
/// signature ends the duty for everybody on it; until then the outgoing people stay.
/// </summary>
internal sealed class Handovers(TongxinDb db, DutyBook book, TurnSteps steps, DeskSight sight, TimeProvider clock)
{
    private const int LongestText = 1000;
    private const int MostCounts = 30;

    public async Task<HandoverView?> ReadAsync(Guid turnId, Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return null;
        var own = await book.Turns.AsNoTracking().SingleOrDefaultAsync(x => x.Turn.Id == turnId && x.Turn.PersonId == person, ct);
        if (own is null || own.Turn.State is not (TurnState.OnPost or TurnState.HandingOver or TurnState.Done)) return null;
        var sheet = await db.Set<Handover>().AsNoTracking().SingleOrDefaultAsync(h => h.DutyId == own.Duty.Id, ct);
        var people = await book.Turns.CountAsync(x => x.Duty.Id == own.Duty.Id && (x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver), ct);
        var toTake = own.Turn.State == TurnState.OnPost
            ? (await OpenAsync(new PostScope(new HashSet<Guid> { own.Post.Id }), ct)).Where(s => s.Duty.Starts < own.Duty.Starts).ToList()
            : [];
        return new HandoverView(own, sheet, await ReportsAsync([own.Duty.Id], ct), people, toTake);
    }

    /// <summary>Sheets within the actor's posts that wait for the second signature, oldest first.</summary>
    public async Task<IReadOnlyList<SheetToTake>> WaitingAsync(Actor actor, CancellationToken ct) => await OpenAsync(await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct), ct);

    public async Task<Result> WriteAsync(Guid turnId, HandoverForm form, Actor actor, CancellationToken ct)
    {
        if (await book.OwnAsync(turnId, actor, ct) is not { } own || own.Turn.State is not (TurnState.OnPost or TurnState.HandingOver)) return DutyErrors.TurnNotFound;
        var sheet = await db.Set<Handover>().SingleOrDefaultAsync(h => h.DutyId == own.Duty.Id, ct) ?? db.Add(Handover.For(own.Duty.Id)).Entity;
        if (sheet.IsGiven) return DutyErrors.Signed;
        var facts = Facts(form, own.Post);
        sheet.Write(facts);
        var sign = form.Sign == "yes";
        if (sign)
        {
            if (facts.WhyOpen is null && facts.Checklist.Any(i => i is { Mandatory: true, Done: false })) return DutyErrors.ChecklistOpen;
            sheet.Give(own.Turn.PersonId, actor.AccountId, clock.GetUtcNow());
            foreach (var there in await book.Turns.Where(x => x.Duty.Id == own.Duty.Id && x.Turn.State == TurnState.OnPost).ToListAsync(ct))
                steps.Move(there.Turn, TurnState.HandingOver, actor);
        }
        db.Record(actor, sign ? "workforce.handover.given" : "workforce.handover.written", "duty", own.Duty.Id, facts.WhyOpen);
        return await db.TryCommitAsync(ct);
    }

    public async Task<Result> ReportAsync(Guid turnId, ReportForm form, Actor actor, CancellationToken ct)
    {
        if (await book.OwnAsync(turnId, actor, ct) is not { } own || own.Turn.State is not (TurnState.OnPost or TurnState.HandingOver)) return DutyErrors.TurnNotFound;
        if (Clean(form.Source) is not { } source || Clean(form.Content) is not { } content) return DutyErrors.ReportEmpty;
        if (form.Id != Guid.Empty && await db.Set<DutyReport>().AnyAsync(r => r.Id == form.Id, ct)) return Result.Ok;
        var id = form.Id == Guid.Empty ? Platform.Ids.New() : form.Id;
        db.Add(DutyReport.Of(id, own.Duty.Id, InstantOf(form.At, own.Duty), source, content, Clean(form.Action), Clean(form.Outcome), own.Turn.PersonId, clock.GetUtcNow()));
        db.Record(actor, "workforce.duty-report.written", "duty", own.Duty.Id, details: new { report = id });
        return await db.TryCommitAsync(ct);
    }

    /// <summary>The second signature: somebody who is on the next duty at the post, or the desk where nobody follows.</summary>
    public async Task<Result> TakeAsync(Guid sheetId, Actor actor, CancellationToken ct)
    {
        var sheet = await db.Set<Handover>().SingleOrDefaultAsync(h => h.Id == sheetId, ct);
        if (sheet is null) return DutyErrors.SheetNotFound;
        var there = await book.Turns.Where(x => x.Duty.Id == sheet.DutyId && (x.Turn.State == TurnState.OnPost || x.Turn.State == TurnState.HandingOver)).ToListAsync(ct);
        var duty = await db.Set<RosterDuty>().AsNoTracking().SingleAsync(d => d.Id == sheet.DutyId, ct);
        var successors = await book.Turns.AsNoTracking()
            .Where(x => x.Post.Id == duty.PostId && x.Duty.Id != duty.Id && duty.Starts < x.Duty.Starts && x.Turn.State == TurnState.OnPost).ToListAsync(ct);
        var isSuccessor = actor.PersonId is { } person && successors.Exists(s => s.Turn.PersonId == person);
        if (!isSuccessor && !(await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(duty.PostId)) return DutyErrors.SheetNotFound;
        if (sheet.IsClosed) return DutyErrors.Signed;
        if (!sheet.IsGiven || sheet.GivenAt is not { } given) return DutyErrors.NotGiven;
        // Two signatures are two people.
        if (actor.AccountId == sheet.GivenByAccount || (actor.PersonId is { } self && there.Exists(x => x.Turn.PersonId == self))) return DutyErrors.SameSigner;
        var post = await db.Set<Post>().AsNoTracking().SingleAsync(p => p.Id == duty.PostId, ct);
        // Late successor: the predecessor stays.
        if (post.IsAroundTheClock && successors.Count == 0 && await IsFollowedAsync(duty, ct)) return DutyErrors.SuccessorMissing;

        var now = clock.GetUtcNow();
        sheet.Take(actor.PersonId, actor.AccountId, actor.Name, now);
        foreach (var x in there)
        {
            var moved = steps.Move(x.Turn, TurnState.Done, actor);
            if (moved.IsFailure) return moved;
            // Where nobody follows, the desk may sign the next morning: people left when they had signed.
            db.Add(Attendance.Of(Platform.Ids.New(), x.Turn, x.Duty, AttendanceKind.Out, AttendanceSource.Handover, isSuccessor ? now : given, actor.AccountId));
        }
        db.Record(actor, "workforce.handover.taken", "duty", sheet.DutyId, details: new { sheet = sheet.Id, people = there.Count });
        return await db.TryCommitAsync(ct, DutyErrors.Signed);
    }

    /// <summary>Whether a published duty goes on at the post; after the last one of a roster nobody is to be waited for.</summary>
    private Task<bool> IsFollowedAsync(RosterDuty duty, CancellationToken ct)
    {
        var latest = duty.Ends.AddHours(1);
        var next =
            from d in db.Set<RosterDuty>()
            join r in db.Set<Roster>() on d.SeriesId equals r.SeriesId
            where r.State == RosterState.Published && d.PostId == duty.PostId && duty.Starts < d.Starts && d.Starts <= latest
            select d.Id;
        return next.AnyAsync(ct);
    }

    private async Task<IReadOnlyList<SheetToTake>> OpenAsync(PostScope posts, CancellationToken ct)
    {
        var open = await (
            from h in db.Set<Handover>().AsNoTracking()
            join d in db.Set<RosterDuty>() on h.DutyId equals d.Id
            join p in db.Set<Post>() on d.PostId equals p.Id
            where h.GivenAt != null && h.TakenAt == null
            orderby d.Starts
            select new { Sheet = h, Duty = d, Post = p }).ToListAsync(ct);
        open.RemoveAll(o => !posts.Reach(o.Post.Id));
        if (open.Count == 0) return [];
        var names = await book.NamesAsync(open.Select(o => o.Sheet.GivenBy).OfType<Guid>(), ct);
        var reports = (await ReportsAsync([.. open.Select(o => o.Duty.Id)], ct)).ToLookup(r => r.DutyId);
        return [.. open.Select(o => new SheetToTake(o.Sheet, o.Duty, o.Post, names.GetValueOrDefault(o.Sheet.GivenBy.GetValueOrDefault()) ?? "", [.. reports[o.Duty.Id]]))];
    }

    private async Task<List<DutyReport>> ReportsAsync(List<Guid> duties, CancellationToken ct) =>
        await db.Set<DutyReport>().AsNoTracking().Where(r => duties.Contains(r.DutyId)).OrderBy(r => r.At).ToListAsync(ct);

    private static HandoverFacts Facts(HandoverForm form, Post post)
    {
        var ticks = (form.Ticks ?? []).ToHashSet(StringComparer.Ordinal);
        var (names, dues, counts) = (form.Names ?? [], form.Dues ?? [], form.Counts ?? []);
        return new HandoverFacts
        {
            Patrol = Clean(form.Patrol),
            OpenItems = Clean(form.OpenItems),
            WhyOpen = Clean(form.WhyOpen),
            Checklist = [.. post.Checklist.Select((item, i) => new TickedItem(item.Text, item.Mandatory, ticks.Contains(i.ToString(CultureInfo.InvariantCulture))))],
            Counts =
            [
                .. names.Take(MostCounts).Select((name, i) => (Name: Clean(name), Due: Number(dues, i), Count: Number(counts, i)))
                    .Where(c => c is { Name: not null, Count: not null })
                    .Select(c => new CountedItem(c.Name ?? "", c.Due, c.Count.GetValueOrDefault())),
            ],
        };
    }

    private static int? Number(string[] texts, int i) =>
        i < texts.Length && int.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000 ? number : null;

    private static string? Clean(string? text) => text?.Trim() is { Length: > 0 } clean ? clean[..Math.Min(clean.Length, LongestText)] : null;

    // A time by the clock within the duty: after midnight it is the next day. Anything else is now.
    private DateTimeOffset InstantOf(string? time, RosterDuty duty)
    {
        if (!TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return clock.GetUtcNow();
        var instant = CampusCalendar.At(CampusCalendar.DayOf(duty.Starts), at);
        return instant < duty.Starts - MyDuty.Early ? instant.AddDays(1) : instant;
    }
}
