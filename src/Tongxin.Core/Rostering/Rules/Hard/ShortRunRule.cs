namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too few days worked in a row, unless the row touches an edge of the roster. Args: days, least days, first roster day.</summary>
internal sealed class ShortRunRule : HardRule
{
    public override string Name => "short_run";

    public override bool AllowsFewer => false;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from run in who.Runs()
        where run.Worked && run.Days < who.Limits.MinDaysInRow && who.IsInside(run.First, run.Days)
        select who.Break(Name, null, run.Days, who.Limits.MinDaysInRow, who.Index.Date(run.First));
}
