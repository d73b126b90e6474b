namespace Tongxin.Grid.Contracts;

/// <summary>Somebody who answers for a household. The phone only through <c>IPersons.RevealPhoneAsync</c>.</summary>
public sealed record ResponsibleMember(Guid PersonId, string Name);

/// <summary>Who answers for a household, and nothing else: what any resident may know.</summary>
/// <param name="CellNumber">网格编号.</param>
/// <param name="CellName">Name of the cell.</param>
/// <param name="Team">Null: the cell has no team now.</param>
/// <param name="Captain">Null: a gap.</param>
/// <param name="Member">The member who took it on (包单元, 包户, 包人; the most specific wins); the captain when nobody did.</param>
/// <param name="Mode">How <paramref name="Member"/> took it on; null when it is the captain for want of another.</param>
public sealed record ResponsibleView(
    Guid HouseholdId, string CellNumber, string CellName, string? Team, ResponsibleMember? Captain, ResponsibleMember? Member, ResponsibilityMode? Mode);

/// <summary>The chain of responsibility of a household.</summary>
public interface IResponsible
{
    /// <summary>
    /// Who answers for the household; null when there is no such household. With <paramref name="personId"/>, a member who took
    /// on that very person (包人) comes first.
    /// </summary>
    Task<ResponsibleView?> OfAsync(Guid householdId, CancellationToken ct, Guid? personId = null);
}
