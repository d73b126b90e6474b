using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>
/// Tells one browser from another by a cookie of its own that outlives sessions, so that two accounts used at one machine do not pass for
/// two people. Nothing about the machine is read: whoever erases the cookie has another browser. The session keeps only a keyed hash, and
/// keeps it when the cookie is erased meanwhile.
/// </summary>
internal static class BrowserMark
{
    public const string Cookie = "tongxin-browser";
    private const string Item = "tongxin.browser";
    private const int Length = 32;

    // The longest that browsers keep a cookie.
    private static readonly TimeSpan Life = TimeSpan.FromDays(400);

    /// <summary>The properties of a session that begins: they carry the mark of the browser, which gets one if it has none.</summary>
    public static AuthenticationProperties Begin(HttpContext http, bool keep, SecretBox box)
    {
        var value = http.Request.Cookies[Cookie] is { } known && IsMark(known) ? known : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
        http.Response.Cookies.Append(Cookie, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = Life,
            IsEssential = true,
        });
        var properties = new AuthenticationProperties { IsPersistent = keep };
        properties.Items[Item] = Convert.ToHexStringLower(box.Index("browser", value) ?? []);
        return properties;
    }

    /// <summary>The mark of the session's browser; null for sessions from before there were marks, and for devices.</summary>
    public static string? Of(HttpContext? http) =>
        http?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.Items.TryGetValue(Item, out var mark) == true ? mark : null;

    private static bool IsMark(string text) => Base64Url.IsValid(text, out var length) && length == Length;
}
