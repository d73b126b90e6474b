namespace Tongxin.Workforce.Contracts;

/// <summary>Who stands at a post.</summary>
public sealed record PersonOnPost(Guid PersonId, string Name);

/// <summary>A post as it stands now.</summary>
/// <param name="Needed">People that the duties running now need; 0 when none runs.</param>
/// <param name="Here">Who has checked in and is still there.</param>
/// <param name="Due">Who should be there and has not come.</param>
public sealed record StaffedPost(Guid Id, string Name, string? Spot, Guid PlaceId, int Needed, IReadOnlyList<PersonOnPost> Here, IReadOnlyList<PersonOnPost> Due);

/// <summary>A post at which somebody has a turn now.</summary>
public sealed record OwnPost(Guid Id, Guid? PlaceId);

/// <summary>Who is on duty where, at this minute, for modules above. Asks nobody's permission.</summary>
public interface IPostsNow
{
    /// <summary>The posts that stand at these places themselves, whether a duty runs there or not, by name.</summary>
    Task<IReadOnlyList<StaffedPost>> AtAsync(IReadOnlyCollection<Guid> placeIds, CancellationToken ct);

    /// <summary>The posts at which the person has a turn now: from half an hour before it starts until it is handed over or over.</summary>
    Task<IReadOnlyList<OwnPost>> OfPersonAsync(Guid personId, CancellationToken ct);

    /// <summary>带班领导: who has a turn now at a leader's post, there or due.</summary>
    Task<IReadOnlyList<PersonOnPost>> LeadersAsync(CancellationToken ct);
}
