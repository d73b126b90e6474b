namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too many days worked in a row; days before the roster count. Args: days, most days, first roster day of the row.</summary>
internal sealed class DaysInRowRule : HardRule
{
    public override string Name => "days_in_row";

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from run in who.Runs()
        where run.Worked
        let days = run.Days + (run.First == 0 ? who.Person.History.DaysInRow : 0)
        where days > who.Limits.MaxDaysInRow
        select who.Break(Name, null, days, who.Limits.MaxDaysInRow, who.Index.Date(run.First));
}
