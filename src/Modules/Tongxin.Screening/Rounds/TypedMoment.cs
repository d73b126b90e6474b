using System.Globalization;
using Tongxin.Core.Common;

namespace Tongxin.Screening.Rounds;

/// <summary>A moment as a form's field of date and time sends it, in campus time.</summary>
internal static class TypedMoment
{
    /// <summary>False when it is no moment. Blank is none, and that is read.</summary>
    public static bool TryRead(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        at = CampusCalendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return true;
    }
}
