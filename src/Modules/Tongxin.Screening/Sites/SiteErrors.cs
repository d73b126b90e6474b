using Tongxin.Core.Common;

namespace Tongxin.Screening.Sites;

/// <summary>Refusals about sites; the code is the key of the text in SitesText.</summary>
internal static class SiteErrors
{
    public static readonly Error NotFound = Error.NotFound("sites.not-found");
    public static readonly Error Name = Error.Invalid("sites.name");
    public static readonly Error NameTaken = Error.Conflict("sites.name-taken");
    public static readonly Error Place = Error.Invalid("sites.place");
    public static readonly Error QueueRoom = Error.Invalid("sites.queue-room");
    public static readonly Error Post = Error.Invalid("sites.post");
    public static readonly Error Lane = Error.Invalid("sites.lane");
    public static readonly Error Rate = Error.Invalid("sites.rate");
    public static readonly Error Tables = Error.Invalid("sites.tables");
    public static readonly Error Changed = Error.Conflict("sites.changed");
}
