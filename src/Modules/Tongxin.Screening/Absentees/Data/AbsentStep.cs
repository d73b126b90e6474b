using Tongxin.Core.Rounds;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Absentees.Data;

/// <summary>联系结果: what came of calling or visiting somebody who is missing.</summary>
internal enum AbsentContact
{
    /// <summary>已联系上.</summary>
    Reached,

    /// <summary>未联系上.</summary>
    NotReached,

    /// <summary>拒检: said so. It is on record, and the person stays outstanding until somebody excuses.</summary>
    Refused,
}

/// <summary>安排: what is to become of somebody who is missing.</summary>
internal enum AbsentArrangement
{
    /// <summary>补采: comes to a site later.</summary>
    Catchup,

    /// <summary>上门: is sampled at home.</summary>
    Home,

    /// <summary>免检.</summary>
    Excused,

    /// <summary>The arrangement before is taken back.</summary>
    Open,
}

/// <summary>A step towards somebody who is missing: a call, a visit, an arrangement. Append-only; the id is made by the form, so that a tap counts once.</summary>
internal sealed class AbsentStep
{
    private AbsentStep() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid AccountId { get; private set; }

    /// <summary>The person who called or visited; null for accounts without a person.</summary>
    public Guid? ById { get; private set; }
    public Channel Channel { get; private set; }
    public AbsentContact? Contact { get; private set; }
    public AbsentArrangement? Arrangement { get; private set; }

    /// <summary>Why the person is missing, as far as it is known.</summary>
    public ExcuseReason? Reason { get; private set; }

    /// <summary>In the words of whoever noted it.</summary>
    public string? Words { get; private set; }

    /// <summary>责任人.</summary>
    public Guid? ResponsibleId { get; private set; }

    /// <summary>By when it is to be done.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public static AbsentStep Of(AbsentEntry entry, Guid account, Guid? by, DateTimeOffset at) => new()
    {
        Id = entry.Id,
        RoundId = entry.RoundId,
        PersonId = entry.PersonId,
        At = at,
        AccountId = account,
        ById = by,
        Channel = entry.Channel,
        Contact = entry.Contact,
        Arrangement = entry.Arrangement,
        Reason = entry.Reason,
        Words = entry.Words,
        ResponsibleId = entry.ResponsibleId,
        DueAt = entry.DueAt,
    };

    /// <summary>"Hospital:市一院": as the engine keeps reasons. Null: none was given.</summary>
    public string? ReasonText => AbsentEntry.ReasonOf(Reason, Words);
}
