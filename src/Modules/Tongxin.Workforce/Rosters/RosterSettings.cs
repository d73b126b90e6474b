using Tongxin.Core.Rostering;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>What the office asks of a roster: the house rules and what counts how much (0 off, 1 usual, 3 strongly).</summary>
internal sealed record RosterSettings
{
    public const int MostSeconds = 300;

    public int RestHours { get; init; } = 10;
    public int HoursPerDay { get; init; } = 12;
    public int DutiesPerDay { get; init; } = 1;
    public int DaysInRow { get; init; } = 6;

    /// <summary>Most weekends with a duty; null: no limit.</summary>
    public int? Weekends { get; init; }
    public int Fair { get; init; } = 1;
    public int Nights { get; init; } = 1;
    public int Near { get; init; } = 1;
    public int Experience { get; init; } = 1;
    public int Stability { get; init; } = 1;
    public int Wishes { get; init; } = 1;

    /// <summary>A swap holds once the roster's owner agrees; otherwise as soon as both do.</summary>
    public bool SwapsNeedApproval { get; init; } = true;

    /// <summary>How long a solve searches.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>Search steps instead of seconds: the same roster on every machine.</summary>
    public long? Steps { get; init; }
    public int Seed { get; init; } = 1;

    public RosterLimits Limits => new()
    {
        MinRest = RestHours * 60,
        MaxMinutesPerDay = HoursPerDay * 60,
        MaxDutiesPerDay = DutiesPerDay,
        MaxDaysInRow = DaysInRow,
        MaxWeekends = Weekends,
    };

    public RosterWeights Weights
    {
        get
        {
            var usual = new RosterWeights();
            return usual with
            {
                FairTurns = usual.FairTurns * Fair,
                FairHours = usual.FairHours * Fair,
                FairNights = usual.FairNights * Nights,
                FairWeekends = usual.FairWeekends * Nights,
                Near = usual.Near * Near,
                Experience = usual.Experience * Experience,
                Stability = usual.Stability * Stability,
                WishOn = usual.WishOn * Wishes,
                WishOff = usual.WishOff * Wishes,
            };
        }
    }

    /// <summary>The machine's own clock: a search takes real seconds, whatever day the product believes it is.</summary>
    public RosterOptions Options => new() { Seed = Seed, Steps = Steps, Time = TimeSpan.FromSeconds(Math.Clamp(Seconds, 1, MostSeconds)), Clock = TimeProvider.System };

    /// <summary>Within what makes sense; what is typed beyond it is brought back.</summary>
    public RosterSettings Clean() => this with
    {
        RestHours = Math.Clamp(RestHours, 0, 24),
        HoursPerDay = Math.Clamp(HoursPerDay, 1, 24),
        DutiesPerDay = Math.Clamp(DutiesPerDay, 1, 3),
        DaysInRow = Math.Clamp(DaysInRow, 1, 14),
        Weekends = Weekends is < 0 ? null : Weekends,
        Fair = Weight(Fair),
        Nights = Weight(Nights),
        Near = Weight(Near),
        Experience = Weight(Experience),
        Stability = Weight(Stability),
        Wishes = Weight(Wishes),
        Seconds = Math.Clamp(Seconds, 1, MostSeconds),
    };

    public static RosterSettings Of(Roster roster) => RosterJson.Read<RosterSettings>(roster.SettingsText);

    private static int Weight(int weight) => Math.Clamp(weight, 0, 9);
}

/// <summary>What the latest solve said that cannot be counted anew from the roster.</summary>
internal sealed record SolveSummary(long Steps, double Seconds, bool Stopped, double? LowerBound, int? Unavoidable, IReadOnlyList<SaidCollision> Collisions)
{
    public static SolveSummary? Of(Roster roster) => roster.ResultText is { } text ? RosterJson.Read<SolveSummary>(text) : null;
}

/// <summary>A collision with its values as words that fill the places of its text, but for ids, which the page names.</summary>
internal sealed record SaidCollision(string Code, IReadOnlyList<string> Args);
