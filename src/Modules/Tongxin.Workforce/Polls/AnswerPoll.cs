using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Polls;

/// <summary>Signed addresses: whoever holds one may answer for one person in one poll, and cannot make another's.</summary>
internal sealed class PollLinks(SecretBox box)
{
    public string Of(Guid pollPerson) => Base64Url.EncodeToString((byte[])[.. pollPerson.ToByteArray(), .. Sign(pollPerson)]);

    /// <summary>Null for anything that was not signed here.</summary>
    public Guid? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (token.Length > 64 || Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != 32) return null;
        var id = new Guid(bytes[..16]);
        return CryptographicOperations.FixedTimeEquals(bytes[16..], Sign(id)) ? id : null;
    }

    private byte[] Sign(Guid id) => box.Index("workforce.poll.link", id.ToString("N")) ?? [];
}

/// <summary>A poll as the holder of a link sees it.</summary>
internal sealed record OwnPoll(string Title, string NameMasked, DateTimeOffset ClosesAt, IReadOnlyList<DateOnly> Days, IReadOnlyList<PollBand> Bands, IReadOnlySet<int> CanCome, DateTimeOffset? AnsweredAt);

/// <summary>Takes answers by link. What somebody cannot is a time at which no duty may touch them, replaced at each answer.</summary>
internal sealed class AnswerPoll(TongxinDb db, PollLinks links, IPersons persons, TimeProvider clock)
{
    /// <summary>Null where the link is wrong or over: both say the same.</summary>
    public async Task<OwnPoll?> FindAsync(string token, CancellationToken ct)
    {
        if (await ReadAsync(token, ct) is not { } found) return null;
        var (poll, own) = found;
        var name = await persons.FindAsync([own.PersonId], ct) is [var person, ..] ? person.Name : "";
        var cells = poll.Days * poll.Bands.Count;
        return new OwnPoll(poll.Title, Mask.Name(name), poll.ClosesAt, [.. poll.AllDays], poll.Bands, Enumerable.Range(0, cells).Where(own.CanCome).ToHashSet(), own.AnsweredAt);
    }

    /// <param name="canCome">Cells, day by day: day times bands plus band.</param>
    public async Task<Result> ExecuteAsync(string token, IReadOnlySet<int> canCome, CancellationToken ct)
    {
        for (var turn = 0; ; turn++)
        {
            if (await ReadAsync(token, ct) is not { } found) return PollErrors.LinkOver;
            var (poll, own) = found;
            var cells = poll.Days * poll.Bands.Count;
            own.Say(string.Concat(Enumerable.Range(0, cells).Select(c => canCome.Contains(c) ? '1' : '0')), clock.GetUtcNow());
            var (from, to) = (CampusCalendar.StartOf(poll.FirstDay), poll.AllDays.Max(d => poll.Bands.Max(b => b.EndOn(d))));
            // What was said before about these days, here or elsewhere, is over.
            db.RemoveRange(await db.Set<Unavailability>().Where(u => u.PersonId == own.PersonId && u.Source == AbsenceSource.Own && u.From >= from && u.To <= to).ToListAsync(ct));
            db.AddRange(Away(poll, canCome).Select(a => Unavailability.Of(own.PersonId, a.From, a.To, AbsenceSource.Own)));
            db.Record(Actor.System, "workforce.poll.answered", "poll", poll.Id, details: new { person = own.PersonId });
            try
            {
                await db.CommitAsync(ct);
                return Result.Ok;
            }
            catch (DbUpdateConcurrencyException) when (turn < 3)
            {
                // Sent twice at the same moment: the later one counts.
                db.Forget();
            }
        }
    }

    /// <summary>The times of the cells without a yes, those that touch or overlap as one. A time that another cell says yes to stays free.</summary>
    internal static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Away(Poll poll, IReadOnlySet<int> canCome)
    {
        var bands = poll.Bands;
        var cells = poll.AllDays.SelectMany((day, d) => bands.Select((band, b) => (From: band.StartOn(day), To: band.EndOn(day), Yes: canCome.Contains((d * bands.Count) + b)))).ToList();
        var yes = cells.Where(c => c.Yes).ToList();
        var away = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var piece in cells.Where(c => !c.Yes).SelectMany(c => Without(c.From, c.To, yes)).OrderBy(p => p.From))
        {
            if (away.Count > 0 && piece.From <= away[^1].To) away[^1] = (away[^1].From, piece.To > away[^1].To ? piece.To : away[^1].To);
            else away.Add(piece);
        }
        return away;
    }

    private static List<(DateTimeOffset From, DateTimeOffset To)> Without(DateTimeOffset from, DateTimeOffset to, IEnumerable<(DateTimeOffset From, DateTimeOffset To, bool Yes)> free)
    {
        var left = new List<(DateTimeOffset From, DateTimeOffset To)> { (from, to) };
        foreach (var (start, end, _) in free)
            left = [.. left.SelectMany(l => new[] { (l.From, To: l.To < start ? l.To : start), (From: l.From > end ? l.From : end, l.To) }).Where(l => l.From < l.To)];
        return left;
    }

    private async Task<(Poll Poll, PollPerson Own)?> ReadAsync(string token, CancellationToken ct)
    {
        if (links.Read(token) is not { } id) return null;
        var own = await db.Set<PollPerson>().SingleOrDefaultAsync(p => p.Id == id, ct);
        var poll = own is null ? null : await db.Set<Poll>().AsNoTracking().SingleAsync(p => p.Id == own.PollId, ct);
        return own is not null && poll?.IsOpen(clock.GetUtcNow()) == true ? (poll, own) : null;
    }
}

/// <summary>Two entries are one person: asked once, and an answer goes before none.</summary>
internal sealed class FollowMergedPollPerson(TongxinDb db) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var rows = await db.Set<PollPerson>().Where(p => p.PersonId == happened.KeptId || p.PersonId == happened.GoneId).ToListAsync(ct);
        foreach (var gone in rows.Where(p => p.PersonId == happened.GoneId))
        {
            var kept = rows.Find(p => p.PersonId == happened.KeptId && p.PollId == gone.PollId);
            if (kept is null)
            {
                gone.Reassign(happened.KeptId);
                continue;
            }
            if (kept.AnsweredAt is null && gone.AnsweredAt is { } at) kept.Say(gone.Answer, at);
            db.Remove(gone);
        }
    }
}
