using System.Text.Json;
using System.Text.Json.Serialization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Data;

/// <summary>Something to be done on each turn at a post; a mandatory one left open needs a reason.</summary>
internal sealed record ChecklistItem(string Text, bool Mandatory);

/// <summary>Protective equipment handed out for each turn.</summary>
internal sealed record IssueItem(string Name, int Count);

/// <summary>What the office says about a post.</summary>
internal sealed record PostFacts
{
    public string Name { get; init; } = "";

    /// <summary>Where it is in the register; null for a post outside it.</summary>
    public Guid? PlaceId { get; init; }

    /// <summary>Where exactly, in words.</summary>
    public string? Spot { get; init; }

    /// <summary>The unit whose post it is.</summary>
    public Guid? UnitId { get; init; }
    public DutyCode DutyCode { get; init; } = DutyCode.Watch;
    public DutyRole Role { get; init; }

    /// <summary>Somebody must be there at every minute: a roster with a gap is not published.</summary>
    public bool IsAroundTheClock { get; init; }

    /// <summary>One experienced person wanted on each turn of two or more.</summary>
    public bool WantsExperience { get; init; }
    public IReadOnlyList<Skill> Skills { get; init; } = [];
    public IReadOnlyList<ChecklistItem> Checklist { get; init; } = [];
    public IReadOnlyList<IssueItem> Issue { get; init; } = [];

    /// <summary>What the turn answers for; on the task letter.</summary>
    public string? Task { get; init; }

    /// <summary>Whom to call; on the task letter.</summary>
    public string? Contact { get; init; }

    /// <summary>What is handed to the next turn; on the task letter.</summary>
    public string? Handover { get; init; }
}

/// <summary>A place where somebody stands: gate, sampling table, canteen, patrol, hotline, leader on duty.</summary>
internal sealed class Post : IVersioned
{
    private Post() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public Guid? PlaceId { get; private set; }
    public string? Spot { get; private set; }
    public Guid? UnitId { get; private set; }
    public DutyCode DutyCode { get; private set; }
    public DutyRole Role { get; private set; }
    public bool IsAroundTheClock { get; private set; }
    public bool WantsExperience { get; private set; }

    /// <summary>The lists below as JSON.</summary>
    public string SkillsText { get; private set; } = "[]";
    public string ChecklistText { get; private set; } = "[]";
    public string IssueText { get; private set; } = "[]";
    public string? Task { get; private set; }
    public string? Contact { get; private set; }
    public string? Handover { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<Skill> Skills => RosterJson.Read<List<Skill>>(SkillsText);

    public IReadOnlyList<ChecklistItem> Checklist => RosterJson.Read<List<ChecklistItem>>(ChecklistText);

    public IReadOnlyList<IssueItem> Issue => RosterJson.Read<List<IssueItem>>(IssueText);

    public static Post Create(PostFacts facts)
    {
        var post = new Post { Id = Ids.New() };
        post.Change(facts);
        return post;
    }

    public void Change(PostFacts facts)
    {
        (Name, PlaceId, Spot, UnitId) = (facts.Name, facts.PlaceId, facts.Spot, facts.UnitId);
        (DutyCode, Role, IsAroundTheClock, WantsExperience) = (facts.DutyCode, facts.Role, facts.IsAroundTheClock, facts.WantsExperience);
        (Task, Contact, Handover) = (facts.Task, facts.Contact, facts.Handover);
        SkillsText = RosterJson.Write(facts.Skills);
        ChecklistText = RosterJson.Write(facts.Checklist);
        IssueText = RosterJson.Write(facts.Issue);
    }

    public void Archive(DateTimeOffset at) => ArchivedAt ??= at;

    public void Reopen() => ArchivedAt = null;
}

/// <summary>A turn that repeats at a post: 06:00 for eight hours on these weekdays, four people.</summary>
internal sealed class ShiftTemplate
{
    public const int EveryDay = 0b111_1111;

    private ShiftTemplate() { }

    public Guid Id { get; private set; }
    public Guid PostId { get; private set; }

    /// <summary>Shown on the board: one or two characters, such as 早.</summary>
    public string Mark { get; private set; } = "";

    /// <summary>Start, in minutes after midnight of the day it belongs to.</summary>
    public int StartsAt { get; private set; }

    /// <summary>Length; beyond midnight it still belongs to its evening.</summary>
    public int Minutes { get; private set; }

    /// <summary>Bit 0 is Monday.</summary>
    public int Weekdays { get; private set; }
    public int Needed { get; private set; }
    public int Wished { get; private set; }
    public bool IsNight { get; private set; }

    /// <summary>The one day it is for; null: it repeats.</summary>
    public DateOnly? OnlyOn { get; private set; }

    /// <summary>What a module above counted it for; null: the office made it.</summary>
    public Guid? SourceId { get; private set; }

    /// <summary>What that module calls the work: the same key goes to the same post.</summary>
    public string? SourceKey { get; private set; }

    /// <summary>Taken off the post: rosters made before keep it.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public static ShiftTemplate Create(Guid post, ShiftFacts facts) => new()
    {
        Id = Ids.New(),
        PostId = post,
        Mark = facts.Mark,
        StartsAt = facts.StartsAt,
        Minutes = facts.Minutes,
        Weekdays = facts.Weekdays,
        Needed = facts.Needed,
        Wished = Math.Max(facts.Wished, facts.Needed),
        IsNight = facts.IsNight,
    };

    /// <summary>For one day, counted by a module above.</summary>
    public static ShiftTemplate Once(Guid post, ShiftFacts facts, DateOnly day, Guid source, string key)
    {
        var template = Create(post, facts);
        (template.OnlyOn, template.SourceId, template.SourceKey) = (day, source, key);
        return template;
    }

    public ShiftFacts Facts => new(Mark, StartsAt, Minutes, Needed, Wished, Weekdays, IsNight);

    public bool Falls(DateOnly day) => OnlyOn is { } only ? only == day : (Weekdays >> (((int)day.DayOfWeek + 6) % 7) & 1) == 1;

    /// <summary>First instant of the turn that belongs to the day.</summary>
    public DateTimeOffset Starts(DateOnly day) => CampusCalendar.StartOf(day).AddMinutes(StartsAt);

    public void Remove(DateTimeOffset at) => RemovedAt ??= at;
}

/// <summary>What a shift template says.</summary>
internal sealed record ShiftFacts(string Mark, int StartsAt, int Minutes, int Needed, int Wished, int Weekdays = ShiftTemplate.EveryDay, bool IsNight = false);

/// <summary>How lists and settings are kept in a column.</summary>
internal static class RosterJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new InvalidOperationException("An empty column.");
}
