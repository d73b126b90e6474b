namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too few days off in a row, unless the row touches an edge of the roster. Args: days, least days, first roster day.</summary>
internal sealed class DaysOffRule : HardRule
{
    public override string Name => "days_off";

    public override bool AllowsFewer => false;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from run in who.Runs()
        where !run.Worked && run.Days < who.Limits.MinDaysOff && who.IsInside(run.First, run.Days)
        select who.Break(Name, null, run.Days, who.Limits.MinDaysOff, who.Index.Date(run.First));
}
