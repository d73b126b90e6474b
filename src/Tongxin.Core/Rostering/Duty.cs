using Tongxin.Core.Teams;

namespace Tongxin.Core.Rostering;

/// <summary>A place where somebody stands: gate, sampling table, canteen, hotline.</summary>
/// <param name="Id">The post.</param>
public sealed record RosterPost(Guid Id)
{
    /// <summary>Skills that everybody at the post must have. Codes of the caller's choice.</summary>
    public IReadOnlyCollection<string> Skills { get; init; } = [];

    /// <summary>Where it is; null: distance does not count.</summary>
    public Position? At { get; init; }

    /// <summary>At least one experienced person wanted on each duty of two or more.</summary>
    public bool WantsExperience { get; init; }
}

/// <summary>A shift template at a post, such as "north gate 22:00-04:00".</summary>
/// <param name="Id">The template.</param>
/// <param name="PostId">Its post.</param>
public sealed record DutyKind(Guid Id, Guid PostId)
{
    /// <summary>Skills beyond those of the post.</summary>
    public IReadOnlyCollection<string> Skills { get; init; } = [];

    /// <summary>Counts as a night for fair load.</summary>
    public bool IsNight { get; init; }

    /// <summary>Kinds that the same person may not have on the next roster day, beyond what the rest rule forbids.</summary>
    public IReadOnlyCollection<Guid> NotFollowedBy { get; init; } = [];
}

/// <summary>A slot to be filled: one kind on one day.</summary>
/// <param name="Id">The slot.</param>
/// <param name="KindId">Its template.</param>
/// <param name="Day">The roster day it belongs to: 22:00-04:00 belongs to the evening.</param>
/// <param name="Starts">First instant.</param>
/// <param name="Ends">First instant after it; later than <paramref name="Starts"/>, at most 24 h.</param>
/// <param name="Needed">People it must have, 0 or more. Fewer is a gap.</param>
public sealed record Duty(Guid Id, Guid KindId, DateOnly Day, DateTimeOffset Starts, DateTimeOffset Ends, int Needed)
{
    /// <summary>People it would like; null: <see cref="Needed"/>. More than this is too many.</summary>
    public int? Wished { get; init; }

    /// <summary>Points per person missing from <see cref="Needed"/>.</summary>
    public double ShortPoints { get; init; } = 1;

    /// <summary>Points per person too many.</summary>
    public double OverPoints { get; init; } = 1;

    /// <summary>Length in whole minutes.</summary>
    public int Minutes => (int)(Ends - Starts).TotalMinutes;

    /// <summary>The larger of needed and wished.</summary>
    public int Target => Math.Max(Needed, Wished ?? Needed);
}
