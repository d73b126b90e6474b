using Tongxin.Access.Gates.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits.Data;

/// <summary>What a permit is asked for.</summary>
internal sealed record PermitFacts
{
    public PermitKind Kind { get; init; }

    /// <summary>The place whose gates it is for; decides who sees it.</summary>
    public Guid PlaceId { get; init; }

    /// <summary>The gates it opens; none named: all of the place.</summary>
    public IReadOnlyList<Guid> Gates { get; init; } = [];
    public Guid? PersonId { get; init; }

    /// <summary>Whom a visitor comes to.</summary>
    public Guid? HostId { get; init; }
    public Guid? SupplierId { get; init; }

    /// <summary>Canonical.</summary>
    public string? Plate { get; init; }
    public DateTimeOffset From { get; init; }

    /// <summary>First instant at which it no longer holds.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>How many times it opens a gate in each direction; 0 for any number.</summary>
    public int Passages { get; init; }
    public int Companions { get; init; }

    /// <summary>What it was made from: a return registration.</summary>
    public Guid? SourceId { get; init; }
    public PermitDetail Detail { get; init; } = new();
}

/// <summary>Leave for somebody to pass gates for a time.</summary>
internal sealed class Permit : IVersioned
{
    private Permit() { }

    public Guid Id { get; private set; }
    public PermitKind Kind { get; private set; }
    public PermitState State { get; private set; }
    public Guid PlaceId { get; private set; }

    /// <summary>Ids as JSON.</summary>
    public string GatesText { get; private set; } = "[]";
    public string Code { get; private set; } = "";
    public Guid? PersonId { get; private set; }
    public Guid? HostId { get; private set; }
    public Guid? SupplierId { get; private set; }
    public Guid? SourceId { get; private set; }

    /// <summary>Surname and stars: what a guard compares.</summary>
    public string ShortName { get; private set; } = "";
    public string? Plate { get; private set; }

