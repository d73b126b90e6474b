using Tongxin.Core.Common;

namespace Tongxin.Grid;

/// <summary>Refusals of the rounds' slices. Codes are resource keys.</summary>
internal static class GridErrors
{
    public static Error RoundUnknown() => Error.NotFound("grid.round.unknown");

    public static Error TargetUnknown() => Error.NotFound("grid.target.unknown");

    public static Error RoundClosed(string number) => Error.Conflict("grid.round.closed", number);

    public static Error RoundOutstanding(int outstanding) => Error.Conflict("grid.round.outstanding", outstanding);

    public static Error RoundEmpty() => Error.Invalid("grid.round.empty");

    public static Error RoundDuePast() => Error.Invalid("grid.round.due_past");

    public static Error RoundTitle() => Error.Invalid("grid.round.title");

    public static Error ReasonMissing() => Error.Invalid("grid.reason.missing");

    public static Error NothingToUndo() => Error.Conflict("grid.visit.nothing_to_undo");

    public static Error ReviewMoved() => Error.Conflict("grid.review.moved");

    public static Error ReportLocked() => Error.Invalid("grid.report.locked");

    public static Error ReportExpired() => Error.Conflict("grid.report.expired");

    public static Error LedgerRefused() => Error.NotFound("grid.ledger.refused");

    public static Error BatchTooLarge(int most) => Error.Invalid("grid.batch.too_large", most);

    public static Error FieldInvalid(string field) => Error.Invalid("grid.field.invalid", field);
}
