namespace Tongxin.Core.Rostering;

/// <summary>Penalty per point of each soft rule; 0 switches a rule off. What a point is stands with each rule in docs/algorithms/rostering.md.</summary>
public sealed record RosterWeights
{
    /// <summary>A person missing from what a duty needs.</summary>
    public double CoverShort { get; init; } = 1000;

    /// <summary>A person missing from what a duty would like beyond that.</summary>
    public double CoverWished { get; init; } = 20;

    /// <summary>A person too many.</summary>
    public double CoverOver { get; init; } = 50;

    /// <summary>A duty asked for and not given.</summary>
    public double WishOn { get; init; } = 3;

    /// <summary>A duty given against the wish.</summary>
    public double WishOff { get; init; } = 5;

    /// <summary>Turns away from the fair share, squared.</summary>
    public double FairTurns { get; init; } = 10;

    /// <summary>Hours away from the fair share, squared, a tenth of a point each.</summary>
    public double FairHours { get; init; } = 1;

    /// <summary>Nights away from the fair share, squared.</summary>
    public double FairNights { get; init; } = 4;

    /// <summary>Weekend duties away from the fair share, squared.</summary>
    public double FairWeekends { get; init; } = 2;

    /// <summary>A duty of newcomers only.</summary>
    public double Experience { get; init; } = 8;

    /// <summary>A kilometre between home and post.</summary>
    public double Near { get; init; } = 1;

    /// <summary>Somebody newly put on a duty that they do not have in the published roster.</summary>
    public double Stability { get; init; } = 30;
}
