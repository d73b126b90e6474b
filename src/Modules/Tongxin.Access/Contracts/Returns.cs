using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Contracts;

/// <summary>A further way to reach somebody who comes back (a message to the phone); the own page is always there.</summary>
public interface IReturnNotices
{
    /// <summary>Sends one notice; may be called again for the same one after a crash. The outbox commits.</summary>
    Task SendAsync(ReturnNoticeToSend notice, CancellationToken ct);
}

/// <summary>What is to be said.</summary>
/// <param name="ReturnId">The record.</param>
/// <param name="PersonId">The person, when known to the register.</param>
/// <param name="PhoneSealed">The phone, sealed by <c>SecretBox</c>.</param>
/// <param name="What">Key of the text.</param>
/// <param name="Arg">Fills its place.</param>
public sealed record ReturnNoticeToSend(Guid ReturnId, Guid? PersonId, byte[]? PhoneSealed, string What, string? Arg);

/// <summary>Somebody has, or changed to, an arrival slot: whoever writes permits lets the person in then.</summary>
/// <param name="Starts">First instant of the slot.</param>
/// <param name="Ends">First instant after it.</param>
public sealed record ReturnBooked(Guid ReturnId, Guid SeasonId, Guid? PersonId, Guid SlotId, string GateName, DateTimeOffset Starts, DateTimeOffset Ends);

/// <summary>The slot is no longer the person's.</summary>
public sealed record ReturnBookingEnded(Guid ReturnId, Guid? PersonId, Guid SlotId);

/// <summary>Somebody came to the gate.</summary>
public sealed record ReturnArrived(Guid ReturnId, Guid? PersonId, DateTimeOffset At);

/// <summary>Days of observation began.</summary>
/// <param name="Until">Last day, the whole day included.</param>
public sealed record ReturnObservationStarted(Guid ReturnId, Guid? PersonId, DateOnly Until);

/// <summary>The desk at the gate, for pages and for the phone app.</summary>
public interface IReturnArrivals
{
    /// <summary>Who is expected on a day within the actor's reach, in order of the slots: what a device carries. Names are masked.</summary>
    Task<IReadOnlyList<ExpectedReturn>> ExpectedAsync(DateOnly day, Actor actor, CancellationToken ct);

    /// <summary>Records an arrival with what the check found. The same <paramref name="arrival"/> again is answered as the first time.</summary>
    Task<Result<ReturnState>> RecordAsync(ReturnArrival arrival, Actor actor, CancellationToken ct);
}

/// <summary>Somebody expected.</summary>
/// <param name="Outcome">What the rules ask.</param>
public sealed record ExpectedReturn(
    Guid ReturnId, Guid? PersonId, string NameMasked, string NumberTail, string? Unit, ReturnState State, ReturnOutcome? Outcome, DateTimeOffset? SlotStarts, DateTimeOffset? SlotEnds);

/// <summary>What the check at the gate found.</summary>
public enum ReturnTriage
{
    /// <summary>放行.</summary>
    Pass,

    /// <summary>临时留观室.</summary>
    TemporaryRoom,

    /// <summary>医学观察.</summary>
    Observation,
}

/// <summary>An arrival as the desk or a device tells it.</summary>
/// <param name="ReturnId">The record.</param>
/// <param name="Triage">What was found.</param>
/// <param name="Note">What was seen; needed wherever it goes against the rules' decision.</param>
/// <param name="SeenAt">When, by the device; null for now.</param>
/// <param name="Device">Which device, if any.</param>
/// <param name="Until">For observation: its last day; null for what the rules say.</param>
/// <param name="Where">For observation: where.</param>
public sealed record ReturnArrival(Guid ReturnId, ReturnTriage Triage, string? Note, DateTimeOffset? SeenAt, string? Device, DateOnly? Until = null, string? Where = null);

/// <summary>Opens seasons and declares people for the demonstration and for other modules that checked the actor's right.</summary>
public interface IReturnDesk
{
    /// <summary>Puts a list of risk areas in force, as an import does.</summary>
    Task<Result<Guid>> PublishAreasAsync(string source, DateOnly asOf, IReadOnlyList<RiskArea> areas, Actor actor, CancellationToken ct);

    /// <summary>Opens a season with its slots and the same quota for each unit on each day.</summary>
    Task<Result<Guid>> OpenAsync(NewReturnSeason season, Actor actor, CancellationToken ct);

    /// <summary>Declares somebody of the register.</summary>
    Task<Result<Guid>> DeclareAsync(Guid seasonId, Guid personId, string phone, ReturnJourney journey, Actor actor, CancellationToken ct);

    /// <summary>Books the first slot from <paramref name="from"/> on that has a place; null when there is none.</summary>
    Task<Result<DateTimeOffset?>> BookFirstAsync(Guid returnId, DateTimeOffset from, Actor actor, CancellationToken ct);
}

/// <summary>A season to be opened.</summary>
/// <param name="OpensMinute">Minute of the campus day at which the gate opens for arrivals.</param>
/// <param name="Quotas">Places a day for each unit; a unit that is not here has no limit.</param>
public sealed record NewReturnSeason(
    string Title, DateOnly FirstDay, DateOnly LastDay, Guid? PlaceId, string GateName, int Lanes, int RatePerHour, int SlotMinutes, int OpensMinute, int ClosesMinute, string? EditionId,
    IReadOnlyDictionary<Guid, int> Quotas);
