namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Kinds that may not follow each other from one roster day to the next. Args: roster day of the first.</summary>
internal sealed class SuccessionRule : HardRule
{
    public override string Name => "succession";

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who)
    {
        var byDay = who.Duties.ToLookup(d => d.Day);
        return from before in who.Duties
               let barred = who.Index.KindOf(before).NotFollowedBy
               where barred.Count > 0
               from after in byDay[before.Day.AddDays(1)]
               where barred.Contains(after.KindId)
               select who.Break(Name, after, before.Day);
    }
}
