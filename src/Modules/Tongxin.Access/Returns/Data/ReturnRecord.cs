using System.Text.Json;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Data;

/// <summary>How a declaration came.</summary>
internal enum ReturnChannel
{
    /// <summary>By the person, without an account.</summary>
    Self,

    /// <summary>By a counsellor or the office on behalf.</summary>
    Behalf,
}

/// <summary>What the check at the gate found.</summary>
internal enum Triage
{
    /// <summary>放行.</summary>
    Pass,

    /// <summary>临时留观室: waits for the doctor.</summary>
    TemporaryRoom,

    /// <summary>医学观察 or monitoring begins.</summary>
    Observation,
}

/// <summary>Who declares, read and canonical.</summary>
internal sealed record Declarant(string Name, string Number, string Phone);

/// <summary>Where a declarant belongs; all null for somebody the register does not know.</summary>
internal sealed record Belonging(Guid? PersonId, Guid? UnitId, Guid? CollegeId, Guid? HouseholdId);

/// <summary>One person's return in one season, from the declaration to the end of observation. Every change of state goes through <see cref="Move"/>.</summary>
internal sealed class ReturnRecord : IVersioned
{
    private ReturnRecord() { }

    public Guid Id { get; private set; }
    public Guid SeasonId { get; private set; }

    /// <summary>Keyed hash of number and name: one record a person and season.</summary>
    public string Key { get; private set; } = "";
    public Guid? PersonId { get; private set; }
    public string Name { get; private set; } = "";
    public string NameFolded { get; private set; } = "";
    public string Number { get; private set; } = "";
    public byte[]? PhoneSealed { get; private set; }
    public byte[]? PhoneIndex { get; private set; }

    /// <summary>The nearest unit (class, else college): whose counsellor sees it.</summary>
    public Guid? UnitId { get; private set; }

    /// <summary>The unit whose quota it uses.</summary>
    public Guid? CollegeId { get; private set; }

    /// <summary>The room or family with which to arrive.</summary>
    public Guid? HouseholdId { get; private set; }
    public ReturnState State { get; private set; }
    public ReturnChannel Channel { get; private set; }

    /// <summary>Stays and transport: where somebody was is nobody's business but the deciders'.</summary>
    public byte[]? JourneySealed { get; private set; }
    public DateOnly Arrives { get; private set; }
    public ReturnOutcome? Outcome { get; private set; }
    public MeasureKind? Regime { get; private set; }
    public string? ReasonCode { get; private set; }
    public DateOnly? Until { get; private set; }
    public Guid? RulingId { get; private set; }
    public Guid? SlotId { get; private set; }
    public DateTimeOffset? SlotStarts { get; private set; }
    public DateTimeOffset? SlotEnds { get; private set; }
    public DateTimeOffset? ArrivedAt { get; private set; }
    public Triage? Triage { get; private set; }

    /// <summary>Last day of observation, the whole day included.</summary>
    public DateOnly? ObservedUntil { get; private set; }
    public string? ObservedWhere { get; private set; }
    public DateTimeOffset? ClearedAt { get; private set; }

    /// <summary>Somebody with the same name and number but another phone declared too: the counsellor asks.</summary>
    public bool Doubted { get; private set; }

    /// <summary>Keyed hash of the code that opens the own page; the code itself only its holder knows.</summary>
    public byte[]? CodeIndex { get; private set; }

    /// <summary>Raised with each new code: links made before end.</summary>
    public int CodeSerial { get; private set; }

    /// <summary>How often it was sent.</summary>
    public int Times { get; private set; }
    public DateTimeOffset ConsentAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Whether the person can still change it: until the arrival.</summary>
    public bool IsOpen => State is ReturnState.Declared or ReturnState.Decided or ReturnState.Booked or ReturnState.NotArrived;

