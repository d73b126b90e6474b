using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Sheets;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>
/// 值班表 in the familiar layout: a row for each day, the leader on duty first, then a column for each shift. Its heads are the sheet's
/// own in every language.
/// </summary>
internal sealed record DutySheet(Ground Ground, IReadOnlyList<Post> Posts)
{
    public const string Title = "值班表";
    public const string DayHead = "日期";
    public const string WeekdayHead = "星期";
    public const string LeaderHead = "带班领导";
    private const string ReserveMark = "（备）";
    private const string Weekdays = "日一二三四五六";

    /// <summary>One table for each post but those of leaders, who stand in a column of every table; leaders alone have their own.</summary>
    public static DutySheet Of(Ground ground)
    {
        var others = ground.Posts.Where(p => p.Role != DutyRole.Leader).ToList();
        return new DutySheet(ground, others.Count > 0 ? others : ground.Posts);
    }

    public bool HasLeaders => Ground.Posts.Any(p => p.Role == DutyRole.Leader) && Posts.Any(p => p.Role != DutyRole.Leader);

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Ground.Roster.Days).Select(d => Ground.Roster.FirstDay.AddDays(d));

    public IReadOnlyList<ShiftTemplate> ShiftsOf(Post post) => [.. Ground.Templates.Where(t => t.PostId == post.Id)];

    public static string Head(ShiftTemplate shift) => $"{shift.Mark} {RosterWords.Span(shift.Facts)}";

    public static string Weekday(DateOnly day) => Weekdays[(int)day.DayOfWeek].ToString();

    public static string Date(DateOnly day) => day.ToString("M月d日", CultureInfo.InvariantCulture);

    /// <summary>Names on a shift, reserves last and marked.</summary>
    public string Names(ShiftTemplate shift, DateOnly day) => string.Join('、',
        from duty in Ground.Duties
        where duty.TemplateId == shift.Id && duty.Day == day
        from turn in Ground.TurnsOfDuty[duty.Id].OrderBy(t => t.IsReserve).ThenBy(t => Ground.Name(t.PersonId), StringComparer.Ordinal)
        select Ground.Name(turn.PersonId) + (turn.IsReserve ? ReserveMark : ""));

    public string Leaders(DateOnly day) => string.Join('、', Ground.Templates.Where(t => Ground.PostById[t.PostId].Role == DutyRole.Leader)
        .Select(t => Names(t, day)).Where(n => n.Length > 0).Distinct());

    public byte[] ToWorkbook(Actor actor, DateTimeOffset at)
    {
        var shifts = Posts.SelectMany(ShiftsOf).ToList();
        List<SheetColumn> columns = [new(DayHead, 10), new(WeekdayHead, 6)];
        if (HasLeaders) columns.Add(new(LeaderHead, 16, SheetColumnStyle.Wrapped));
        columns.AddRange(shifts.Select(s => new SheetColumn($"{Ground.PostById[s.PostId].Name} {Head(s)}", 22, SheetColumnStyle.Wrapped)));
        var roster = Ground.Roster;
        return SheetWriter.ToBytes(new SheetDocument
        {
            Name = Title,
            Titles = [$"{roster.Name} {Title}", Span(roster)],
            Watermark = $"{actor.Name} {CampusCalendar.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}",
            Columns = columns,
            Rows = Days.Select(day => (IReadOnlyList<SheetValue>)[Date(day), Weekday(day), .. HasLeaders ? [Leaders(day)] : Array.Empty<SheetValue>(), .. shifts.Select(s => (SheetValue)Names(s, day))]),
        });
    }

    /// <summary>The same number on screen and paper.</summary>
    public static string Span(Roster roster) => string.Create(CultureInfo.InvariantCulture, $"{roster.FirstDay:yyyy-MM-dd} 至 {roster.LastDay:yyyy-MM-dd} 第 {roster.Number} 版");
}
