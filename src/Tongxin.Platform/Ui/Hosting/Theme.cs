using Microsoft.AspNetCore.Http;

namespace Tongxin.Platform.Ui.Hosting;

/// <summary>The chosen theme: "light", "dark", or null to follow the system.</summary>
public static class Theme
{
    internal const string Cookie = "tx-theme";

    /// <summary>The person's choice.</summary>
    public static string? Of(HttpRequest request) => request.Cookies[Cookie] is "light" or "dark" ? request.Cookies[Cookie] : null;

    /// <summary>Light, dark, system, light…</summary>
    public static string Next(string? theme) => theme switch { null => "light", "light" => "dark", _ => "auto" };
}
