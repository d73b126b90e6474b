namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>
/// Rest between duties of different roster days, by the clock and so across midnight. Args: minutes of rest, least minutes.
/// </summary>
internal sealed class RestRule : HardRule
{
    public override string Name => "rest";

    public override bool IsAboutOneDuty => true;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who)
    {
        var least = TimeSpan.FromMinutes(who.Limits.MinRest);
        if (who.Duties.Count > 0 && who.Person.History.LastDutyEnds is { } end && who.Duties[0].Starts - end < least)
            yield return Short(who, who.Duties[0], who.Duties[0].Starts - end);
        for (var i = 1; i < who.Duties.Count; i++)
        {
            var (before, after) = (who.Duties[i - 1], who.Duties[i]);
            if (before.Day != after.Day && after.Starts - before.Ends < least) yield return Short(who, after, after.Starts - before.Ends);
        }
    }

    private RuleBreak Short(PersonDuties who, Duty duty, TimeSpan rest) => who.Break(Name, duty, (int)rest.TotalMinutes, who.Limits.MinRest);
}
