using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;

namespace Tongxin.Platform.Ui;

/// <summary>Instants and days as people read them, in campus time and the page's language.</summary>
public static class Moments
{
    /// <summary>"18:42".</summary>
    public static string Time(DateTimeOffset at) => CampusCalendar.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"11月21日 18:42" or "21 Nov 18:42".</summary>
    public static string Short(DateTimeOffset at, IStringLocalizer<UiText> texts) =>
        CampusCalendar.Local(at).ToString(texts["format.short"], CultureInfo.CurrentCulture);

    /// <summary>"2026年11月21日 18:42".</summary>
    public static string Full(DateTimeOffset at, IStringLocalizer<UiText> texts) =>
        CampusCalendar.Local(at).ToString(texts["format.full"], CultureInfo.CurrentCulture);

    /// <summary>"11月21日 星期六".</summary>
    public static string Day(DateOnly day, IStringLocalizer<UiText> texts) => day.ToString(texts["format.day"], CultureInfo.CurrentCulture);
}
