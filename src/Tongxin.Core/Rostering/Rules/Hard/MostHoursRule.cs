namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Not too many minutes over the roster. Args: minutes, most minutes.</summary>
internal sealed class MostHoursRule : HardRule
{
    public override string Name => "most_hours";

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who)
    {
        var minutes = who.Duties.Sum(d => d.Minutes);
        if (who.Limits.MaxMinutes is { } most && minutes > most) yield return who.Break(Name, null, minutes, most);
    }
}
