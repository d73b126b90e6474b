namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too many weekends with a duty on Saturday or Sunday. Args: weekends, most weekends.</summary>
internal sealed class WeekendsRule : HardRule
{
    public override string Name => "weekends";

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who)
    {
        if (who.Limits.MaxWeekends is not { } most) yield break;
        var weekends = who.Duties.Where(d => RosterIndex.IsWeekend(d.Day)).Select(d => Saturday(d.Day)).Distinct().Count();
        if (weekends > most) yield return who.Break(Name, null, weekends, most);
    }

    private static DateOnly Saturday(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(-1) : day;
}
