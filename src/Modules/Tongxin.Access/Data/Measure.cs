using System.Globalization;
using System.Security.Cryptography;
using Tongxin.Access.Contracts;
using Tongxin.Core.Protocols;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Data;

/// <summary>Where a measure is. Only an active one restricts, and only until its end.</summary>
internal enum MeasureState
{
    Proposed,
    Active,
    Refused,
    Withdrawn,
    Lifted,
    Ended,
}

/// <summary>What a measure is made of; checked before it comes here.</summary>
internal sealed record MeasureFacts(Guid Batch, Guid Person, MeasureKind Kind, string Module, Guid Evidence, string Edition, string Basis, byte[]? LeastSealed, DateTimeOffset Until);

/// <summary>
/// A measure on a person. Its columns are sealed with a key that is not in the database: a row that was written or changed there by
/// hand restricts nobody and is found. All instants are whole seconds.
/// </summary>
internal sealed class Measure : IVersioned
{
    private Measure() { }

    public Guid Id { get; private set; }
    public Guid BatchId { get; private set; }
    public Guid PersonId { get; private set; }
    public MeasureKind Kind { get; private set; }
    public string EvidenceModule { get; private set; } = "";
    public Guid EvidenceId { get; private set; }
    public string EditionId { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public byte[]? LeastSealed { get; private set; }

    /// <summary>When the second person agreed; it restricts from then on.</summary>
    public DateTimeOffset? From { get; private set; }

    /// <summary>First instant at which it no longer restricts; computed when it was asked for.</summary>
    public DateTimeOffset Until { get; private set; }
    public MeasureState State { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public Guid AskedBy { get; private set; }
    public Guid? AskedByPerson { get; private set; }
    public Guid? AskedByUnit { get; private set; }
    public Guid ApprovalId { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public Guid? DecidedByPerson { get; private set; }
    public Guid? DecidedByUnit { get; private set; }

    /// <summary>When it stopped restricting, once it did.</summary>
    public DateTimeOffset? OverAt { get; private set; }
    public byte[] Seal { get; private set; } = [];
    public int Version { get; private set; }

    public Party Asker => new(AskedBy, AskedByPerson, AskedByUnit);

    public Party? Decider => DecidedBy is { } by ? new Party(by, DecidedByPerson, DecidedByUnit) : null;

    public static Measure Propose(MeasureFacts facts, Guid approval, Party by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        BatchId = facts.Batch,
        PersonId = facts.Person,
        Kind = facts.Kind,
        EvidenceModule = facts.Module,
        EvidenceId = facts.Evidence,
        EditionId = facts.Edition,
        Basis = facts.Basis,
        LeastSealed = facts.LeastSealed,
        Until = facts.Until,
        State = MeasureState.Proposed,
        AskedAt = at,
        AskedBy = by.Account,
        AskedByPerson = by.Person,
        AskedByUnit = by.Unit,
        ApprovalId = approval,
    };

    /// <summary>In force now. It began when it was agreed to, which is past: a clock that was set back does not let anybody go.</summary>
    public bool Restricts(DateTimeOffset now) => State is MeasureState.Active && now < Until;

    /// <summary>The second person agrees. The approval has refused the same person and unit already: here it would be a bug.</summary>
    public void Impose(Party by, DateTimeOffset at)
    {
        Expect(MeasureState.Proposed);
        if (by.IsOneWith(Asker)) throw new InvalidOperationException("A measure needs two people of two units.");
        (State, From) = (MeasureState.Active, at);
        Decide(by);
    }

    public void Refuse(Party by)
    {
        Expect(MeasureState.Proposed);
        State = MeasureState.Refused;
        Decide(by);
    }

    public void Withdraw()
    {
        Expect(MeasureState.Proposed);
        State = MeasureState.Withdrawn;
    }

    public void Lift(DateTimeOffset at)
    {
        Expect(MeasureState.Active);
        (State, OverAt) = (MeasureState.Lifted, at);
    }

    public void Shorten(DateTimeOffset until)
    {
        Expect(MeasureState.Active);
        if (until >= Until) throw new InvalidOperationException("A measure is never made longer.");
        Until = until;
    }

    public void End()
    {
        Expect(MeasureState.Active);
        (State, OverAt) = (MeasureState.Ended, Until);
    }

    /// <summary>Two entries of the register turned out to be one person.</summary>
    public void Follow(Guid kept) => PersonId = kept;

    public void Sign(SecretBox box) => Seal = Hash(box);

    public bool IsGenuine(SecretBox box) => CryptographicOperations.FixedTimeEquals(Seal, Hash(box));

    private void Decide(Party by) => (DecidedBy, DecidedByPerson, DecidedByUnit) = (by.Account, by.Person, by.Unit);

    private void Expect(MeasureState state)
    {
        if (State != state) throw new InvalidOperationException($"The measure is {State}.");
    }

    private byte[] Hash(SecretBox box) => box.Index("access.measure", string.Join('|',
        Id, BatchId, PersonId, Kind, EvidenceModule, EvidenceId, EditionId, Basis, Second(From), Second(Until), State, Second(AskedAt),
        AskedBy, AskedByPerson, AskedByUnit, ApprovalId, DecidedBy, DecidedByPerson, DecidedByUnit, Second(OverAt))) ?? [];

    private static string Second(DateTimeOffset? at) => at?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>One step of a measure: a fact, never changed.</summary>
internal sealed class MeasureEvent
{
    private MeasureEvent() { }

    public Guid Id { get; private set; }
    public Guid MeasureId { get; private set; }
    public RestrictionStep Step { get; private set; }

    /// <summary>When it took effect: for an end by the clock, the end itself.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>How many seconds after that it was written.</summary>
    public int LateSeconds { get; private set; }
    public Guid ByAccount { get; private set; }
    public Guid? ByUnit { get; private set; }

    /// <summary>Free text about somebody's health lies sealed.</summary>
    public byte[]? ReasonSealed { get; private set; }
    public DateTimeOffset Until { get; private set; }

    public static MeasureEvent Of(Measure measure, RestrictionStep step, DateTimeOffset at, DateTimeOffset written, Party by, byte[]? reason) => new()
    {
        Id = Ids.New(),
        MeasureId = measure.Id,
        Step = step,
        At = at,
        LateSeconds = Math.Max(0, (int)(written - at).TotalSeconds),
        ByAccount = by.Account,
        ByUnit = by.Unit,
        ReasonSealed = reason,
        Until = measure.Until,
    };
}

/// <summary>Holds the requests of one requester apart, so that two at the same moment are counted together. The machine's own note.</summary>
internal sealed class Requester : IBookkeeping
{
    private Requester() { }

    public Guid Id { get; private set; }
    public DateTimeOffset LastAt { get; private set; }
}
