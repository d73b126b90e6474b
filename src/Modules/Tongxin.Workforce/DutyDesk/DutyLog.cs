using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>Somebody on a duty with their times.</summary>
internal sealed record LogPerson(string Name, TurnState State, DateTimeOffset? Came, DateTimeOffset? Left);

/// <summary>A line of 值班记录: one duty.</summary>
internal sealed record LogLine(
    RosterDuty Duty, Post Post, IReadOnlyList<string> Leaders, IReadOnlyList<LogPerson> People, Handover? Sheet, string GivenBy, IReadOnlyList<DutyReport> Reports);

/// <summary>值班记录 of the actor's posts over some days, as facts.</summary>
internal sealed class DutyLog(TongxinDb db, DutyBook book, DeskSight sight, TimeProvider clock)
{
    public const int MostDays = 31;

    /// <summary>The days asked for, in order and not too many; yesterday and today when nothing was asked.</summary>
    public (DateOnly From, DateOnly Through) Days(string? from, string? through)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var first = DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var f) ? f : today.AddDays(-1);
        var last = DateOnly.TryParseExact(through, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t) ? t : today;
        if (last < first) last = first;
        return (first, last.DayNumber - first.DayNumber >= MostDays ? first.AddDays(MostDays - 1) : last);
    }

    public async Task<IReadOnlyList<LogLine>> ReadAsync(DateOnly first, DateOnly last, Actor actor, CancellationToken ct)
    {
        var scope = await sight.PostsAsync(actor, DutyPermissions.ReadDesk, ct);
        var now = clock.GetUtcNow();
        var turns = await book.Turns.AsNoTracking().Where(x => first <= x.Duty.Day && x.Duty.Day <= last && x.Duty.Starts <= now).ToListAsync(ct);
        var names = await book.NamesAsync(turns.Select(x => x.Turn.PersonId), ct);
        var ids = turns.ConvertAll(x => x.Duty.Id);
        var facts = (await db.Set<Attendance>().AsNoTracking().Where(a => ids.Contains(a.DutyId)).ToListAsync(ct)).ToDictionary(a => (a.TurnId, a.Kind), a => a.At);
        var sheets = await db.Set<Handover>().AsNoTracking().Where(h => ids.Contains(h.DutyId)).ToDictionaryAsync(h => h.DutyId, ct);
        var givers = await book.NamesAsync(sheets.Values.Select(s => s.GivenBy).OfType<Guid>(), ct);
        var reports = (await db.Set<DutyReport>().AsNoTracking().Where(r => ids.Contains(r.DutyId)).OrderBy(r => r.At).ToListAsync(ct)).ToLookup(r => r.DutyId);
        var leaders = turns.Where(x => x.Post.Role == DutyRole.Leader && x.Counts).ToList();
        string NameOf(Guid id) => names.GetValueOrDefault(id) ?? "";
        DateTimeOffset? AtOf(Turn turn, AttendanceKind kind) => facts.TryGetValue((turn.Id, kind), out var at) ? at : null;
        return
        [
            .. turns.Where(x => scope.Reach(x.Post.Id)).GroupBy(x => x.Duty.Id).Select(g =>
            {
                var (duty, post) = (g.First().Duty, g.First().Post);
                var sheet = sheets.GetValueOrDefault(duty.Id);
                return new LogLine(
                    duty, post,
                    // A leader has the whole campus or the own unit's posts: whoever was on duty at the time is named.
                    [.. leaders.Where(l => l.Duty.Starts < duty.Ends && duty.Starts < l.Duty.Ends).Select(l => NameOf(l.Turn.PersonId)).Distinct().Order(StringComparer.Ordinal)],
                    [.. g.Where(x => !x.Turn.IsReserve || AtOf(x.Turn, AttendanceKind.In) is not null)
                        .Select(x => new LogPerson(NameOf(x.Turn.PersonId), x.Turn.State, AtOf(x.Turn, AttendanceKind.In), AtOf(x.Turn, AttendanceKind.Out))).OrderBy(p => p.Name, StringComparer.Ordinal)],
                    sheet, sheet?.GivenBy is { } by ? givers.GetValueOrDefault(by) ?? "" : "", [.. reports[duty.Id]]);
            }).OrderBy(l => l.Duty.Starts).ThenBy(l => l.Post.Name, StringComparer.Ordinal),
        ];
    }
}