    public static ReturnRecord Declare(Guid season, Declarant who, Belonging belongs, ReturnChannel channel, ReturnJourney journey, SecretBox box, DateTimeOffset at)
    {
        var record = new ReturnRecord
        {
            Id = Ids.New(),
            SeasonId = season,
            Key = KeyOf(who, box),
            PersonId = belongs.PersonId,
            Name = who.Name,
            NameFolded = TextFold.ForSearch(who.Name),
            Number = who.Number,
            UnitId = belongs.UnitId,
            CollegeId = belongs.CollegeId,
            HouseholdId = belongs.HouseholdId,
            State = ReturnState.Declared,
            Channel = channel,
            ConsentAt = at,
            CreatedAt = at,
        };
        record.Tell(who.Phone, journey, box, at);
        return record;
    }

    public void Tell(string? phone, ReturnJourney journey, SecretBox box, DateTimeOffset at)
    {
        if (phone is not null) (PhoneSealed, PhoneIndex) = (box.Seal(phone), PhoneKey(phone, box));
        JourneySealed = box.Seal(JsonSerializer.Serialize(JourneyForm.Of(journey), JsonSerializerOptions.Web));
        (Arrives, ChangedAt, Times) = (journey.Arrives, at > ChangedAt ? at : ChangedAt, Times + 1);
    }

    /// <summary>The same journey with another day of arrival: that of the slot.</summary>
    public void ArriveOn(DateOnly day, SecretBox box)
    {
        JourneySealed = box.Seal(JsonSerializer.Serialize(JourneyForm.Of(Journey(box) with { Arrives = day }), JsonSerializerOptions.Web));
        Arrives = day;
    }

    public ReturnJourney Journey(SecretBox box) =>
        (JsonSerializer.Deserialize<JourneyForm>(box.Unseal(JourneySealed) ?? "", JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No journey.")).Read();

    public Result Move(ReturnStep step, DateTimeOffset at)
    {
        var next = ReturnChain.Next(State, step);
        if (next.IsFailure) return next.Error;
        (State, ChangedAt) = (next.Value, at);
        return Result.Ok;
    }

    public void Rule(ReturnRuling ruling) => (Outcome, Regime, ReasonCode, Until, RulingId) = (ruling.Outcome, ruling.Regime, ruling.ReasonCode, ruling.Until, ruling.Id);

    public void Take(ReturnSlot slot) => (SlotId, SlotStarts, SlotEnds) = (slot.Id, slot.Starts, slot.Ends);

    public void GiveBack() => (SlotId, SlotStarts, SlotEnds) = (null, null, null);

    public void Arrive(DateTimeOffset at) => ArrivedAt = at;

    public void Find(Triage triage) => Triage = triage;

    public void ObserveUntil(DateOnly until, string? where) => (ObservedUntil, ObservedWhere) = (until, where);

    public void ClearAt(DateTimeOffset at) => ClearedAt = at;

    public void Doubt(bool doubted) => Doubted = doubted;

    public void GiveCode(byte[]? index) => (CodeIndex, CodeSerial) = (index, CodeSerial + 1);

    public void Belong(Belonging belongs) => (PersonId, UnitId, CollegeId, HouseholdId) = (belongs.PersonId, belongs.UnitId, belongs.CollegeId, belongs.HouseholdId);

    public static string KeyOf(Declarant who, SecretBox box) => Convert.ToHexString(box.Index("access.return", $"{who.Number}|{TextFold.ForSearch(who.Name)}") ?? []);

    public static byte[]? PhoneKey(string? phone, SecretBox box) => box.Index("access.return.phone", phone);
}

/// <summary>A journey as it lies sealed in the row.</summary>
internal sealed record JourneyForm(IReadOnlyList<StayForm> Stays, Transport Transport, string? Number, DateOnly Arrives)
{
    public static JourneyForm Of(ReturnJourney journey) =>
        new([.. journey.Stays.Select(s => new StayForm(s.Place.Code, s.Place.Name, s.From, s.To))], journey.Transport, journey.TrainOrFlight, journey.Arrives);

    public ReturnJourney Read() => new([.. Stays.Select(s => new Stay(new Region(s.Code, s.Place), s.From, s.To))], Transport, Number, Arrives);
}

internal sealed record StayForm(string? Code, string Place, DateOnly From, DateOnly To);
