namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Hours away from the fair share, squared; ten square hours are a point.</summary>
internal sealed class FairHoursRule : SoftRule
{
    /// <summary>So that the square of the load is in points: hours divided by the root of ten.</summary>
    private static readonly double MinutesPerUnit = 60 * Math.Sqrt(10);

    public override string Name => "fair_hours";

    public override double Weight(RosterWeights weights) => weights.FairHours;

    public override double Points(RosterView roster) => FairShare.Points(roster, Load, Past);

    public static double Load(Duty duty) => duty.Minutes / MinutesPerUnit;

    public static double Past(PersonHistory history) => history.Minutes / MinutesPerUnit;
}
