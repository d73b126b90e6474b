using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Tongxin.Core.Common;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>
/// The rows of the board as one string each: 5,600 cells are too many for components. Cells are named by their place in the roster
/// (person or template, day), not by ids: that keeps the page small, and the page behind the link says the names again.
/// </summary>
internal sealed class BoardRows(Ground ground, HtmlEncoder encoder)
{
    /// <summary>People on one page of the board.</summary>
    public const int PageSize = 200;

    private readonly HashSet<(Guid Person, DateOnly Day)> _broken = [.. Broken(ground)];
    private readonly bool _hasWishes = ground.Wishes.All.Count > 0;

    public int Pages => Math.Max(1, (ground.People.Count + PageSize - 1) / PageSize);

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, ground.Roster.Days).Select(d => ground.Roster.FirstDay.AddDays(d));

    /// <summary>People missing on a day.</summary>
    public int Missing(DateOnly day) => ground.Gaps.Where(d => d.Day == day).Sum(ground.Missing);

    public MarkupString People(int page)
    {
        var html = new StringBuilder();
        var first = page * PageSize;
        for (var p = first; p < Math.Min(first + PageSize, ground.People.Count); p++) Person(html, p);
        return new MarkupString(html.ToString());
    }

    public MarkupString Posts()
    {
        var html = new StringBuilder();
        var byDay = ground.Duties.ToLookup(d => (d.TemplateId, d.Day));
        for (var t = 0; t < ground.Templates.Count; t++)
        {
            var template = ground.Templates[t];
            html.Append("<tr><th scope=row><b>").Append(encoder.Encode(ground.PostById[template.PostId].Name)).Append("</b> ").Append(encoder.Encode(template.Mark))
                .Append(" <small>").Append(RosterWords.Span(template.Facts)).Append("</small>");
            for (var d = 0; d < ground.Roster.Days; d++) Duty(html, byDay[(template.Id, ground.Roster.FirstDay.AddDays(d))].FirstOrDefault(), t, d);
        }
        return new MarkupString(html.ToString());
    }

    /// <summary>Letter of a shift's colour: e early, m middle, l late, n night.</summary>
    public static char Tone(RosterDuty duty) => duty.IsNight ? 'n' : CampusCalendar.Local(duty.Starts).Hour switch
    {
        < 11 => 'e',
        < 17 => 'm',
        _ => 'l',
    };

    private void Person(StringBuilder html, int p)
    {
        var person = ground.People[p];
        var all = ground.TurnsOfPerson[person.Id].Select(t => (Turn: t, Duty: ground.DutyById[t.DutyId])).ToList();
        all.Sort((one, other) => one.Duty.Starts.CompareTo(other.Duty.Starts));
        var minutes = all.Where(t => !t.Turn.IsReserve).Sum(t => t.Duty.Minutes);
        var next = 0;
        html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=row><a href=\"cell?p={p}\">").Append(encoder.Encode(person.Name)).Append("</a> <small>")
            .Append(RosterWords.Hours(minutes)).Append("h</small>");
        for (var d = 0; d < ground.Roster.Days; d++)
        {
            var day = ground.Roster.FirstDay.AddDays(d);
            var first = next;
            while (next < all.Count && all[next].Duty.Day == day) next++;
            var wish = Wish(person.Id, day);
            if (next == first)
            {
                html.Append("<td>").Append(wish);
                continue;
            }
            html.Append("<td class=").Append(Tone(all[first].Duty));
            if (_broken.Contains((person.Id, day))) html.Append('x');
            html.Append(CultureInfo.InvariantCulture, $"><a href=\"cell?p={p}&amp;d={d}\">");
            foreach (var (turn, duty) in all[first..next]) html.Append(encoder.Encode(duty.Mark)).Append(turn.IsReserve ? "°" : turn.IsLocked ? "·" : "");
            html.Append("</a>").Append(wish);
        }
    }

    // 愿 and 休: what the person asked for that day. The page behind the link says it in full.
    private string Wish(Guid person, DateOnly day)
    {
        if (!_hasWishes) return "";
        var (on, off) = (false, false);
        foreach (var wish in ground.Wishes.On(person, day)) (on, off) = (on || wish.IsOn, off || !wish.IsOn);
        return on ? off ? "<i>愿休</i>" : "<i>愿</i>" : off ? "<i>休</i>" : "";
    }

    private void Duty(StringBuilder html, RosterDuty? duty, int t, int d)
    {
        if (duty is null)
        {
            html.Append("<td>");
            return;
        }
        var missing = ground.Missing(duty);
        html.Append(missing > 0 ? "<td class=gap>" : "<td class=ok>").Append(CultureInfo.InvariantCulture, $"<a href=\"slot?t={t}&amp;d={d}\">")
            .Append(CultureInfo.InvariantCulture, $"{(missing > 0 ? $"−{missing}" : ground.Have(duty))}</a>");
    }

    private static IEnumerable<(Guid, DateOnly)> Broken(Ground ground) =>
        from b in ground.Breaks
        where b.DutyId is not null
        select (b.PersonId, ground.DutyById[b.DutyId.GetValueOrDefault()].Day);
}

/// <summary>Who is on post in each hour of a day, post by post.</summary>
internal sealed record CoverageStrip(Post Post, IReadOnlyList<StripHour> Hours)
{
    public static IReadOnlyList<CoverageStrip> Of(Ground ground, DateOnly day)
    {
        var start = CampusCalendar.StartOf(day);
        var near = ground.Duties.Where(d => d.Starts < start.AddDays(1) && d.Ends > start).ToLookup(d => d.PostId);
        // Before its first shift a roster promises nothing.
        var first = ground.Duties.GroupBy(d => d.PostId).ToDictionary(g => g.Key, g => ground.PostById[g.Key].IsAroundTheClock ? g.Min(d => d.Starts) : DateTimeOffset.MaxValue);
        return [.. ground.Posts.Where(p => near.Contains(p.Id)).Select(p => new CoverageStrip(p, [.. Enumerable.Range(0, 24).Select(h => Hour(ground, [.. near[p.Id]], start.AddHours(h), first[p.Id]))]))];
    }

    /// <summary>The worst moment of the hour: fewest above what is needed.</summary>
    private static StripHour Hour(Ground ground, List<RosterDuty> duties, DateTimeOffset from, DateTimeOffset promised)
    {
        var worst = (StripHour?)null;
        var to = from.AddHours(1);
        foreach (var at in duties.SelectMany(d => new[] { d.Starts, d.Ends }).Where(e => e > from && e < to).Append(from))
        {
            var running = duties.Where(d => d.Starts <= at && at < d.Ends).ToList();
            var hour = new StripHour(running.Sum(ground.Have), running.Sum(d => d.Needed), running.Count > 0, running.Count == 0 && at >= promised && at < promised.AddDays(ground.Roster.Days));
            if (worst is null || hour.Have - hour.Needed < worst.Have - worst.Needed || (worst.Planned && !hour.Planned)) worst = hour;
        }
        return worst ?? new StripHour(0, 0, false, false);
    }
}

/// <summary>An hour at a post.</summary>
/// <param name="Open">No shift is planned where somebody must always be.</param>
internal sealed record StripHour(int Have, int Needed, bool Planned, bool Open);
