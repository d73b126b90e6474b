using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Workforce.Contracts;

/// <summary>Staff that a module above counted, as posts that rosters are made of. Asks nobody's permission.</summary>
public interface IStaffNeeds
{
    /// <summary>
    /// Makes posts and shifts say what is needed: missing posts are made, shifts are for their day alone, and what the same source asked for
    /// before and does not any more is taken off. Said again, it changes nothing. Rosters that exist keep the shifts they were made with.
    /// Commits in a transaction of its own. Refused as rosters.changed when posts are changed by hand at the same time.
    /// </summary>
    /// <param name="source">What was counted: the id of a round, an event.</param>
    Task<Result> FeedAsync(Guid source, IReadOnlyList<StaffPost> posts, Actor actor, CancellationToken ct);

    /// <summary>What the source asked for last, and which rosters give people to it; empty when it never did.</summary>
    Task<StaffFed> FindAsync(Guid source, CancellationToken ct);
}

/// <summary>A post at which people are needed.</summary>
/// <param name="Key">Its lasting name among all sources, at most 80 characters: the same key is the same post next time.</param>
/// <param name="Name">What it is called when it is made, at most 40 characters; the office may rename it.</param>
public sealed record StaffPost(string Key, string Name, IReadOnlyList<StaffShift> Shifts)
{
    /// <summary>A post that the office chose for it; null: the one that the key had last, else one of the name, else a new one.</summary>
    public Guid? PostId { get; init; }

    /// <summary>Where it is in the register.</summary>
    public Guid? PlaceId { get; init; }

    /// <summary>Where exactly, in words.</summary>
    public string? Spot { get; init; }

    /// <summary>What its hours count as.</summary>
    public DutyCode Duty { get; init; } = DutyCode.RiskCheck;

    /// <summary>What everybody there must hold.</summary>
    public IReadOnlyList<Skill> Skills { get; init; } = [];
}

/// <summary>People at a post from then to then, at most a day; it belongs to the campus day on which it starts.</summary>
/// <param name="Needed">1 to 200.</param>
public sealed record StaffShift(DateTimeOffset Starts, DateTimeOffset Ends, int Needed);

/// <summary>What a source asked for, and what became of it.</summary>
/// <param name="Posts">By key.</param>
/// <param name="Rosters">Drafts and published ones that have shifts of it, newest first.</param>
public sealed record StaffFed(IReadOnlyList<FedPost> Posts, IReadOnlyList<FedRoster> Rosters);

/// <summary>A post that was fed.</summary>
public sealed record FedPost(Guid Id, string Key, string Name, IReadOnlyList<StaffShift> Shifts);

/// <summary>A roster with shifts of the source.</summary>
/// <param name="Needed">Turns that its shifts of the source need.</param>
/// <param name="Filled">Of these, how many have somebody.</param>
/// <param name="IsCurrent">False: the needs changed since it was made.</param>
public sealed record FedRoster(Guid Id, string Name, bool IsPublished, int Needed, int Filled, bool IsCurrent);