    /// <summary>Finds plates that were misread.</summary>
    public string? PlateLikeness { get; private set; }
    public byte[] Detail { get; private set; } = [];
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public int Passages { get; private set; }
    public int UsedIn { get; private set; }
    public int UsedOut { get; private set; }
    public int Companions { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public Guid AskedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public string? DecidedWhy { get; private set; }

    /// <summary>Made from an exit that waited for nothing.</summary>
    public bool IsEmergency { get; private set; }
    public Paperwork Paperwork { get; private set; }
    public DateTimeOffset? PaperworkDueAt { get; private set; }
    public DateTimeOffset? PaperworkDoneAt { get; private set; }
    public Guid? PaperworkBy { get; private set; }
    public DateTimeOffset? OutAt { get; private set; }
    public DateTimeOffset? BackAt { get; private set; }

    /// <summary>Keyed index of an invitation's secret.</summary>
    public byte[]? SecretIndex { get; private set; }

    /// <summary>The visitor has filled it in.</summary>
    public DateTimeOffset? FilledAt { get; private set; }

    /// <summary>Who it was for is known to nobody any more: kind, place and times are left.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<Guid> Gates => GateJson.Read<List<Guid>>(GatesText);

    public static Permit Ask(PermitFacts facts, SecretBox box, Guid by, DateTimeOffset at)
    {
        var permit = new Permit { Id = Ids.New(), Code = PermitCode.New(), AskedAt = at, AskedBy = by };
        permit.Fill(facts, box);
        return permit;
    }

    /// <summary>An invitation: nothing known of the visitor yet.</summary>
    public static Permit Invite(PermitFacts facts, byte[] secretIndex, SecretBox box, Guid by, DateTimeOffset at)
    {
        var permit = Ask(facts, box, by, at);
        permit.SecretIndex = secretIndex;
        return permit;
    }

    /// <summary>Somebody went out through an emergency; the papers follow.</summary>
    public static Permit Emergency(Guid scanId, PermitFacts facts, DateTimeOffset outAt, DateTimeOffset dueAt, SecretBox box, Guid by, DateTimeOffset at)
    {
        var permit = new Permit { Id = scanId, Code = PermitCode.New(), AskedAt = outAt, AskedBy = by, IsEmergency = true };
        permit.Fill(facts, box);
        permit.Grant(by, at, why: null);
        permit.OpenPaperwork(dueAt);
        (permit.OutAt, permit.UsedOut) = (outAt, 1);
        return permit;
    }

    public void Fill(PermitFacts facts, SecretBox box)
    {
        (Kind, PlaceId, PersonId, HostId, SupplierId, SourceId) = (facts.Kind, facts.PlaceId, facts.PersonId, facts.HostId, facts.SupplierId, facts.SourceId);
        (StartsAt, EndsAt, Passages, Companions) = (facts.From, facts.Until, facts.Passages, facts.Companions);
        GatesText = GateJson.Write(facts.Gates);
        Plate = facts.Plate;
        PlateLikeness = PlateNumber.Parse(facts.Plate) is { IsFailure: false } plate ? plate.Value.Likeness : null;
        ShortName = Mask.Name(facts.Detail.Name);
        Detail = facts.Detail.Seal(box);
    }

    /// <summary>Changes what is sealed; the name a guard sees follows.</summary>
    public void Say(PermitDetail detail, SecretBox box)
    {
        Detail = detail.Seal(box);
        ShortName = Mask.Name(detail.Name);
    }

    public void FilledIn(DateTimeOffset at) => FilledAt = at;

    public void Erase(SecretBox box, DateTimeOffset at)
    {
        (ErasedAt, PersonId, HostId, SecretIndex, Plate, PlateLikeness, DecidedWhy) = (at, null, null, null, null, null, null);
        Say(new PermitDetail(), box);
    }

    public void Grant(Guid by, DateTimeOffset at, string? why) => (State, DecidedAt, DecidedBy, DecidedWhy) = (PermitState.Granted, at, by, why);

    public void Refuse(Guid by, DateTimeOffset at, string why) => (State, DecidedAt, DecidedBy, DecidedWhy) = (PermitState.Refused, at, by, why);

    public void Revoke(Guid by, DateTimeOffset at, string why) => (State, DecidedAt, DecidedBy, DecidedWhy) = (PermitState.Revoked, at, by, why);

    public void OpenPaperwork(DateTimeOffset dueAt) => (Paperwork, PaperworkDueAt) = (Paperwork.Open, dueAt);

    public void ClosePaperwork(Guid by, DateTimeOffset at) => (Paperwork, PaperworkDoneAt, PaperworkBy) = (Paperwork.Done, at, by);

    /// <summary>Who it was, once somebody knows.</summary>
    public void Concerns(Guid? person) => PersonId = person;

    /// <summary>Taken by a passage; the trip of a patient is noted.</summary>
    public void Pass(bool isOut, DateTimeOffset at)
    {
        if (isOut) UsedOut++;
        else UsedIn++;
        if (Kind != PermitKind.Hospital) return;
        if (isOut) OutAt ??= at;
        else if (OutAt is not null) BackAt ??= at;
    }

    /// <summary>Times left for the way it is for (a patient goes out first, everybody else comes in); null for any number.</summary>
    public int? Remaining => Passages == PermitLimits.AnyNumber ? null : Math.Max(0, Passages - (Kind == PermitKind.Hospital ? UsedOut : UsedIn));

    /// <summary>The holder is on the way: out at the hospital, or inside as a guest. Who is must always be able to come back, or leave.</summary>
    public bool IsUnderWay => Kind switch
    {
        PermitKind.Hospital => UsedOut > UsedIn,
        PermitKind.Visitor or PermitKind.Supplier => UsedIn > UsedOut,
        _ => false,
    };

    public PermitStanding StandingAt(DateTimeOffset at) => State switch
    {
        PermitState.Refused => PermitStanding.Refused,
        PermitState.Revoked => PermitStanding.Revoked,
        PermitState.Asked => at < EndsAt ? PermitStanding.Asked : PermitStanding.Expired,
        _ when Remaining == 0 && !IsUnderWay => PermitStanding.Used,
        _ when at < EndsAt || IsUnderWay => PermitStanding.Granted,
        _ => UsedIn + UsedOut > 0 ? PermitStanding.Used : PermitStanding.Expired,
    };

    /// <summary>Why it does not open a gate then; null when it does.</summary>
    public Error? Obstacle(Guid gate, bool isOut, DateTimeOffset at)
    {
        if (IsUnderWay && isOut != (Kind == PermitKind.Hospital)) return null;
        if (State is PermitState.Refused or PermitState.Revoked) return PermitErrors.Revoked;
        if (State == PermitState.Asked) return PermitErrors.NotGranted;
        if (at < StartsAt) return PermitErrors.TooEarly;
        if (at >= EndsAt) return PermitErrors.Expired;
        if (Gates is { Count: > 0 } gates && !gates.Contains(gate)) return PermitErrors.OtherGate;
        return Passages != PermitLimits.AnyNumber && (isOut ? UsedOut : UsedIn) >= Passages ? PermitErrors.UsedUp : null;
    }
}

/// <summary>A permit was used at a gate: the scan's own id, so that the same passage never counts twice. Goes with the passages after fourteen days.</summary>
internal sealed class PermitUse
{
    private PermitUse() { }

    /// <summary>The scan's id.</summary>
    public Guid Id { get; private set; }
    public Guid PermitId { get; private set; }
    public Guid GateId { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>It was used more often than it is good for.</summary>
    public bool IsOver { get; private set; }

    public static PermitUse Of(Guid scan, Guid permit, Guid gate, DateTimeOffset at, bool over) => new() { Id = scan, PermitId = permit, GateId = gate, At = at, IsOver = over };
}
