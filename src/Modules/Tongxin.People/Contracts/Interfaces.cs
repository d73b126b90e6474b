using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;

namespace Tongxin.People.Contracts;

/// <summary>The place tree.</summary>
public interface IPlaces
{
    /// <summary>All places, in natural order.</summary>
    Task<IReadOnlyList<PlaceView>> ListAsync(CancellationToken ct);
}

/// <summary>Households: the doors.</summary>
public interface IHouseholds
{
    /// <summary>All households in a place and below, in natural order; all of them for null.</summary>
    Task<IReadOnlyList<HouseholdView>> ListAsync(Guid? placeId, CancellationToken ct);

    /// <summary>The named households; unknown ids are left out.</summary>
    Task<IReadOnlyList<HouseholdView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>
    /// Who lives there today. <paramref name="withCare"/> only where the caller has checked that the actor acts on it:
    /// then needs are in the answer, and the look is journaled with <paramref name="purpose"/> at the caller's commit.
    /// </summary>
    Task<IReadOnlyList<ResidentView>> ResidentsAsync(IReadOnlyCollection<Guid> householdIds, bool withCare, CancellationToken ct);

    /// <summary>Corrects how the flat is used, as seen at the door. The caller commits.</summary>
    Task SetUseAsync(Guid householdId, HousingUse use, Actor actor, CancellationToken ct);
}

/// <summary>Persons.</summary>
public interface IPersons
{
    /// <summary>The named persons; merged ones are answered by the person they became.</summary>
    Task<IReadOnlyList<PersonView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Search by name, pinyin initials, room, number or phone tail; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<PersonView>> SearchAsync(string text, int limit, CancellationToken ct);

    /// <summary>The phone in the clear, journaled with the purpose; null when none is known. Commits.</summary>
    Task<Result<string?>> RevealPhoneAsync(Guid personId, string purpose, Actor actor, CancellationToken ct);

    /// <summary>Whether the last four digits of the phone of anyone living in the household are these.</summary>
    Task<bool> PhoneTailMatchesAsync(Guid householdId, string tail, CancellationToken ct);
}

/// <summary>Organisation units.</summary>
public interface IUnits
{
    /// <summary>All units open on the day, in tree order.</summary>
    Task<IReadOnlyList<UnitView>> ListAsync(DateOnly day, CancellationToken ct);
}

/// <summary>An organisation unit as other modules see it.</summary>
public sealed record UnitView(Guid Id, Guid? ParentId, UnitKind Kind, string Name, string Path, DateOnly StartsOn, DateOnly? EndsOn);
