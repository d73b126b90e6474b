using Tongxin.Core.Common;

namespace Tongxin.Workforce.Polls;

/// <summary>Refusals about polls; the code is the key of the text in CallText.</summary>
internal static class PollErrors
{
    public static readonly Error NotFound = Error.NotFound("polls.not-found");
    public static readonly Error TitleMissing = Error.Invalid("polls.title-missing");
    public static readonly Error DaysWrong = Error.Invalid("polls.days-wrong");
    public static readonly Error BandsWrong = Error.Invalid("polls.bands-wrong");
    public static readonly Error ClosesWrong = Error.Invalid("polls.closes-wrong");
    public static readonly Error PoolMissing = Error.Invalid("polls.pool-missing");
    public static readonly Error NobodyIn = Error.Invalid("polls.nobody-in");
    public static readonly Error LinkOver = Error.NotFound("polls.link-over");
    public static readonly Error AlreadyClosed = Error.Conflict("polls.already-closed");
    public static readonly Error Changed = Error.Conflict("polls.changed");
}
