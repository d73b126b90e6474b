namespace Tongxin.Core.Rostering.Rules.Hard;

/// <summary>A rule that no roster may break. Looks at one person's duties; knows nothing of the search.</summary>
internal abstract class HardRule
{
    /// <summary>Stable name: "roster.rule." + name is the key of its text.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// True when fewer duties can never break the rule. The search keeps such rules at every step; the others it must work towards.
    /// </summary>
    public virtual bool AllowsFewer => true;

    /// <summary>True when a single duty, looked at by itself, can break the rule.</summary>
    public virtual bool IsAboutOneDuty => false;

    /// <summary>Every place at which the duties break the rule.</summary>
    public abstract IEnumerable<RuleBreak> Breaks(PersonDuties who);

    /// <summary>All hard rules that concern a person, in the order in which they are explained.</summary>
    public static readonly IReadOnlyList<HardRule> All =
    [
        new SkillRule(), new UnavailableRule(), new OnePlaceRule(), new RestRule(), new DayRule(), new SuccessionRule(), new KindCountRule(),
        new MostHoursRule(), new DaysInRowRule(), new WeekendsRule(), new LeastHoursRule(), new ShortRunRule(), new DaysOffRule(),
    ];
}
