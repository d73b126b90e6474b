using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>What a note to a helper is about.</summary>
internal enum DutyNoteKind
{
    /// <summary>The evening before.</summary>
    Tomorrow,

    /// <summary>Two hours before.</summary>
    Soon,
    SwapTaken,
    SwapDone,
    SwapRefused,
    SubstituteAsked,
    SubstituteFound,
    SubstituteNobody,
    ReserveCalled,

    /// <summary>A roster was published with turns of theirs.</summary>
    Assigned,

    /// <summary>Turns of theirs are no more.</summary>
    Cancelled,

    /// <summary>An application was decided; about the application.</summary>
    ApplicationDecided,
}

/// <summary>A line on top of somebody's own duties until they have seen it.</summary>
internal sealed class DutyNote : IBookkeeping
{
    private DutyNote() { }

    public Guid Id { get; private set; }

    /// <summary>Once: the same happening never gives two notes.</summary>
    public string Key { get; private set; } = "";
    public Guid PersonId { get; private set; }
    public DutyNoteKind Kind { get; private set; }
    /// <summary>The turn it is about, or what its kind says.</summary>
    public Guid TurnId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }

    public static DutyNote To(Guid person, DutyNoteKind kind, Guid turn, string key, DateTimeOffset at) =>
        new() { Id = Ids.New(), Key = key, PersonId = person, Kind = kind, TurnId = turn, At = at };

    public void Seen(DateTimeOffset at) => SeenAt ??= at;
}

/// <summary>A reminder left for the worker: planned once for a turn, a person and an occasion.</summary>
internal sealed class PlannedReminder : IBookkeeping
{
    private PlannedReminder() { }

    public Guid TurnId { get; private set; }
    public Guid PersonId { get; private set; }
    public DutyNoteKind Kind { get; private set; }
    public DateTimeOffset DueAt { get; private set; }

    public static PlannedReminder Of(Guid turn, Guid person, DutyNoteKind kind, DateTimeOffset due) =>
        new() { TurnId = turn, PersonId = person, Kind = kind, DueAt = due };
}

/// <summary>The secret address of somebody's calendar.</summary>
internal sealed class DutyFeed : IVersioned
{
    private DutyFeed() { }

    public Guid PersonId { get; private set; }
    public byte[] SecretIndex { get; private set; } = [];
    public byte[] SecretSealed { get; private set; } = [];
    public DateTimeOffset MadeAt { get; private set; }
    public int Version { get; private set; }

    public static DutyFeed For(Guid person) => new() { PersonId = person };

    public void Renew(byte[] index, byte[] secret, DateTimeOffset at) => (SecretIndex, SecretSealed, MadeAt) = (index, secret, at);
}

/// <summary>服务证明: hours and turns of a person over a stretch of days, as counted on the day of issue.</summary>
internal sealed class ServiceCertificate
{
    private ServiceCertificate() { }

    public Guid Id { get; private set; }

    /// <summary>Shown and asked for when somebody checks it.</summary>
    public string Number { get; private set; } = "";
    public Guid PersonId { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly Through { get; private set; }
    public int Turns { get; private set; }
    public int Minutes { get; private set; }

    /// <summary>Minutes and turns by duty code, as JSON.</summary>
    public string ByCodeText { get; private set; } = "[]";
    public DateTimeOffset IssuedAt { get; private set; }
    public Guid IssuedBy { get; private set; }

    public static ServiceCertificate Issue(string number, Guid person, DateOnly from, DateOnly through, int turns, int minutes, string byCode, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        Number = number,
        PersonId = person,
        From = from,
        Through = through,
        Turns = turns,
        Minutes = minutes,
        ByCodeText = byCode,
        IssuedBy = by,
        IssuedAt = at,
    };
}
