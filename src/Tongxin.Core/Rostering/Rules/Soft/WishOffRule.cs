namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Each duty given against a wish, times the wish's points.</summary>
internal sealed class WishOffRule : SoftRule
{
    public override string Name => "wish_off";

    public override double Weight(RosterWeights weights) => weights.WishOff;

    public override double Points(RosterView roster) => roster.Problem.People.Sum(p =>
    {
        var has = roster.DutiesOf(p).Select(d => d.Id).ToHashSet();
        return p.Wishes.Where(w => !w.IsOn && has.Contains(w.DutyId)).Sum(w => w.Points);
    });
}
