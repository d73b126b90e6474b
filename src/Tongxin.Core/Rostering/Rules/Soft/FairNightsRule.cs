namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Nights away from the fair share, squared, over all people.</summary>
internal sealed class FairNightsRule : SoftRule
{
    public override string Name => "fair_nights";

    public override double Weight(RosterWeights weights) => weights.FairNights;

    public override double Points(RosterView roster) => FairShare.Points(roster, d => Load(roster.Index, d), Past);

    public static double Load(RosterIndex index, Duty duty) => index.KindOf(duty).IsNight ? 1 : 0;

    public static double Past(PersonHistory history) => history.Nights;
}
