using Tongxin.Core.Common;

namespace Tongxin.Screening.Rounds;

/// <summary>Refusals about testing rounds; the code is the key of the text in TestingText.</summary>
internal static class TestingErrors
{
    public static readonly Error NotFound = Error.NotFound("testing.not-found");
    public static readonly Error Title = Error.Invalid("testing.title");
    public static readonly Error Window = Error.Invalid("testing.window");
    public static readonly Error PoolSize = Error.Invalid("testing.pool-size");
    public static readonly Error Nobody = Error.Invalid("testing.nobody");
    public static readonly Error Sites = Error.Invalid("testing.sites");
    public static readonly Error Started = Error.Conflict("testing.started");
    public static readonly Error Closed = Error.Conflict("testing.closed");
    public static readonly Error ReasonMissing = Error.Invalid("testing.reason-missing");
    public static readonly Error Changed = Error.Conflict("testing.changed");

    public static Error Unstaffed(int gaps) => Error.Conflict("testing.unstaffed", gaps);
}
