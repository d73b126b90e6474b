using Tongxin.Core.Common;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>Refusals of proposals. Codes are resource keys.</summary>
internal static class ProposalErrors
{
    public static Error Unknown() => Error.NotFound("teams.proposal.unknown");

    public static Error NotADraft() => Error.Conflict("teams.proposal.decided");

    public static Error Changed() => Error.Conflict("teams.proposal.changed");

    /// <summary>Households, entrances or cells are not those that it was made from.</summary>
    public static Error Stale() => Error.Conflict("teams.proposal.stale");

    public static Error PeopleTaken(int count) => Error.Conflict("teams.proposal.people_taken", count);

    public static Error TeamUnknown() => Error.Invalid("teams.proposal.team_unknown");

    public static Error NothingTicked() => Error.Invalid("teams.proposal.nothing_ticked");

    public static Error LastEntrance() => Error.Conflict("teams.proposal.last_entrance");

    public static Error CannotLead() => Error.Conflict("teams.proposal.cannot_lead");

    public static Error OneCaptain() => Error.Invalid("teams.proposal.one_captain");

    public static Error TeamName(int most) => Error.Invalid("teams.proposal.team_name", most);
}
