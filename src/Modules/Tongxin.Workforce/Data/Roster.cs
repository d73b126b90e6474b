using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>Where a roster is.</summary>
internal enum RosterState
{
    /// <summary>草稿: changes freely.</summary>
    Draft,

    /// <summary>发布: people act on it; changes only by a draft that replaces it.</summary>
    Published,

    /// <summary>A later draft of the series was published.</summary>
    Replaced,

    /// <summary>撤回, with a reason.</summary>
    Withdrawn,
}

/// <summary>
/// One version of a roster. All versions of a series have the same duties; each has its own pool and assignments. At most one of a
/// series is published.
/// </summary>
internal sealed class Roster : IVersioned
{
    public const int MostDays = 62;

    private Roster() { }

    public Guid Id { get; private set; }

    /// <summary>The first version's id: duties hang on it.</summary>
    public Guid SeriesId { get; private set; }

    /// <summary>The version number that screen and paper show; counts up within the series.</summary>
    public int Number { get; private set; }

    /// <summary>The published version that this one changes; null: it changes none.</summary>
    public Guid? FromId { get; private set; }
    public string Name { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }
    public int Days { get; private set; }
    public RosterState State { get; private set; }

    /// <summary>Limits and weights, as JSON.</summary>
    public string SettingsText { get; private set; } = "{}";

    /// <summary>The latest solve.</summary>
    public Guid? JobId { get; private set; }

    /// <summary>What the latest solve said, as JSON.</summary>
    public string? ResultText { get; private set; }
    public DateTimeOffset? SolvedAt { get; private set; }
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public Guid? PublishedBy { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? EndedWhy { get; private set; }
    public int Version { get; private set; }

    public DateOnly LastDay => FirstDay.AddDays(Days - 1);

    public static Roster Create(string name, DateOnly firstDay, int days, string settings, Guid by, DateTimeOffset at)
    {
        var id = Ids.New();
        return new Roster
        {
            Id = id,
            SeriesId = id,
            Number = 1,
            Name = name,
            FirstDay = firstDay,
            Days = days,
            SettingsText = settings,
            CreatedBy = by,
            CreatedAt = at,
        };
    }

    /// <summary>A further draft of the same series.</summary>
    public Roster Next(int number, string settings, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        SeriesId = SeriesId,
        Number = number,
        FromId = State == RosterState.Published ? Id : FromId,
        Name = Name,
        FirstDay = FirstDay,
        Days = Days,
        SettingsText = settings,
        CreatedBy = by,
        CreatedAt = at,
    };

    public void Rename(string name) => Name = name;

    public void Set(string settings) => SettingsText = settings;

    public void WorkedOnBy(Guid job) => JobId = job;

    public void Solved(string result, DateTimeOffset at) => (ResultText, SolvedAt) = (result, at);

    public void Publish(Guid by, DateTimeOffset at) => (State, PublishedBy, PublishedAt) = (RosterState.Published, by, at);

    public void Replace(DateTimeOffset at) => (State, EndedAt) = (RosterState.Replaced, at);

    public void Withdraw(string why, DateTimeOffset at) => (State, EndedWhy, EndedAt) = (RosterState.Withdrawn, why, at);
}

/// <summary>Somebody who can be given duties by a roster.</summary>
internal sealed class RosterMember
{
    private RosterMember() { }

    public Guid RosterId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Knows the work.</summary>
    public bool IsExperienced { get; private set; }

    /// <summary>Of the fair load, in percent: 100 for everybody alike, 0 takes out of fairness.</summary>
    public int Share { get; private set; }

    /// <summary>Most hours over the roster, where somebody has a limit of their own.</summary>
    public int? MaxHours { get; private set; }

    public static RosterMember Of(Guid roster, Guid person, bool experienced = false, int share = 100, int? maxHours = null) =>
        new() { RosterId = roster, PersonId = person, IsExperienced = experienced, Share = share, MaxHours = maxHours };

    public RosterMember For(Guid roster) => Of(roster, PersonId, IsExperienced, Share, MaxHours);
}

/// <summary>A slot to be filled: one template on one day. Shared by all versions of a series, so it is a lasting key of what happens on it.</summary>
internal sealed class RosterDuty
{
    private RosterDuty() { }

    public Guid Id { get; private set; }
    public Guid SeriesId { get; private set; }
    public Guid PostId { get; private set; }
    public Guid TemplateId { get; private set; }

    /// <summary>The roster day: 22:00-04:00 belongs to its evening.</summary>
    public DateOnly Day { get; private set; }
    public DateTimeOffset Starts { get; private set; }
    public DateTimeOffset Ends { get; private set; }
    public string Mark { get; private set; } = "";
    public int Needed { get; private set; }
    public int Wished { get; private set; }
    public bool IsNight { get; private set; }

    public int Minutes => (int)(Ends - Starts).TotalMinutes;

    public static RosterDuty Of(Guid series, ShiftTemplate template, DateOnly day)
    {
        var starts = template.Starts(day);
        return new RosterDuty
        {
            Id = Ids.New(),
            SeriesId = series,
            PostId = template.PostId,
            TemplateId = template.Id,
            Day = day,
            Starts = starts,
            Ends = starts.AddMinutes(template.Minutes),
            Mark = template.Mark,
            Needed = template.Needed,
            Wished = template.Wished,
            IsNight = template.IsNight,
        };
    }
}