/// <summary>The columns of 值班记录, in the wording of the paper form; they stay Chinese in every language of the page.</summary>
internal static class DutyLogSheet
{
    public static readonly IReadOnlyList<string> Headers =
    [
        "日期", "班次(起止)", "岗位", "带班领导", "值班员", "到岗时间", "离岗时间", "巡查情况", "接报事项(时间/来源/内容/处置/结果)", "待办移交", "物品清点", "交班人签名", "接班人签名",
    ];

    public static IReadOnlyList<string> Cells(LogLine line, IStringLocalizer<DutyText> texts) =>
    [
        line.Duty.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        $"{line.Duty.Mark} {texts.Hours(line.Duty)}",
        line.Post.Name,
        string.Join('、', line.Leaders),
        string.Join('、', line.People.Select(p => p.State is TurnState.Absent or TurnState.Covered ? $"{p.Name}({texts.Of(TurnState.Absent)})" : p.Name)),
        Times(line, p => p.Came),
        Times(line, p => p.Left),
        line.Sheet?.Patrol ?? "",
        string.Join('；', line.Reports.Select(r => string.Join('/', Moments.Time(r.At), r.Source, r.Content, r.Action ?? "", r.Outcome ?? ""))),
        line.Sheet?.OpenItems ?? "",
        string.Join('、', (line.Sheet?.Counts ?? []).Select(c => c.Due is { } due && due != c.Count ? $"{c.Name} {c.Count}/{due}" : $"{c.Name} {c.Count}")),
        line.Sheet?.GivenAt is { } given ? $"{line.GivenBy} {Moments.Time(given)}" : "",
        line.Sheet?.TakenAt is { } taken ? $"{line.Sheet.TakenByName} {Moments.Time(taken)}" : "",
    ];

    public static SheetDocument Document(IReadOnlyList<LogLine> lines, string days, string watermark, IStringLocalizer<DutyText> texts) => new()
    {
        Name = "值班记录",
        Titles = ["值班记录", days],
        Watermark = watermark,
        Columns = [.. Headers.Select((h, i) => new SheetColumn(h, i is 7 or 8 or 9 ? 30 : 14, i is 7 or 8 or 9 or 10 ? SheetColumnStyle.Wrapped : SheetColumnStyle.Plain))],
        Rows = lines.Select(l => Cells(l, texts).Select(c => (SheetValue)c).ToList()),
    };

    // One person: the time alone. Several: whose time it is.
    private static string Times(LogLine line, Func<LogPerson, DateTimeOffset?> of) => line.People.Count == 1
        ? line.People[0] is var only && of(only) is { } at ? Moments.Time(at) : ""
        : string.Join('、', line.People.Where(p => of(p) is not null).Select(p => $"{p.Name} {Moments.Time(of(p).GetValueOrDefault())}"));
}

internal static class DutyLogRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/desk/log.xlsx", SheetAsync).Needs(DutyPermissions.ReadDesk).ExcludeFromDescription();

    private static async Task<IResult> SheetAsync(
        string? from, string? through, DutyLog log, ICurrentActor current, TongxinDb db, IStringLocalizer<DutyText> texts, IStringLocalizer<UiText> ui, TimeProvider clock, CancellationToken ct)
    {
        var actor = await current.RequireAsync(ct);
        var (first, last) = log.Days(from, through);
        var lines = await log.ReadAsync(first, last, actor, ct);
        var days = string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd}–{last:yyyy-MM-dd}");
        db.Record(actor, "workforce.duty-log.exported", "duty-log", null, details: new { from = first, through = last, rows = lines.Count });
        await db.CommitAsync(ct);
        return Results.File(
            SheetWriter.ToBytes(DutyLogSheet.Document(lines, days, texts["log.watermark", actor.Name, Moments.Full(clock.GetUtcNow(), ui)], texts)),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"值班记录-{days}.xlsx");
    }
}
