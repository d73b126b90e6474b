using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Workforce.Contracts;

/// <summary>Makes posts and puts rosters in force without a page: for set-ups and for the demonstration.</summary>
public interface IRosterDesk
{
    /// <summary>Makes a post with a pattern of shifts. Commits.</summary>
    Task<Result<Guid>> AddPostAsync(NewPost post, Actor actor, CancellationToken ct);

    /// <summary>Notes that people hold a skill that does not expire. Those who held it keep it so. Commits.</summary>
    Task HoldSkillAsync(IReadOnlyCollection<Guid> people, Skill skill, Actor actor, CancellationToken ct);

    /// <summary>Makes a roster, solves it and publishes it; refused as on the page. Commits. The answer is the published version.</summary>
    Task<Result<Guid>> PublishAsync(RosterOrder order, Actor actor, CancellationToken ct);

    /// <summary>Makes a draft that changes a published roster: these people leave, their turns become open. Commits. The answer is the draft.</summary>
    Task<Result<Guid>> DraftWithoutAsync(Guid rosterId, IReadOnlyCollection<Guid> leaving, Actor actor, CancellationToken ct);
}

/// <summary>A post to be made.</summary>
/// <param name="Name">At most 40 characters, once among the posts.</param>
/// <param name="Pattern">four | three | night | office | leader | none: the pattern its shifts begin with.</param>
public sealed record NewPost(string Name, string Pattern)
{
    /// <summary>Where it is in the register.</summary>
    public Guid? PlaceId { get; init; }

    /// <summary>Where exactly, in words.</summary>
    public string? Spot { get; init; }

    /// <summary>What its hours count as.</summary>
    public DutyCode Duty { get; init; } = DutyCode.Watch;

    /// <summary>What everybody there must hold.</summary>
    public IReadOnlyList<Skill> Skills { get; init; } = [];

    /// <summary>To be done on each turn; lines that begin with * are mandatory.</summary>
    public string? Checklist { get; init; }

    /// <summary>Protective equipment for each turn, one a line with its number.</summary>
    public string? Issue { get; init; }

    /// <summary>What the turn answers for.</summary>
    public string? Task { get; init; }

    /// <summary>Whom to call.</summary>
    public string? Contact { get; init; }

    /// <summary>What is handed to the next turn.</summary>
    public string? Handover { get; init; }
}

/// <summary>A roster to be made, solved and published.</summary>
/// <param name="Name">At most 40 characters.</param>
/// <param name="FirstDay">First roster day.</param>
/// <param name="Days">1 to 62.</param>
/// <param name="Posts">Their ids.</param>
/// <param name="People">Who can be given turns.</param>
/// <param name="Steps">Search steps: the same roster on every machine. About ten million make a second.</param>
public sealed record RosterOrder(string Name, DateOnly FirstDay, int Days, IReadOnlyList<Guid> Posts, IReadOnlyList<Guid> People, long Steps);
