using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Tongxin.Platform.Ui;

/// <summary>Keeps the message in a cookie of two minutes. Protected, because messages may name a person.</summary>
internal sealed class FlashBag(IHttpContextAccessor accessor, IDataProtectionProvider protection) : IFlash
{
    private const string Cookie = "tx-flash";
    private readonly IDataProtector _protector = protection.CreateProtector("Tongxin.Flash");
    private Message? _said;

    internal sealed record Message(FlashKind Kind, string Text);

    public void Say(FlashKind kind, string text)
    {
        _said = new Message(kind, text);
        if (accessor.HttpContext is not { } http || http.Response.HasStarted) return;
        http.Response.Cookies.Append(Cookie, _protector.Protect($"{(int)kind}{text}"), new CookieOptions
        {
            MaxAge = TimeSpan.FromMinutes(2),
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        });
    }

    /// <summary>The message to show now; it is gone afterwards.</summary>
    public Message? Take()
    {
        if (accessor.HttpContext is not { } http) return null;
        var message = _said ?? Read(http.Request.Cookies[Cookie]);
        if (message is not null && !http.Response.HasStarted) http.Response.Cookies.Delete(Cookie);
        _said = null;
        return message;
    }

    private Message? Read(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie)) return null;
        try
        {
            var plain = _protector.Unprotect(cookie);
            return new Message((FlashKind)(plain[0] - '0'), plain[1..]);
        }
        catch (CryptographicException)
        {
            // Keys were renewed or the cookie was touched: there is nothing to show.
            return null;
        }
    }
}
