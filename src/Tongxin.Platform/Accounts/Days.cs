using Tongxin.Core.Common;

namespace Tongxin.Platform.Accounts;

internal static class Days
{
    /// <summary>People say the last day; rights hold until that day is over.</summary>
    public static DateTimeOffset? EndOfDay(this DateOnly? last) => last is { } day ? CampusCalendar.StartOf(day.AddDays(1)) : null;
}
