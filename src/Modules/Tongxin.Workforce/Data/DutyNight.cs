using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>签到 or 签退.</summary>
internal enum AttendanceKind
{
    /// <summary>签到.</summary>
    In,

    /// <summary>签退.</summary>
    Out,
}

/// <summary>How it is known that somebody was there.</summary>
internal enum AttendanceSource
{
    /// <summary>The code shown at the post, typed by the person.</summary>
    Code,

    /// <summary>The duty desk, with a reason.</summary>
    Desk,

    /// <summary>Both signatures of the handover.</summary>
    Handover,
}

/// <summary>
/// A fact: somebody came to a post, or left it. Inserted once, never changed; hours and turns are counted from these alone. One of
/// each kind a turn is a rule of the database.
/// </summary>
internal sealed class Attendance
{
    private Attendance() { }

    /// <summary>Made with the form that is sent: the same form sent twice is one fact.</summary>
    public Guid Id { get; private set; }
    public Guid TurnId { get; private set; }
    public Guid DutyId { get; private set; }
    public Guid PostId { get; private set; }
    public Guid PersonId { get; private set; }
    public AttendanceKind Kind { get; private set; }
    public AttendanceSource Source { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid ByAccount { get; private set; }

    /// <summary>Why the desk said so.</summary>
    public string? Why { get; private set; }

    public static Attendance Of(Guid id, Turn turn, RosterDuty duty, AttendanceKind kind, AttendanceSource source, DateTimeOffset at, Guid byAccount, string? why = null) => new()
    {
        Id = id,
        TurnId = turn.Id,
        DutyId = duty.Id,
        PostId = duty.PostId,
        PersonId = turn.PersonId,
        Kind = kind,
        Source = source,
        At = at,
        ByAccount = byAccount,
        Why = why,
    };
}

/// <summary>The screen at a post that shows the code. Its address is the right: no account is signed in there.</summary>
internal sealed class PostScreen : IVersioned
{
    private PostScreen() { }

    public Guid PostId { get; private set; }

    /// <summary>Key of the codes, sealed.</summary>
    public byte[] KeySealed { get; private set; } = [];

    /// <summary>The address's secret, for look-up.</summary>
    public byte[] AddressIndex { get; private set; } = [];

    /// <summary>The address's secret, sealed, so that the desk can show it again.</summary>
    public byte[] AddressSealed { get; private set; } = [];
    public DateTimeOffset MadeAt { get; private set; }
    public int Version { get; private set; }

    public static PostScreen For(Guid post) => new() { PostId = post };

    /// <summary>A new address and a new key: the old screen and its codes count no more.</summary>
    public void Renew(byte[] key, byte[] index, byte[] address, DateTimeOffset at) => (KeySealed, AddressIndex, AddressSealed, MadeAt) = (key, index, address, at);
}

/// <summary>Wrong codes of a person within a while, so that nobody guesses.</summary>
internal sealed class CodeTries : IBookkeeping
{
    private CodeTries() { }

    public Guid PersonId { get; private set; }
    public DateTimeOffset Since { get; private set; }
    public int Failures { get; private set; }

    public static CodeTries First(Guid person, DateTimeOffset at) => new() { PersonId = person, Since = at };
}

/// <summary>接报事项: what was reported to a post on a duty. A fact; corrected by a further one.</summary>
internal sealed class DutyReport
{
    public const int LongestText = 500;

    private DutyReport() { }

    public Guid Id { get; private set; }
    public Guid DutyId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Source { get; private set; } = "";
    public string Content { get; private set; } = "";
    public string? Action { get; private set; }
    public string? Outcome { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset RecordedAt { get; private set; }

    public static DutyReport Of(Guid id, Guid duty, DateTimeOffset at, string source, string content, string? action, string? outcome, Guid person, DateTimeOffset recorded) => new()
    {
        Id = id,
        DutyId = duty,
        At = at,
        Source = source,
        Content = content,
        Action = action,
        Outcome = outcome,
        PersonId = person,
        RecordedAt = recorded,
    };
}

/// <summary>A line of the checklist as it was left.</summary>
internal sealed record TickedItem(string Text, bool Mandatory, bool Done);

/// <summary>Keys, devices or protective equipment as counted at the handover.</summary>
internal sealed record CountedItem(string Name, int? Due, int Count);

/// <summary>What the outgoing duty writes on the sheet.</summary>
internal sealed record HandoverFacts
{
    public string? Patrol { get; init; }
    public string? OpenItems { get; init; }
    public IReadOnlyList<TickedItem> Checklist { get; init; } = [];
    public IReadOnlyList<CountedItem> Counts { get; init; } = [];

    /// <summary>Why mandatory items stayed open.</summary>
    public string? WhyOpen { get; init; }
}

/// <summary>交班单: one for a duty. Written by the outgoing duty, closed by two signatures, each with the own account.</summary>
internal sealed class Handover : IVersioned
{
    private Handover() { }

    public Guid Id { get; private set; }
    public Guid DutyId { get; private set; }
    public string? Patrol { get; private set; }
    public string? OpenItems { get; private set; }
    public string? WhyOpen { get; private set; }

    /// <summary>Lists as JSON.</summary>
    public string ChecklistText { get; private set; } = "[]";
    public string CountsText { get; private set; } = "[]";
    public Guid? GivenBy { get; private set; }
    public Guid? GivenByAccount { get; private set; }
    public DateTimeOffset? GivenAt { get; private set; }
    public Guid? TakenBy { get; private set; }
    public Guid? TakenByAccount { get; private set; }

    /// <summary>Name of whoever took over without being a person of the register (a leader's account).</summary>
    public string? TakenByName { get; private set; }
    public DateTimeOffset? TakenAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<TickedItem> Checklist => RosterJson.Read<List<TickedItem>>(ChecklistText);

    public IReadOnlyList<CountedItem> Counts => RosterJson.Read<List<CountedItem>>(CountsText);

    public bool IsGiven => GivenAt is not null;

    public bool IsClosed => TakenAt is not null;

    public static Handover For(Guid duty) => new() { Id = Ids.New(), DutyId = duty };

    public void Write(HandoverFacts facts)
    {
        (Patrol, OpenItems, WhyOpen) = (facts.Patrol, facts.OpenItems, facts.WhyOpen);
        ChecklistText = RosterJson.Write(facts.Checklist);
        CountsText = RosterJson.Write(facts.Counts);
    }

    /// <summary>交班人签名.</summary>
    public void Give(Guid person, Guid account, DateTimeOffset at) => (GivenBy, GivenByAccount, GivenAt) = (person, account, at);

    /// <summary>接班人签名.</summary>
    public void Take(Guid? person, Guid account, string name, DateTimeOffset at) => (TakenBy, TakenByAccount, TakenByName, TakenAt) = (person, account, name, at);
}
