using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Tubes;

/// <summary>Refusals and warnings about tubes; the code is the key of the text in TubesText. What Core refuses begins with "pools".</summary>
internal static class TubeErrors
{
    public static readonly Error NotFound = Error.NotFound("tubes.not-found");
    public static readonly Error Round = Error.NotFound("tubes.round");
    public static readonly Error RoundClosed = Error.Conflict("tubes.round-closed");
    public static readonly Error Person = Error.NotFound("tubes.person");
    public static readonly Error Witness = Error.Invalid("tubes.witness");
    public static readonly Error Site = Error.NotFound("tubes.site");
    public static readonly Error Table = Error.NotFound("tubes.table");
    public static readonly Error Busy = Error.Conflict("tubes.busy");
    public static readonly Error NotInTube = Error.NotFound("tubes.not-in-tube");
    public static readonly Error WhyMissing = Error.Invalid("tubes.why-missing");

    /// <summary>Kept, and nothing is wrong with it: the person is sampled twice, and counted once.</summary>
    public static readonly Error TwoTubes = Error.Conflict("tubes.two-tubes");

    /// <summary>Kept: the person is in a tube, but not in the frozen roll.</summary>
    public static readonly Error NotInRoll = Error.Conflict("tubes.not-in-roll");

    /// <summary>Kept: the table was not the sender's when it arrived.</summary>
    public static readonly Error OutOfReach = Error.Conflict("tubes.out-of-reach");

    /// <summary>Kept: the code was opened at two places, everybody in it is recalled.</summary>
    public static readonly Error Collision = Error.Conflict("tubes.collision");

    public static Error Field(string name) => Error.Invalid("tubes.field", name);

    public static Error TooMany(int most) => Error.Invalid("tubes.too-many", most);

    public static Error Flag(TubeFlagKind kind) => Error.Conflict($"tubes.flag.{kind}");
}
