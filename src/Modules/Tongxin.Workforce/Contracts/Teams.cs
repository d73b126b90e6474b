using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Workforce.Contracts;

/// <summary>What somebody is in a team.</summary>
public enum TeamRole
{
    /// <summary>队长: exactly one.</summary>
    Captain,

    /// <summary>队员.</summary>
    Member,

    /// <summary>替补: steps in for a member or the captain.</summary>
    Substitute,
}

/// <summary>A team and who is in it now.</summary>
public sealed record TeamView(Guid Id, string Name, Guid? UnitId, DateOnly StartsOn, DateOnly? EndsOn, IReadOnlyList<TeamMemberView> Members)
{
    /// <summary>The captain, if there is one now.</summary>
    public TeamMemberView? Captain => Members.FirstOrDefault(m => m.Role == TeamRole.Captain);

    /// <summary>Somebody besides the captain who could take over.</summary>
    public bool HasBackup => Members.Any(m => m.Role != TeamRole.Captain);
}

/// <summary>A member now.</summary>
public sealed record TeamMemberView(Guid PersonId, string Name, TeamRole Role);

/// <summary>A volunteer who has not withdrawn.</summary>
/// <param name="HouseholdId">Home, for "members live near"; null when the register knows none.</param>
public sealed record VolunteerView(Guid PersonId, string Name, bool CanLead, bool PartyMember, Guid? HouseholdId);

/// <summary>A team to be made: used when a proposal is accepted.</summary>
/// <param name="EndsOn">First day on which it no longer is. It never outlives its unit: an earlier end of the unit, or of one above it, is taken.</param>
public sealed record NewTeam(string Name, Guid? UnitId, Guid CaptainId, IReadOnlyList<Guid> MemberIds, IReadOnlyList<Guid> SubstituteIds, DateOnly? EndsOn = null);

/// <summary>Teams and volunteers, for modules above.</summary>
public interface ITeams
{
    /// <summary>All teams open now, by name.</summary>
    Task<IReadOnlyList<TeamView>> ListAsync(CancellationToken ct);

    /// <summary>The named teams, open or ended.</summary>
    Task<IReadOnlyList<TeamView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Volunteers who are not in an open team and have not withdrawn.</summary>
    Task<IReadOnlyList<VolunteerView>> FreeVolunteersAsync(CancellationToken ct);

    /// <summary>Makes teams; the answer has their ids in the order given. The caller records and commits.</summary>
    Task<Result<IReadOnlyList<Guid>>> CreateAsync(IReadOnlyList<NewTeam> teams, Actor actor, CancellationToken ct);
}

/// <summary>Volunteers, for modules above and for imports.</summary>
public interface IVolunteers
{
    /// <summary>
    /// Takes offers; whoever offered before is corrected, and returns if withdrawn. Records once for all; the caller commits.
    /// </summary>
    Task OfferAsync(IReadOnlyList<NewVolunteer> offers, Actor actor, CancellationToken ct);
}

/// <summary>An offer to serve.</summary>
public sealed record NewVolunteer(Guid PersonId, bool CanLead, bool PartyMember);

/// <summary>A team ended: its cells have no team any more.</summary>
public sealed record TeamEnded(Guid TeamId);
