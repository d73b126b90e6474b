using Tongxin.Core.Common;

namespace Tongxin.Grid.Cells;

/// <summary>Refusals of the grid's slices. Codes are resource keys.</summary>
internal static class CellErrors
{
    public static Error Unknown() => Error.NotFound("cells.cell.unknown");

    public static Error PlaceUnknown() => Error.NotFound("cells.place.unknown");

    public static Error HouseholdUnknown() => Error.NotFound("cells.household.unknown");

    public static Error NothingTicked() => Error.Invalid("cells.nothing_ticked");

    public static Error Number() => Error.Invalid("cells.number");

    public static Error Name() => Error.Invalid("cells.name");

    public static Error NumberTaken(string number) => Error.Conflict("cells.number.taken", number);

    public static Error Changed() => Error.Conflict("cells.changed");

    /// <summary>Somebody else gave the entrance to another cell since the page was shown.</summary>
    public static Error PlaceTaken(string place, string cell) => Error.Conflict("cells.place.taken", place, cell);

    public static Error HouseholdMoved(string household, string cell) => Error.Conflict("cells.household.moved", household, cell);

    public static Error Reserve() => Error.Conflict("cells.reserve");

    public static Error Same() => Error.Invalid("cells.same");

    public static Error TeamUnknown() => Error.NotFound("cells.team.unknown");

    public static Error NoTeam() => Error.Conflict("cells.team.none");

    public static Error NotAMember() => Error.Conflict("cells.member.unknown");

    public static Error TargetOutside() => Error.Conflict("cells.target.outside");

    public static Error ResponsibilityUnknown() => Error.NotFound("cells.responsibility.unknown");

    public static Error ConflictUnknown() => Error.NotFound("cells.conflict.unknown");

    public static Error ConflictSettled() => Error.Conflict("cells.conflict.settled");
}
