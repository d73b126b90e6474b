using Tongxin.Core.Text;

namespace Tongxin.People.Contracts;

/// <summary>A place as other modules see it.</summary>
/// <param name="Path">Prefix test: a place lies in another when its path starts with the other's.</param>
/// <param name="X">Metres from the map's west edge; null when not drawn. Likewise the next three.</param>
public sealed record PlaceView(
    Guid Id, Guid? ParentId, PlaceKind Kind, string Name, string Code, string Path, string SortKey,
    double? X, double? Y, double? Width, double? Height);

/// <summary>A household as other modules see it: no numbers, no needs.</summary>
/// <param name="HeadName">Name of the head, for those who may see it; mask it elsewhere.</param>
/// <param name="Residents">People who live there today.</param>
public sealed record HouseholdView(
    Guid Id, Guid PlaceId, string PlacePath, string Label, string SortKey, HouseholdKind Kind, HousingUse Use, string? HeadName, int Residents);

/// <summary>A household with nothing but its place and its number of residents.</summary>
/// <param name="Residents">People who live there today.</param>
public sealed record DoorView(Guid Id, Guid PlaceId, string Label, int Residents);

/// <summary>What stands at a place itself.</summary>
/// <param name="Residents">People who live there today.</param>
public sealed record PlaceCount(Guid PlaceId, int Households, int Residents);

/// <summary>A person as other modules see it.</summary>
public sealed record PersonView(Guid Id, string Name, Sex Sex, DateOnly? BirthDate, PersonCategory Category, string? Number, Guid? HouseholdId, string? HouseholdLabel);

/// <summary>Somebody of the roll.</summary>
/// <param name="Age">In whole years today; null when the register does not know.</param>
/// <param name="HouseholdId">The home; null for who has no room here, like the four that follow.</param>
/// <param name="Care">Needs in force today.</param>
public sealed record RollEntry(
    Guid PersonId, int? Age, PersonCategory Category, Guid? HouseholdId, Guid? PlaceId, string? PlacePath, string? Label, string? SortKey, IReadOnlyList<CareKind> Care);

/// <summary>Who lives in a household today, with what a helper at the door needs.</summary>
/// <param name="PhoneMasked">"139****8549"; the number itself only through <c>IPersons.RevealPhoneAsync</c>.</param>
public sealed record ResidentView(
    Guid PersonId, Guid HouseholdId, string Name, Sex Sex, int? Age, Relation Relation, string? Bed, string? PhoneMasked, IReadOnlyList<CareKind> Care);
