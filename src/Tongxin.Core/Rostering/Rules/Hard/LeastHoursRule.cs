namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too few minutes over the roster. Args: minutes, least minutes.</summary>
internal sealed class LeastHoursRule : HardRule
{
    public const string RuleName = "least_hours";

    public override string Name => RuleName;

    public override bool AllowsFewer => false;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who)
    {
        var minutes = who.Duties.Sum(d => d.Minutes);
        if (minutes < who.Limits.MinMinutes) yield return who.Break(Name, null, minutes, who.Limits.MinMinutes);
    }
}
