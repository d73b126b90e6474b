using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Laboratory;

/// <summary>Refusals of the laboratory's files and of rechecks; the code is the key of the text in LaboratoryText. Those of rows say the remedy too.</summary>
internal static class LaboratoryErrors
{
    public static readonly Error NotFound = Error.NotFound("lab.not-found");
    public static readonly Error FileMissing = Error.Invalid("lab.file-missing");
    public static readonly Error OldFormat = Error.Invalid("lab.old-format");
    public static readonly Error Empty = Error.Invalid("lab.empty");
    public static readonly Error Declared = Error.Invalid("lab.declared");
    public static readonly Error Published = Error.Conflict("lab.published");
    public static readonly Error NotReady = Error.Conflict("lab.not-ready");
    public static readonly Error NothingNew = Error.Conflict("lab.nothing-new");
    public static readonly Error Meanwhile = Error.Conflict("lab.meanwhile");
    public static readonly Error RecheckNotFound = Error.NotFound("lab.recheck-not-found");
    public static readonly Error NotToJudge = Error.Conflict("lab.not-to-judge");
    public static readonly Error NoteMissing = Error.Invalid("lab.note-missing");
    public static readonly Error CdcMissing = Error.Invalid("lab.cdc-missing");
    public static readonly Error NotQuarantined = Error.Conflict("lab.not-quarantined");
    public static readonly Error WhomMissing = Error.Invalid("lab.whom-missing");
    public static readonly Error NotOpen = Error.Conflict("lab.not-open");

    public static Error ColumnsMissing(string names) => Error.Invalid("lab.columns-missing", names);

    public static Error MoreSheets(string name) => Error.Invalid("lab.more-sheets", name);

    public static Error TooManyRows(int most) => Error.Invalid("lab.too-many-rows", most);

    /// <summary>Nothing was published; so many rows do not fit.</summary>
    public static Error Quarantined(int rows) => Error.Conflict("lab.quarantined", rows);

    public static Error Field(string name) => Error.Invalid("lab.field", name);

    // What is wrong with a row as it stands.
    public static readonly Error RowTube = Error.Invalid("lab.row.tube");
    public static readonly Error RowDamaged = Error.Invalid("lab.row.damaged");
    public static readonly Error RowSize = Error.Invalid("lab.row.size");
    public static readonly Error RowMembers = Error.Invalid("lab.row.members");
    public static readonly Error RowVersion = Error.Invalid("lab.row.version");
    public static readonly Error RowTime = Error.Invalid("lab.row.time");
    public static readonly Error RowFuture = Error.Invalid("lab.row.future");
    public static readonly Error RowBefore = Error.Invalid("lab.row.before");

    public static Error RowResult(string said) => Error.Invalid("lab.row.result", said.Length > 20 ? said[..20] : said);

    public static Error RowTwice(int first) => Error.Conflict("lab.row.twice", first);

    // What does not fit the tube.
    public static readonly Error TubeUnknown = Error.NotFound("lab.tube.unknown");
    public static readonly Error TubeOpen = Error.Conflict("lab.tube.open");

    public static Error TubeRound(string round) => Error.Conflict("lab.tube.round", round);

    public static Error RoundDiffers(string expected) => Error.Conflict("lab.tube.round-differs", expected);

    public static Error SizeDiffers(int recorded, int said) => Error.Conflict("lab.tube.size-differs", recorded, said);

    public static Error MembersDiffer(int recorded, int said) => Error.Conflict("lab.tube.members-differ", recorded, said);

    public static Error VersionTaken(int version) => Error.Conflict("lab.tube.version-taken", version);

    public static Error VersionOld(int known) => Error.Conflict("lab.tube.version-old", known);

    // Fits, and is to be known about.
    public static readonly Error WarnCollided = Error.Conflict("lab.warn.collided");
    public static readonly Error WarnDoubt = Error.Conflict("lab.warn.doubt");

    public static Error WarnTurned(TubeResult was) => Error.Conflict($"lab.warn.turned.{was}");
}
