using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>Rules, gaps and times in words: one place for pages, refusals and paper.</summary>
internal sealed class RosterWords(IStringLocalizer<RosterText> texts, IStringLocalizer<UiText> ui)
{
    /// <summary>"两班之间休息 6 小时，不足 10 小时".</summary>
    public string Say(RuleBreak broken) => texts[broken.Code, [.. Words(broken.Rule, broken.Args)]];

    /// <summary>The rule's name alone.</summary>
    public string Name(string rule) => texts["roster.name." + rule];

    /// <summary>What is said of a drop that breaks nothing.</summary>
    public string May => texts["board.ok"];

    /// <summary>"休息不足（12 人）、没有资格（3 人）".</summary>
    public string Why(IEnumerable<GapCause> causes)
    {
        var said = causes.Select(c => texts["gap.cause", Name(c.Rule), c.People].Value).ToList();
        return said.Count == 0 ? texts["gap.nobody-left"] : string.Join(texts["comma"], said);
    }

    /// <summary>"11月23日 周一 22:00–04:00".</summary>
    public string When(RosterDuty duty) => $"{Day(duty.Day)} {Hours(duty)}";

    public string Day(DateOnly day) => Moments.Day(day, ui);

    public static string Hours(RosterDuty duty) => Hours(duty.Starts, duty.Ends);

    /// <summary>"22:00–04:00"; a shift that ends at midnight ends at 24:00.</summary>
    public static string Hours(DateTimeOffset starts, DateTimeOffset ends) => $"{Moments.Time(starts)}–{(Moments.Time(ends) is "00:00" ? "24:00" : Moments.Time(ends))}";

    /// <summary>To the minute.</summary>
    public static string Minute(DateTimeOffset at) => CampusCalendar.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Span(ShiftFacts shift)
    {
        var end = (shift.StartsAt + shift.Minutes) % 1440;
        return $"{Clock(shift.StartsAt)}–{(end == 0 ? "24:00" : Clock(end))}";
    }

    /// <summary>"11月23日 周一 希望休息", with the hours where a shift is meant.</summary>
    public string Say(DutyWish wish) =>
        $"{Day(wish.Day)} {(wish.IsWholeDay ? "" : $"{new Wishes.WishSpan(wish.StartsAt, wish.Minutes)} ")}{texts[wish.IsOn ? "wishes.on" : "wishes.off"].Value}";

    /// <summary>Whoever left the pool and the roster has no name here.</summary>
    public string NameOf(Ground ground, Guid person) => ground.Names.TryGetValue(person, out var name) ? name : texts["person.left"];

    public string Skill(Skill skill) => texts["Skill." + skill];

    public string Collision(SaidCollision collision, Ground ground)
    {
        var args = collision.Args.Select((a, i) => (collision.Code, i) switch
        {
            ("roster.collision.person" or "roster.collision.locked", 0) when Guid.TryParse(a, out var person) => ground.Name(person),
            ("roster.collision.person" or "roster.collision.locked", 1) => Name(a),
            ("roster.collision.locked", 2) when Guid.TryParse(a, out var duty) => ground.DutyById.TryGetValue(duty, out var known) ? When(known) : "",
            ("roster.collision.too_few", 0) when DateOnly.TryParse(a, CultureInfo.InvariantCulture, out var day) => Day(day),
            ("roster.collision.too_few", 4) => string.Join('、', a.Split(',').Select(Guid.Parse)
                .Select(d => ground.DutyById.TryGetValue(d, out var known) && ground.PostById.TryGetValue(known.PostId, out var post) ? post.Name : "").Distinct()),
            ("roster.collision.minutes", _) when long.TryParse(a, CultureInfo.InvariantCulture, out var minutes) => Hours(minutes),
            _ => a,
        });
        return texts[collision.Code, [.. args]];
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    /// <summary>Minutes as hours with one place: "6", "4.5".</summary>
    public static string Hours(double minutes) => (minutes / 60).ToString("0.#", CultureInfo.InvariantCulture);

    private IEnumerable<object> Words(string rule, object?[] args) => args.Select((a, i) => (object)((rule, i, a) switch
    {
        ("skill", _, string skill) => texts["Skill." + skill].Value,
        ("rest" or "most_hours" or "least_hours", _, int minutes) => Hours(minutes),
        ("day", >= 2, int minutes) => Hours(minutes),
        (_, _, DateOnly day) => Day(day),
        (_, _, DateTimeOffset at) => Moments.Short(at, ui),
        _ => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "",
    }));
}
