namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>Kilometres between home and post over all assignments; an unknown home or post counts nothing.</summary>
internal sealed class NearRule : SoftRule
{
    private const double MetresPerPoint = 1000;

    public override string Name => "near";

    public override double Weight(RosterWeights weights) => weights.Near;

    public override double Points(RosterView roster) =>
        roster.Assignments.Sum(a => Points(roster.Index, roster.Index.Person(a.PersonId), roster.Index.Duty(a.DutyId)));

    public static double Points(RosterIndex index, RosterPerson person, Duty duty) =>
        person.Home is { } home && index.PostOf(duty).At is { } post ? home.MetresTo(post) / MetresPerPoint : 0;
}
