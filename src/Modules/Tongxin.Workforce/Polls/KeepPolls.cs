using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Teams;

namespace Tongxin.Workforce.Polls;

/// <summary>What was typed about a poll. The pool: "volunteers", "team:id" or "call:id". Bands: one a line, "夜 22:00-06:00".</summary>
internal sealed record PollDraft(string? Title, string? Pool, DateOnly? FirstDay, int Days, string? Bands, DateTime? Closes);

/// <summary>A poll with its figures: <c>Asked = Answered + Outstanding</c>.</summary>
internal sealed record PollLine(Poll Poll, bool IsOpen, int Asked, int Answered);

/// <summary>Somebody asked, as the office sees it.</summary>
internal sealed record PollPersonLine(Guid Id, Guid PersonId, string Name, string? Number, DateTimeOffset? AnsweredAt);

/// <summary>A poll with who answered, and how many can come in each cell.</summary>
internal sealed record PollView(PollLine Line, IReadOnlyList<PollPersonLine> People, IReadOnlyList<int> CanCome);

/// <summary>Opens, reads and closes polls. Who is asked is frozen at the opening.</summary>
internal sealed partial class KeepPolls(TongxinDb db, TeamSight teams, CallSight calls, IPersons persons, TimeProvider clock)
{
    public const string Keep = "workforce.polls.keep";
    public const int MostDays = 31;
    public const string Volunteers = "volunteers";
    private const int MostBands = 6;

    public async Task<IReadOnlyList<PollLine>> ListAsync(Actor actor, CancellationToken ct)
    {
        var seen = new List<Poll>();
        foreach (var poll in await db.Set<Poll>().AsNoTracking().OrderByDescending(p => p.OpenedAt).Take(100).ToListAsync(ct))
            if (await MaySeeAsync(poll, actor, ct)) seen.Add(poll);
        var ids = seen.ConvertAll(p => p.Id);
        var counts = await db.Set<PollPerson>().Where(p => ids.Contains(p.PollId)).GroupBy(p => p.PollId)
            .Select(g => new { g.Key, Asked = g.Count(), Answered = g.Count(p => p.AnsweredAt != null) }).ToDictionaryAsync(g => g.Key, ct);
        return [.. seen.Select(p => new PollLine(p, p.IsOpen(clock.GetUtcNow()), counts.GetValueOrDefault(p.Id)?.Asked ?? 0, counts.GetValueOrDefault(p.Id)?.Answered ?? 0))];
    }

