using System.Text.Json;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Data;

/// <summary>What an alarm is about.</summary>
internal enum AlarmKind
{
    /// <summary>Somebody without the right tried to restrict.</summary>
    NoRight,

    /// <summary>Somebody tried to restrict a person without an evidence for that very person.</summary>
    NoEvidence,

    /// <summary>Somebody tried to restrict people outside the own places and units.</summary>
    OutOfScope,

    /// <summary>More than twenty in an hour without the leading group.</summary>
    TooMany,

    /// <summary>The leading group was asked to agree to more than twenty.</summary>
    ManyAsked,

    /// <summary>Many people of one unit in one hour.</summary>
    SameUnit,

    /// <summary>Many people of one place in one hour.</summary>
    SamePlace,

    /// <summary>Many people by one document or one text of reason in one hour.</summary>
    SameReason,

    /// <summary>Many people by one requester in one hour.</summary>
    SameRequester,

    /// <summary>A row does not bear the seal of the product: somebody wrote in the database.</summary>
    Tampered,

    /// <summary>An appeal waits for longer than a day.</summary>
    AppealLate,

    /// <summary>Links of passes are being guessed.</summary>
    Guessing,

    /// <summary>One account asks for many things that are not within its reach.</summary>
    Probing,
}

/// <summary>Something that an independent eye should see. Repeated attempts of an hour are counted on one.</summary>
internal sealed class Alarm : IVersioned
{
    private Alarm() { }

    public Guid Id { get; private set; }
    public AlarmKind Kind { get; private set; }

    /// <summary>Kind, attribute and hour: once each.</summary>
    public string Key { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset LastAt { get; private set; }
    public int Times { get; private set; }
    public Guid? ByAccount { get; private set; }

    /// <summary>Ids and counts, no names.</summary>
    public string Details { get; private set; } = "{}";
    public DateTimeOffset? SeenAt { get; private set; }
    public Guid? SeenBy { get; private set; }
    public string? Remark { get; private set; }
    public int Version { get; private set; }

    public static Alarm Raise(AlarmKind kind, string key, Guid? by, object details, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        Kind = kind,
        Key = key,
        At = at,
        LastAt = at,
        Times = 1,
        ByAccount = by,
        Details = JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
    };

    public void Again(DateTimeOffset at)
    {
        Times++;
        LastAt = at;
        // Seen before it happened again is not seen.
        (SeenAt, SeenBy) = (null, null);
    }

    public void See(Guid by, string? remark, DateTimeOffset at) => (SeenAt, SeenBy, Remark) = (at, by, remark);
}
