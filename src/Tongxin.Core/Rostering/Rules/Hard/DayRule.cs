namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too many duties or minutes of one roster day. Args: duties, most duties, minutes, most minutes.</summary>
internal sealed class DayRule : HardRule
{
    public override string Name => "day";

    public override bool IsAboutOneDuty => true;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from day in who.Duties.GroupBy(d => d.Day)
        let duties = day.Count()
        let minutes = day.Sum(d => d.Minutes)
        where duties > who.Limits.MaxDutiesPerDay || minutes > who.Limits.MaxMinutesPerDay
        select who.Break(Name, day.Last(), duties, who.Limits.MaxDutiesPerDay, minutes, who.Limits.MaxMinutesPerDay);
}
