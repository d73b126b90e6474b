namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Each duty asked for and not given, times the wish's points.</summary>
internal sealed class WishOnRule : SoftRule
{
    public override string Name => "wish_on";

    public override double Weight(RosterWeights weights) => weights.WishOn;

    public override double Points(RosterView roster) => roster.Problem.People.Sum(p =>
    {
        var has = roster.DutiesOf(p).Select(d => d.Id).ToHashSet();
        return p.Wishes.Where(w => w.IsOn && !has.Contains(w.DutyId)).Sum(w => w.Points);
    });
}