    public async Task<PollView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var poll = await db.Set<Poll>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (poll is null || !await MaySeeAsync(poll, actor, ct)) return null;
        var asked = await db.Set<PollPerson>().AsNoTracking().Where(p => p.PollId == id).ToListAsync(ct);
        var known = (await persons.FindAsync([.. asked.Select(p => p.PersonId)], ct)).ToDictionary(p => p.Id);
        var people = asked.Select(p => new PollPersonLine(p.Id, p.PersonId, known.GetValueOrDefault(p.PersonId)?.Name ?? "", known.GetValueOrDefault(p.PersonId)?.Number, p.AnsweredAt))
            .OrderBy(p => Pinyin.SortKey(p.Name), StringComparer.Ordinal).ThenBy(p => p.Id).ToList();
        var cells = poll.Days * poll.Bands.Count;
        return new PollView(new PollLine(poll, poll.IsOpen(clock.GetUtcNow()), asked.Count, asked.Count(p => p.AnsweredAt is not null)), people,
            [.. Enumerable.Range(0, cells).Select(c => asked.Count(p => p.CanCome(c)))]);
    }

    /// <summary>As <see cref="FindAsync"/>, for the page of links: whoever sees them could answer for others, so that is on record.</summary>
    public async Task<PollView?> ShowLinksAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var view = await FindAsync(id, actor, ct);
        if (view is null) return null;
        db.Record(actor, "workforce.poll.links-shown", "poll", id);
        await db.CommitAsync(ct);
        return view;
    }

    /// <summary>The pools that the actor may ask.</summary>
    public async Task<IReadOnlyList<(string Value, string? Name)>> PoolsAsync(Actor actor, CancellationToken ct)
    {
        var all = new List<(string, string?)>();
        if (actor.ScopeOf(Keep).Everything) all.Add((Volunteers, null));
        all.AddRange((await teams.ListAsync(actor, Keep, ct)).Select(t => ($"team:{t.Id}", (string?)t.Name)));
        all.AddRange((await (await calls.CallsAsync(actor, Keep, ct)).OrderByDescending(c => c.OpenedAt).Take(50).Select(c => new { c.Id, c.Title }).ToListAsync(ct)).Select(c => ($"call:{c.Id}", (string?)c.Title)));
        return all;
    }

    public async Task<Result<Guid>> OpenAsync(PollDraft draft, Actor actor, CancellationToken ct)
    {
        var (title, now) = (TextFold.Clean(draft.Title), clock.GetUtcNow());
        if (title.Length is 0 or > 60) return PollErrors.TitleMissing;
        if (draft.FirstDay is not { } first || first < CampusCalendar.DayOf(now) || first > CampusCalendar.DayOf(now).AddYears(1) || draft.Days is < 1 or > MostDays) return PollErrors.DaysWrong;
        if (ReadBands(draft.Bands) is not { } bands) return PollErrors.BandsWrong;
        if (draft.Closes is not { } typed) return PollErrors.ClosesWrong;
        var closes = CampusCalendar.At(DateOnly.FromDateTime(typed), TimeOnly.FromDateTime(typed));
        if (closes <= now || closes > now.AddDays(60)) return PollErrors.ClosesWrong;
        if (await PoolAsync(draft.Pool, actor, ct) is not { } pool) return PollErrors.PoolMissing;
        if (pool.People.Count == 0) return PollErrors.NobodyIn;

        var poll = Poll.Open(title, first, draft.Days, bands, pool.Team, pool.Call, now, closes);
        db.Add(poll);
        db.AddRange(pool.People.Distinct().Select(p => PollPerson.Ask(poll.Id, p)));
        db.Record(actor, "workforce.poll.opened", "poll", poll.Id, details: new { people = pool.People.Count });
        await db.CommitAsync(ct);
        return poll.Id;
    }

    public async Task<Result> CloseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var poll = await db.Set<Poll>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (poll is null || !await MaySeeAsync(poll, actor, ct)) return PollErrors.NotFound;
        if (!poll.IsOpen(clock.GetUtcNow())) return PollErrors.AlreadyClosed;
        poll.Close(clock.GetUtcNow());
        db.Record(actor, "workforce.poll.closed", "poll", id);
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return PollErrors.Changed;
        }
    }

    /// <summary>Bands as typed; null where a line cannot be read for certain.</summary>
    internal static IReadOnlyList<PollBand>? ReadBands(string? text)
    {
        var bands = new List<PollBand>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var read = Band().Match(line.Replace('：', ':'));
            if (!read.Success || !TimeOnly.TryParseExact(read.Groups["from"].Value, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
                || !TimeOnly.TryParseExact(read.Groups["to"].Value == "24:00" ? "0:00" : read.Groups["to"].Value, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)) return null;
            // An end before the start is the next day's; 08:00-08:00 is a day and a night.
            var minutes = (int)(to - from).TotalMinutes;
            bands.Add(new PollBand(read.Groups["name"].Value, from, minutes == 0 ? 24 * 60 : minutes));
        }
        return bands.Count is 0 or > MostBands || bands.DistinctBy(b => b.Name).Count() != bands.Count ? null : bands;
    }

    private async Task<(IReadOnlyList<Guid> People, Guid? Team, Guid? Call)?> PoolAsync(string? pool, Actor actor, CancellationToken ct)
    {
        if (pool is null || !(await PoolsAsync(actor, ct)).Any(p => p.Value == pool)) return null;
        if (pool == Volunteers) return (await db.Set<Volunteer>().Where(v => v.WithdrawnAt == null).Select(v => v.PersonId).ToListAsync(ct), null, null);
        var id = Guid.Parse(pool[5..]);
        if (pool.StartsWith("team:", StringComparison.Ordinal))
            return ([.. (await teams.FindAsync(id, actor, Keep, ct))?.Members.Select(m => m.PersonId) ?? []], id, null);
        var accepted = await db.Set<Application>().Where(a => a.CallId == id && a.Verdict == Verdict.Accepted && a.PersonId != null).Select(a => a.PersonId).ToListAsync(ct);
        return ([.. accepted.OfType<Guid>()], null, id);
    }

    private async Task<bool> MaySeeAsync(Poll poll, Actor actor, CancellationToken ct) =>
        actor.ScopeOf(Keep).Everything
        || (poll.TeamId is { } team && await teams.FindAsync(team, actor, Keep, ct) is not null)
        || (poll.CallId is { } call && await calls.FindAsync(call, actor, Keep, ct) is not null);

    [GeneratedRegex(@"^(?<name>[^\s|]{1,12})\s+(?<from>\d{1,2}:\d{2})\s*[-–~至到]\s*(?<to>\d{1,2}:\d{2})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Band();
}
