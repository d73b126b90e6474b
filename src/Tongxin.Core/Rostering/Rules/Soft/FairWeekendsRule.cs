namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Duties of Saturdays and Sundays away from the fair share, squared, over all people.</summary>
internal sealed class FairWeekendsRule : SoftRule
{
    public override string Name => "fair_weekends";

    public override double Weight(RosterWeights weights) => weights.FairWeekends;

    public override double Points(RosterView roster) => FairShare.Points(roster, Load, Past);

    public static double Load(Duty duty) => RosterIndex.IsWeekend(duty.Day) ? 1 : 0;

    public static double Past(PersonHistory history) => history.Weekends;
}
