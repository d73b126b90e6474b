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

    /// <summary>Kept: others of the household are in another household tube of the round.</summary>
    public static Error HouseholdSplit(string code) => Error.Conflict("tubes.household-split", code);

    /// <summary>Kept: the person is in a tube, but not in the frozen roll.</summary>
    public static readonly Error NotInRoll = Error.Conflict("tubes.not-in-roll");

    /// <summary>Nobody of the roll within reach is called so.</summary>
    public static readonly Error NotOnRoll = Error.NotFound("tubes.not-on-roll");

    /// <summary>Kept: the table was not the sender's when it arrived.</summary>
    public static readonly Error OutOfReach = Error.Conflict("tubes.out-of-reach");

    /// <summary>Refused: a tube of another site is voided, and what was said of it taken back, by those who work there or by the office.</summary>
    public static readonly Error NotYours = Error.Forbidden("tubes.not-yours");

    /// <summary>Kept: the code was opened at two places, everybody in it is recalled.</summary>
    public static readonly Error Collision = Error.Conflict("tubes.collision");

    /// <summary>Several are called so: which is to be said by the room.</summary>
    public static Error Several(int count) => Error.Invalid("tubes.several", count);

    public static readonly Error SlipTime = Error.Invalid("tubes.slip-time");
    public static readonly Error SlipEmpty = Error.Invalid("tubes.slip-empty");

    /// <summary>Who checked the slip is missing, unknown, or the typist.</summary>
    public static readonly Error SlipSecond = Error.Invalid("tubes.slip-second");

    /// <summary>Several are called like whoever checked it: the number says which.</summary>
    public static readonly Error SeveralSecond = Error.Invalid("tubes.slip-second-several");

    public static Error BoxUnknown(string code) => Error.Invalid("tubes.box-unknown", code);

    public static Error BoxReceived(string code) => Error.Conflict("tubes.box-received", code);

    public static Error BoxNotReceived(string code) => Error.Conflict("tubes.box-not-received", code);

    public static Error Field(string name) => Error.Invalid("tubes.field", name);

    public static Error TooMany(int most) => Error.Invalid("tubes.too-many", most);

    public static Error Flag(TubeFlagKind kind) => Error.Conflict($"tubes.flag.{kind}");
}
