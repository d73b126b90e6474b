namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>Everybody has the skills that kind and post ask for. Args: the skill.</summary>
internal sealed class SkillRule : HardRule
{
    public override string Name => "skill";

    public override bool IsAboutOneDuty => true;

    public override IEnumerable<RuleBreak> Breaks(PersonDuties who) =>
        from duty in who.Duties
        from skill in who.Index.MissingSkills(who.Person, duty).Distinct()
        select who.Break(Name, duty, skill);
}
