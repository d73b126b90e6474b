namespace Tongxin.Core.Rostering.Rules.Soft;

/// <summary>A rule that a good roster follows as far as it can. Counts its points from the finished roster; knows nothing of the search.</summary>
internal abstract class SoftRule
{
    /// <summary>Stable name: "roster.rule." + name is the key of its text.</summary>
    public abstract string Name { get; }

    /// <summary>Penalty per point.</summary>
    public abstract double Weight(RosterWeights weights);

    /// <summary>Points of the roster; 0 is perfect.</summary>
    public abstract double Points(RosterView roster);

    /// <summary>All soft rules, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<SoftRule> All =
    [
        new CoverShortRule(), new CoverWishedRule(), new CoverOverRule(), new WishOnRule(), new WishOffRule(), new FairTurnsRule(), new FairHoursRule(),
        new FairNightsRule(), new FairWeekendsRule(), new ExperienceRule(), new NearRule(), new StabilityRule(),
    ];
}
