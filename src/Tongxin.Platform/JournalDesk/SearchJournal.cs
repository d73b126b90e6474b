using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Platform.JournalDesk;

/// <summary>The journal by day, action, subject and account, newest first. Without any of them: today.</summary>
internal sealed class SearchJournal(TongxinDb db, TimeProvider clock)
{
    public static readonly TableDefaults Defaults = new("-at", FilterKeys: ["day", "action", "subject", "account"]);

    public async Task<(IReadOnlyList<JournalEntry> Rows, int Total)> ExecuteAsync(TableQuery query, CancellationToken ct)
    {
        var found = db.Set<JournalEntry>().AsNoTracking();
        if (DayOf(query) is { } day)
        {
            var (from, to) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
            found = found.Where(e => e.At >= from && e.At < to);
        }
        if (query.Filter("action") is { } action) found = found.Where(e => e.Action.StartsWith(action));
        if (IdOf(query, "subject") is { } subject) found = found.Where(e => e.SubjectId == subject);
        if (IdOf(query, "account") is { } account) found = found.Where(e => e.AccountId == account);
        var total = await found.CountAsync(ct);
        return (await found.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip(query.Skip).Take(query.Size).ToListAsync(ct), total);
    }

    /// <summary>The day shown: the asked one; today when nothing narrows the journal.</summary>
    public DateOnly? DayOf(TableQuery query) =>
        DateOnly.TryParseExact(query.Filter("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : query.Filters.Count == 0 ? CampusCalendar.DayOf(clock.GetUtcNow()) : null;

    // A subject that is no id finds nothing rather than everything.
    private static Guid? IdOf(TableQuery query, string key) =>
        query.Filter(key) is not { } text ? null : Guid.TryParse(text, out var id) ? id : Guid.AllBitsSet;
}
