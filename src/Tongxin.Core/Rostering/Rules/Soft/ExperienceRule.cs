namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>A point for each duty with two or more people, none of them experienced, at a post that wants experience.</summary>
internal sealed class ExperienceRule : SoftRule
{
    public override string Name => "experience";

    public override double Weight(RosterWeights weights) => weights.Experience;

    public override double Points(RosterView roster) =>
        roster.Problem.Duties.Count(d => Points(roster.Index, d, roster.CountOn(d), roster.PeopleOn(d).Count(p => p.IsExperienced)) > 0);

    public static int Points(RosterIndex index, Duty duty, int people, int experienced) =>
        index.PostOf(duty).WantsExperience && people >= 2 && experienced == 0 ? 1 : 0;
}
