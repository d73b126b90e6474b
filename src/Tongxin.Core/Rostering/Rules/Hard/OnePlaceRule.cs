namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Nobody is in two places at one time; the end of one duty may be the start of the next. Args: the other duty's start.</summary>
internal sealed class OnePlaceRule : HardRule
{
    public override string Name => "one_place";

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who)
    {
        Duty? longest = null;
        foreach (var duty in who.Duties)
        {
            if (longest is not null && duty.Starts < longest.Ends) yield return who.Break(Name, duty, longest.Starts);
            if (longest is null || duty.Ends > longest.Ends) longest = duty;
        }
    }
}
