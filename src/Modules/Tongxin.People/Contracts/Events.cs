namespace Tongxin.People.Contracts;

/// <summary>Households came into being: one by hand, or thousands by an import, in one event.</summary>
public sealed record HouseholdsAdded(IReadOnlyList<HouseholdPlace> Households);

/// <summary>A household and the place that holds it.</summary>
public sealed record HouseholdPlace(Guid HouseholdId, Guid PlaceId);

/// <summary>A household's address was corrected to another place.</summary>
public sealed record HouseholdMoved(Guid HouseholdId, Guid FromPlaceId, Guid ToPlaceId);

/// <summary>Two entries turned out to be one person: references to <paramref name="GoneId"/> go to <paramref name="KeptId"/>.</summary>
public sealed record PersonMerged(Guid KeptId, Guid GoneId);

/// <summary>A unit ended: what hangs on it ends too.</summary>
public sealed record UnitClosed(Guid UnitId, DateOnly Day);
