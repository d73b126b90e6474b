namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>No duty on a day off or touching a time at which the person is unavailable. Args: roster day.</summary>
internal sealed class UnavailableRule : HardRule
{
    public override string Name => "unavailable";

    public override bool IsAboutOneDuty => true;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from duty in who.Duties
        where who.Person.DaysOff.Contains(duty.Day) || who.Person.Unavailable.Any(t => duty.Starts < t.To && t.From < duty.Ends)
        select who.Break(Name, duty, duty.Day);
}
